// What the written guidelines and the rules say of each other.
#include <map>
#include <set>

#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"

namespace modcore::lint::style {
namespace {

bool is_web_address(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    return host.find('.') != std::string_view::npos && url.find(' ') == std::string_view::npos;
  }
  return false;
}

// The clauses of each pack, those of the policy under no name.
using Clauses = std::map<std::string_view, std::string_view>;

Clauses first_clauses(const ast::GuidelinesFile& guidelines) {
  Clauses clauses;
  for (const ast::GuidelineClause& clause : guidelines.clauses) {
    clauses.emplace(clause.pack, clause.id.value);
  }
  return clauses;
}

// A rule that allows applies no clause.
void require_clause(const WrittenRule& one, const Clauses& clauses, const StyleInput& input) {
  auto listed = clauses.find(one.file->pack);
  if (listed == clauses.end() && !is_shipped(input, one.file->source)) listed = clauses.find("");
  const bool needs_none = one.meaning->verdict == ir::Verdict::allow || !one.meaning->guideline.empty() ||
                          one.meaning->status == ir::Status::off;
  if (listed == clauses.end() || needs_none) return;
  input.sink.report(diag::rule_without_clause, one.rule->id.span, {one.rule->id.value, listed->second})
      .rule(one.rule->id.value);
}

}  // namespace

void report_guidelines(const StyleInput& input) {
  if (!input.bundle.guidelines) return;
  const Clauses clauses = first_clauses(*input.bundle.guidelines);
  std::set<std::string_view> cited;
  for_each_rule(input, [&](const WrittenRule& one) {
    cited.insert(one.meaning->guideline);
    require_clause(one, clauses, input);
  });
  for (const ast::GuidelineClause& clause : input.bundle.guidelines->clauses) {
    if (is_shipped(input, clause.id.span.source)) continue;
    if (!cited.contains(clause.id.value)) {
      input.sink.report(diag::clause_without_rule, clause.id.span, {clause.id.value});
    }
    if (clause.url && !is_web_address(clause.url->value)) {
      input.sink.report(diag::dead_reference, clause.url->span, {clause.url->value});
    }
  }
}

}  // namespace modcore::lint::style
