#include "reports.hpp"

#include <array>

#include "convert.hpp"
#include "document.hpp"

namespace modcore::python {
namespace {

using python::convert;

py::object convert(const Rate& rate) {
  return type("Rate")(rate.of, rate.value, rate.low, rate.high);
}

// Its texts become str first, so that places count their code points.
py::object convert(const BacktestExample& example) {
  const py::object title = to_str(example.title);
  const py::object body = to_str(example.body);
  TextFields texts;
  texts.add("title", title.ptr());
  texts.add("body", body.ptr());
  const auto evidence = to_tuple(example.evidence, [&](const Evidence& e) { return convert(e, texts); });
  const py::object label = example.label ? py::object(py::bool_(*example.label)) : py::none();
  return type("BacktestExample")(to_str(example.id), to_str(example.file), example.line, title, body,
                                 to_enum("Verdict", example.verdict), label, evidence);
}

py::tuple convert(const std::vector<BacktestExample>& examples) {
  return to_tuple(examples, [](const BacktestExample& example) { return convert(example); });
}

py::object convert(const BacktestRow& row) {
  return type("BacktestRow")(to_str(row.name), to_str(row.category), to_str(row.status),
                             to_verdict(row.verdict), row.posts, row.right, row.wrong, row.positives,
                             row.negatives, row.undetermined, convert(row.precision()),
                             convert(row.recall()), convert(row.f1()), convert(row.examples),
                             convert(row.mistakes));
}

py::tuple convert(const std::vector<BacktestRow>& rows) {
  return to_tuple(rows, [](const BacktestRow& row) { return convert(row); });
}

py::object convert(const BudgetResult& result) {
  return type("BudgetResult")(to_str(to_string(result.budget.kind)), to_str(result.budget.what),
                              to_str(result.budget.amount), result.met, to_str(result.message),
                              convert(result.examples));
}

py::object convert(const Overlap& overlap) {
  return type("Overlap")(to_str(overlap.first), to_str(overlap.second), overlap.posts);
}

template <typename Range>
py::tuple to_ints(const Range& numbers) {
  return to_tuple(numbers, [](auto number) { return py::int_(number); });
}

py::object convert(const Covered& covered) { return type("Covered")(covered.seen, covered.all); }

py::object convert(const BranchCoverage& branch) {
  return type("BranchCoverage")(to_str(branch.part), to_str(branch.text), convert(branch.where),
                                branch.held, branch.failed, branch.unknown, branch.can_be_unknown);
}

py::tuple convert(const std::vector<PartCoverage>& parts) {
  return to_tuple(parts, [](const PartCoverage& part) {
    return type("PartCoverage")(to_str(part.group), to_str(part.name), convert(part.where), part.tests);
  });
}

py::object convert(const RuleCoverage& rule) {
  const auto branches =
      to_tuple(rule.branches, [](const BranchCoverage& branch) { return convert(branch); });
  return type("RuleCoverage")(to_str(rule.rule), to_str(rule.category), to_str(rule.guideline),
                              convert(rule.where), rule.tested(), rule.match, rule.no_match,
                              rule.undetermined, rule.todo, rule.cases, convert(rule.branch_coverage()),
                              branches, convert(rule.items), convert(rule.exemptions),
                              convert(rule.languages), rule.disguises, rule.disguises_found,
                              rule.disguises_next);
}

py::object convert(const ClauseCoverage& clause) {
  return type("ClauseCoverage")(to_str(clause.clause), to_str(clause.title), to_strs(clause.rules),
                                clause.match, clause.no_match, to_strs(clause.languages));
}

py::tuple convert(const std::vector<AspectChange>& aspects) {
  return to_tuple(aspects, [](const AspectChange& aspect) {
    return type("AspectChange")(to_str(aspect.aspect), to_str(aspect.before), to_str(aspect.after),
                                to_strs(aspect.added), to_strs(aspect.removed));
  });
}

const char* word_of(RuleChange::Kind kind) {
  switch (kind) {
    case RuleChange::Kind::added: return "added";
    case RuleChange::Kind::removed: return "removed";
    case RuleChange::Kind::changed: return "changed";
  }
  return "";
}

py::object convert(const RuleChange& change) {
  return type("RuleChange")(to_str(change.rule), to_str(word_of(change.kind)), to_str(change.category),
                            to_verdict(change.verdict), to_str(change.title), convert(change.where),
                            convert(change.aspects), change.posts_before, change.posts_after);
}

py::object convert(const TestChange& change) {
  return type("TestChange")(to_str(change.title), to_str(change.name),
                            to_enum("TestOutcome", change.before), to_enum("TestOutcome", change.after),
                            to_str(change.message));
}

py::tuple convert(const std::vector<VerdictFlip>& flips) {
  return to_tuple(flips, [](const VerdictFlip& flip) {
    return type("VerdictFlip")(to_enum("Verdict", flip.before), to_enum("Verdict", flip.after),
                               to_strs(flip.rules_before), to_strs(flip.rules_after),
                               convert(flip.example));
  });
}

// The tuple, with the document that it writes itself as.
py::object with_document(py::object tuple, Document document) {
  tuple.attr("_document") = py::cast(std::move(document));
  return tuple;
}

}  // namespace

py::object convert(const BacktestReport& report) {
  py::dict notices;
  for (const auto& [notice, posts] : report.notices) notices[to_str(notice)] = py::int_(posts);
  const auto budgets =
      to_tuple(report.budgets, [](const BudgetResult& result) { return convert(result); });
  const auto overlaps =
      to_tuple(report.overlaps, [](const Overlap& overlap) { return convert(overlap); });
  return with_document(
      type("BacktestReport")(to_str(report.policy), to_str(report.engine), to_str(report.corpus),
                             to_strs(report.files), to_ints(report.shards), report.shard_count,
                             report.posts, report.bad_lines, report.positives, report.negatives,
                             report.limited, to_ints(report.verdicts), convert(report.verdict_rows),
                             convert(report.categories), convert(report.rules), overlaps,
                             convert(report.missed), budgets, notices),
      document_of(report));
}

py::object convert(CoverageReport report) {
  const auto rules = to_tuple(report.rules, [](const RuleCoverage& rule) { return convert(rule); });
  const auto clauses =
      to_tuple(report.clauses, [](const ClauseCoverage& clause) { return convert(clause); });
  const py::object tuple = type("CoverageReport")(
      to_findings(report.diagnostics), report.failed_tests, report.posts, rules, clauses,
      convert(report.rules_tested()), convert(report.branches()), convert(report.items()),
      convert(report.exemptions()), convert(report.languages()), convert(report.clauses_tested()),
      convert(report.total()));
  return with_document(tuple, document_of(std::move(report)));
}

py::object convert(PolicyDiff diff) {
  const auto rules = to_tuple(diff.rules, [](const RuleChange& change) { return convert(change); });
  const auto tests = to_tuple(diff.tests, [](const TestChange& change) { return convert(change); });
  const auto verdicts = to_tuple(
      diff.verdicts, [](const std::array<std::uint64_t, 4>& after) { return to_ints(after); });
  const py::object tuple = type("PolicyDiff")(
      to_findings(diff.before), to_findings(diff.after), rules, convert(diff.policy), diff.tests_added,
      diff.tests_removed, tests, diff.test_posts, convert(diff.test_flips), diff.posts, diff.flipped(),
      verdicts, convert(diff.flips), diff.empty());
  return with_document(tuple, document_of(std::move(diff)));
}

}  // namespace modcore::python
