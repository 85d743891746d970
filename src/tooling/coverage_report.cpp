// Coverage as JSON, Markdown and lcov.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include <modcore/json.hpp>
#include <modcore/corpus.hpp>

#include "api/json_writer.hpp"
#include "tooling/html.hpp"
#include "tooling/markdown.hpp"

namespace modcore {

namespace {

using api::JsonWriter;

class Writer {
 public:
  explicit Writer(std::string& out) : json_(out) {}

  void report(const CoverageReport& r) {
    json_.begin_object().key("schema").text("modcore.coverage/1");
    json_.key("totals").begin_object();
    covered("all", r.total());
    covered("rules", r.rules_tested());
    covered("branches", r.branches());
    covered("items", r.items());
    covered("exemptions", r.exemptions());
    covered("languages", r.languages());
    covered("clauses", r.clauses_tested());
    json_.end_object();
    number("failed_tests", r.failed_tests);
    number("posts", r.posts);
    json_.key("rules").array(r.rules, [&](const RuleCoverage& rule) { this->rule(rule); });
    json_.key("clauses").array(r.clauses, [&](const ClauseCoverage& clause) { this->clause(clause); });
    // The report of diagnostics is a document of its own; its list belongs here.
    const std::string diagnostics = to_json(r.diagnostics);
    json_.key("report").raw(diagnostics);
    json_.end_object();
  }

 private:
  void number(std::string_view key, std::uint64_t value) { json_.key(key).integer(static_cast<std::int64_t>(value)); }
  void covered(std::string_view key, Covered value) {
    json_.key(key).begin_object();
    number("seen", value.seen);
    number("all", value.all);
    json_.end_object();
  }
  void place(const Location& where) {
    json_.key("file").text(where.file);
    number("line", where.line);
    number("column", where.column);
  }
  void parts(std::string_view key, const std::vector<PartCoverage>& parts) {
    json_.key(key).array(parts, [&](const PartCoverage& part) {
      json_.begin_object().key("group").text(part.group).key("name").text(part.name);
      number("tests", part.tests);
      place(part.where);
      json_.end_object();
    });
  }
  void rule(const RuleCoverage& rule) {
    json_.begin_object().key("rule").text(rule.rule).key("category").text(rule.category);
    json_.key("guideline").text(rule.guideline);
    place(rule.where);
    json_.key("tested").boolean(rule.tested());
    number("match", rule.match);
    number("no_match", rule.no_match);
    number("undetermined", rule.undetermined);
    number("todo", rule.todo);
    number("cases", rule.cases);
    json_.key("branches").array(rule.branches, [&](const BranchCoverage& branch) {
      json_.begin_object().key("part").text(branch.part).key("text").text(branch.text);
      number("true", branch.held);
      number("false", branch.failed);
      number("unknown", branch.unknown);
      json_.key("can_be_unknown").boolean(branch.can_be_unknown);
      place(branch.where);
      json_.end_object();
    });
    parts("items", rule.items);
    parts("exemptions", rule.exemptions);
    parts("languages", rule.languages);
    json_.key("disguises").begin_object();
    number("tried", rule.disguises);
    number("found", rule.disguises_found);
    number("found_at_next_tolerance", rule.disguises_next);
    json_.end_object().end_object();
  }
  void clause(const ClauseCoverage& clause) {
    json_.begin_object().key("clause").text(clause.clause).key("title").text(clause.title);
    json_.key("rules").texts(clause.rules);
    number("match", clause.match);
    number("no_match", clause.no_match);
    json_.key("languages").texts(clause.languages);
    json_.end_object();
  }

