#include "compile/regexes.hpp"

#include "compile/hyperscan.hpp"
#include "regex/analysis.hpp"
#include "text/fold.hpp"

namespace modcore::compiler {
namespace {

constexpr std::size_t min_literal_bytes = 3;
// Each refusal costs another compilation of all; beyond these PCRE2 runs alone.
constexpr int max_attempts = 16;

const diag::Entry& entry_of(regex::Problem::Kind kind) {
  switch (kind) {
    case regex::Problem::Kind::too_big: return diag::regex_too_big;
    case regex::Problem::Kind::matches_empty: return diag::regex_matches_empty;
    case regex::Problem::Kind::syntax:
    case regex::Problem::Kind::unsupported: break;
  }
  return diag::regex_unsupported;
}

}  // namespace

std::uint32_t RegexCollector::add(const ir::Item& item, const std::string& pattern,
                                  runtime::ItemRef ref) {
  const runtime::PlannedPattern& owner = plan_.patterns[ref.pattern];
  const ir::Tolerance tolerance = std::get<ir::RegexItem>(item.what).tolerance;
  const bool case_sensitive = tolerance == ir::Tolerance::exact;
  const regex::Analysis analysis = regex::analyse(pattern, case_sensitive);
  for (const regex::Problem& problem : analysis.problems) {
    const bool empty = problem.kind == regex::Problem::Kind::matches_empty;
    sink_.report(entry_of(problem.kind), item.span,
                 {empty ? problem.suggestion : problem.message, problem.suggestion});
  }
  if (!analysis.problems.empty()) return 0;
  auto compiled = runtime::RegexProgram::compile(pattern, case_sensitive);
  if (report(item, compiled)) return 0;

  const auto index = static_cast<std::uint32_t>(plan_.regexes.size());
  plan_.regexes.push_back({ref, owner.fields, std::move(*compiled.program)});
  const std::string literal = text::fold(analysis.required_literal, text::Level::accents);
  if (literal.size() >= min_literal_bytes) {
    fold_.add(literal, {ref}, owner.fields, true);
    return index;
  }
  const bool filtered = accepts_regex(analysis.ascii_filter) && accepts_regex(analysis.utf8_filter);
  if (!filtered) {
    run_directly(index);
    return index;
  }
  const bool folded = tolerance == ir::Tolerance::accents;
  runtime::RegexFilter& filter = folded ? plan_.fold_filter : plan_.repaired_filter;
  FilterPatterns& patterns = folded ? fold_patterns_ : repaired_patterns_;
  filter.regexes.push_back(index);
  filter.fields.add(owner.fields);
  patterns.ascii.push_back(analysis.ascii_filter);
  patterns.utf8.push_back(analysis.utf8_filter);
  return index;
}

void RegexCollector::run_directly(std::uint32_t regex) {
  plan_.direct.push_back(regex);
  plan_.direct_fields.add(plan_.regexes[regex].fields);
}

// Whether there was something to report.
bool RegexCollector::report(const ir::Item& item,
                            const runtime::RegexProgram::Compilation& compiled) {
  if (!compiled.program) {
    const diag::Entry& entry = compiled.too_big ? diag::regex_too_big : diag::regex_unsupported;
    const std::string where = " (at byte " + std::to_string(compiled.offset) + " of the regex)";
    sink_.report(entry, item.span, {compiled.error + where, ""});
    return true;
  }
  if (!compiled.program->matches_empty_text()) return false;
  sink_.report(diag::regex_matches_empty, item.span,
               {"make a part of it required, for example with `+` instead of `*`"});
  return true;
}

void RegexCollector::finish() {
  compile_filter(plan_.repaired_filter, repaired_patterns_);
  compile_filter(plan_.fold_filter, fold_patterns_);
}

void RegexCollector::compile_filter(runtime::RegexFilter& filter, FilterPatterns& patterns) {
  filter.utf8 = compile_all(filter, patterns, false);
  // The wider database comes first: what it refuses is gone from both.
  const std::size_t size = filter.regexes.size();
  filter.ascii = compile_all(filter, patterns, true);
  if (filter.regexes.size() != size) filter.utf8 = compile_all(filter, patterns, false);
}

runtime::Database RegexCollector::compile_all(runtime::RegexFilter& filter, FilterPatterns& patterns,
                                              bool ascii) {
  for (int attempt = 0; attempt < max_attempts && !filter.regexes.empty(); ++attempt) {
    Compiled compiled = compile_regexes(ascii ? patterns.ascii : patterns.utf8);
    if (compiled.database || !compiled.refused) return std::move(compiled.database);
    const auto at = static_cast<std::ptrdiff_t>(*compiled.refused);
    run_directly(filter.regexes[*compiled.refused]);
    filter.regexes.erase(filter.regexes.begin() + at);
    patterns.ascii.erase(patterns.ascii.begin() + at);
    patterns.utf8.erase(patterns.utf8.begin() + at);
  }
  return {};
}

}  // namespace modcore::compiler