  JsonWriter json_;
};

using tooling::markdown_code;
using tooling::markdown_text;

std::string share(Covered covered) {
  return covered.all == 0 ? "–" : fmt::format("{} of {} ({})", covered.seen, covered.all, tooling::percent(covered.seen, covered.all));
}

std::string clause_matrix(const CoverageReport& report) {
  std::string out = "\n### Clauses of the guideline\n\n| clause | rules | shown to catch | shown to leave alone | |\n|---|---|--:|--:|---|\n";
  for (const ClauseCoverage& clause : report.clauses) {
    const std::string_view state = clause.rules.empty()                            ? "❌ no rule enforces it"
                                   : clause.match == 0                             ? "⚠️ no test shows what is caught"
                                   : clause.no_match == 0                          ? "⚠️ no test shows what is left alone"
                                                                                   : "✅";
    std::string rules;
    for (const std::string& rule : clause.rules) rules += (rules.empty() ? "" : "<br>") + fmt::format("`{}`", rule);
    out += fmt::format("| **{}** {} | {} | {} | {} | {} |\n", markdown_text(clause.clause), markdown_text(clause.title), rules,
                       clause.match, clause.no_match, state);
  }
  return out;
}

std::string untested(const RuleCoverage& rule) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  if (!rule.tested()) add(rule.match + rule.cases == 0 ? "no test in which it fires" : "no `no_match` test");
  for (const BranchCoverage& branch : rule.branches) {
    if (branch.held == 0) add(markdown_code(branch.text, 60) + " is never true");
    if (branch.failed == 0) add(markdown_code(branch.text, 60) + " is never false");
  }
  std::size_t items = 0;
  std::string first;
  for (const PartCoverage& item : rule.items) {
    if (item.tests == 0 && items++ < 3) first += (first.empty() ? "" : ", ") + markdown_code(item.name, 40);
  }
  if (items > 0) add(fmt::format("{} of {} items, such as {}", items, rule.items.size(), first));
  for (const PartCoverage& exemption : rule.exemptions) {
    if (exemption.tests == 0) add("nothing is spared by " + markdown_code(exemption.name, 60));
  }
  for (const PartCoverage& language : rule.languages) {
    if (language.tests == 0) add("nothing in " + markdown_text(language.name));
  }
  return out;
}

// ---- lcov --------------------------------------------------------------------

struct FileTrace {
  std::map<std::uint32_t, std::uint64_t> lines;  // hits
  std::vector<const RuleCoverage*> rules;
  std::string branches;
  std::size_t branch_count = 0;
  std::size_t branches_hit = 0;
};

void add_rule(FileTrace& trace, const RuleCoverage& rule) {
  const auto hit = [&](const Location& where, std::uint64_t tests) {
    if (where.file == rule.where.file && where.line > 0) trace.lines[where.line] += tests;
  };
  trace.rules.push_back(&rule);
  hit(rule.where, rule.match + rule.cases);
  for (const PartCoverage& item : rule.items) hit(item.where, item.tests);
  for (const PartCoverage& exemption : rule.exemptions) hit(exemption.where, exemption.tests);
  for (std::size_t block = 0; block < rule.branches.size(); ++block) {
    const BranchCoverage& branch = rule.branches[block];
    if (branch.where.file != rule.where.file || branch.where.line == 0) continue;
    hit(branch.where, branch.held + branch.failed);
    const bool evaluated = branch.held + branch.failed + branch.unknown > 0;
    for (const auto& [way, count] : {std::pair(0, branch.held), std::pair(1, branch.failed)}) {
      trace.branches += fmt::format("BRDA:{},{},{},{}\n", branch.where.line, block, way,
                                    evaluated ? std::to_string(count) : "-");
      ++trace.branch_count;
      if (count > 0) ++trace.branches_hit;
    }
  }
}

std::string render(const std::string& file, const FileTrace& trace) {
  std::string out = fmt::format("TN:modcore\nSF:{}\n", file);
  std::size_t rules_hit = 0;
  for (const RuleCoverage* rule : trace.rules) out += fmt::format("FN:{},{}\n", rule->where.line, rule->rule);
  for (const RuleCoverage* rule : trace.rules) {
    out += fmt::format("FNDA:{},{}\n", rule->match + rule->cases, rule->rule);
    if (rule->match + rule->cases > 0) ++rules_hit;
  }
  out += fmt::format("FNF:{}\nFNH:{}\n{}BRF:{}\nBRH:{}\n", trace.rules.size(), rules_hit, trace.branches,
                     trace.branch_count, trace.branches_hit);
  std::size_t lines_hit = 0;
  for (const auto& [line, hits] : trace.lines) {
    out += fmt::format("DA:{},{}\n", line, hits);
    if (hits > 0) ++lines_hit;
  }
  return out + fmt::format("LF:{}\nLH:{}\nend_of_record\n", trace.lines.size(), lines_hit);
}

}  // namespace

std::string to_json(const CoverageReport& report) {
  std::string out;
  Writer(out).report(report);
  return out;
}

std::string to_markdown(const CoverageReport& report) {
  std::string out = fmt::format("## What the tests have seen: {}\n\n| | seen |\n|---|---|\n", share(report.total()));
  out += fmt::format("| rules that fire in one test and stay silent in another | {} |\n", share(report.rules_tested()));
  out += fmt::format("| branches of conditions, true and false | {} |\n", share(report.branches()));
  out += fmt::format("| items of groups | {} |\n", share(report.items()));
  out += fmt::format("| exemptions | {} |\n", share(report.exemptions()));
  out += fmt::format("| languages | {} |\n", share(report.languages()));
  out += fmt::format("| clauses of the guideline | {} |\n", share(report.clauses_tested()));
  if (!report.clauses.empty()) out += clause_matrix(report);
  std::string rows;
  for (const RuleCoverage& rule : report.rules) {
    const std::string missing = untested(rule);
    if (!missing.empty()) rows += fmt::format("| `{}` | {} |\n", rule.rule, missing);
  }
  return rows.empty() ? out : out + "\n### Not seen by any test\n\n| rule | |\n|---|---|\n" + rows;
}

std::string to_lcov(const CoverageReport& report) {
  std::map<std::string, FileTrace> files;
  for (const RuleCoverage& rule : report.rules) {
    if (!rule.where.file.empty()) add_rule(files[rule.where.file], rule);
  }
  std::string out;
  for (const auto& [file, trace] : files) out += render(file, trace);
  return out;
}

}  // namespace modcore
