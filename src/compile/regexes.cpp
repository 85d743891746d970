#include "compile/regexes.hpp"

#include <algorithm>
#include <future>
#include <set>

#include "compile/hyperscan.hpp"
#include "diag/catalogue.hpp"
#include "regex/analysis.hpp"
#include "regex/required_character.hpp"
#include "text/fold.hpp"
#include "text/views.hpp"

namespace modcore::compiler {
namespace {

text::AsciiSet ascii_set(const regex::AsciiSet& set) {
  const auto half = [&set](std::size_t first) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; ++i) bits |= std::uint64_t{set[first + i]} << i;
    return bits;
  };
  return {half(0), half(64)};
}

constexpr std::size_t min_literal_bytes = 3;
constexpr std::size_t min_digits = 5;
constexpr double short_literal_bits = 16;
constexpr std::size_t min_spelled_bytes = 4;
constexpr double min_spelling_bits = 12;
constexpr std::string_view rare_letters = "qzjx";
// Looking for more characters costs as much as the search that it may spare.
constexpr std::size_t max_characters = 6;
// Looking at the marks of each of more takes longer than one search by Hyperscan.
constexpr std::size_t most_marked = 24;
// Each refusal costs another compilation of all; beyond these PCRE2 runs alone.
constexpr int max_attempts = 16;
// Of all regexes that Hyperscan compiles together.
constexpr std::uint64_t max_states = 1'000'000;

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
                                  runtime::ItemRef ref, LiteralCollectors& literals) {
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
  plan_.regexes.push_back({.item = ref,
                           .fields = owner.fields,
                           .program = std::move(*compiled.program),
                           .needed = ascii_set(analysis.needed),
                           .folded = tolerance == ir::Tolerance::accents});
  share(index, pattern, tolerance);
  // Many digits are rarer than a short literal, which may be some of them.
  const bool digits_first = analysis.required.bits < short_literal_bits;
  if (digits_first && lower_to_digits(index, analysis, literals)) return index;
  if (lower_to_literals(index, analysis, literals)) return index;
  if (lower_to_digits(index, analysis, literals)) return index;
  if (!analysis.opaque) plan_.regexes[index].mark = regex::mark_of(analysis.root);
  if (owner.waits) {
    run_directly(index);
  } else if (within_budget(item, analysis)) {
    filter(index, regex::narrow(analysis), tolerance == ir::Tolerance::accents);
  }
  return index;
}

// What several patterns hold, such as an exception, is run once for all of them.
void RegexCollector::share(std::uint32_t regex, const std::string& pattern, ir::Tolerance tolerance) {
  const auto [first, is_new] =
      first_.emplace(static_cast<char>('0' + static_cast<int>(tolerance)) + pattern, regex);
  if (is_new) return;
  std::uint32_t& shared = plan_.regexes[first->second].shared;
  if (shared == runtime::PlannedRegex::not_shared) shared = shared_++;
  plan_.regexes[regex].shared = shared;
}

// A compilation of Hyperscan's cannot be stopped, so what it may cost is bounded ahead,
// by a number that is the same on every machine.
bool RegexCollector::within_budget(const ir::Item& item, const regex::Analysis& analysis) {
  const bool was_within = states_ <= max_states;
  states_ += analysis.cost;
  if (states_ <= max_states) return true;
  if (was_within) {
    sink_.report(diag::compile_budget, item.span, {std::to_string(states_), std::to_string(max_states)});
  }
  return false;
}

// Whether the regex can be found by literals of the fold.
bool RegexCollector::lower_to_literals(std::uint32_t regex, const regex::Analysis& analysis,
                                       LiteralCollectors& literals) {
  const regex::RequiredLiterals& required = analysis.required;
  std::vector<std::string> texts;
  for (const std::string& text : required.texts) {
    texts.push_back(text::fold(text, text::Level::accents));
    if (texts.back().size() < min_literal_bytes) return false;
  }
  if (texts.empty()) return false;
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  runtime::PlannedRegex& planned = plan_.regexes[regex];
  planned.before_min = required.before_min;
  planned.before_max = required.before_max;
  planned.plain = analysis.plain.is_plain;
  planned.edge_before = analysis.plain.edge_before;
  planned.edge_after = analysis.plain.edge_after;
  for (const std::string& text : analysis.companions) {
    planned.companions.push_back(text::fold(text, text::Level::accents));
  }
  for (const std::string& text : texts) {
    literals.fold.add(text, {.item = planned.item, .regex = regex}, planned.fields, false);
  }
  return true;
}

// Whether it can be found by its digits, whatever stands between them.
bool RegexCollector::lower_to_digits(std::uint32_t regex, const regex::Analysis& analysis,
                                     LiteralCollectors& literals) {
  const regex::RequiredDigits& required = analysis.digits;
  if (required.digits.size() < min_digits) return false;
  runtime::PlannedRegex& planned = plan_.regexes[regex];
  planned.before_min = required.before_min;
  planned.before_max = required.before_max;
  literals.digits.add(required.digits, {.item = planned.item, .regex = regex}, planned.fields, false);
  return true;
}

void RegexCollector::filter(std::uint32_t regex, regex::Narrowing narrowing, bool folded) {
  if (!accepts_regex(narrowing.ascii_filter) || !accepts_regex(narrowing.utf8_filter)) {
    return run_directly(regex);
  }
  Filtered& filtered = filtered_.emplace_back();
  filtered.regex = regex;
  filtered.folded = folded;
  filtered.needs = narrowing.required_characters[0];
  filtered.also = narrowing.required_characters[1];
  filtered.spelled = spelled(narrowing.spelling);
  filtered.narrowing = std::move(narrowing);
}

// As the view of that name has them; nothing if they are too common or too short.
std::vector<std::string> RegexCollector::spelled(const regex::RequiredSpelling& spelling) {
  std::vector<std::string> texts;
  if (spelling.bits < min_spelling_bits) return texts;
  for (const std::string& text : spelling.texts) {
    texts.push_back(text::spelled(text::fold(text, text::Level::accents)));
    if (texts.back().size() < min_spelled_bytes) return {};
  }
  return texts;
}

// Those that can be found by their letters, whatever stands between them, are filtered
// only in texts with certain characters. One more view is worth it if there is one that
// would be filtered in most texts.
void RegexCollector::lower_to_spellings(LiteralCollectors& literals) {
  const auto is_common = [](const Filtered& one) {
    const char needed = one.needs.front();
    const bool rare = regex::is_rare_character(needed) || rare_letters.find(needed) != std::string_view::npos;
    return !one.spelled.empty() && !rare;
  };
  if (std::none_of(filtered_.begin(), filtered_.end(), is_common)) return;
  for (Filtered& one : filtered_) {
    if (one.spelled.empty()) continue;
    const runtime::PlannedRegex& planned = plan_.regexes[one.regex];
    for (const std::string& text : one.spelled) {
      literals.spelled.add(text, {.item = planned.item, .regex = one.regex}, planned.fields, true);
    }
    one.needs = one.narrowing.spelling.unless;
    one.also = 0;
    one.behind = one.narrowing.spelling.behind;
    if (one.narrowing.spelling.ascii_only) one.needs += regex::beyond_ascii;
    one.is_spelled = true;
  }
}

// Those that few texts need apart from those that most need.
void RegexCollector::route(Filtered& one) {
  const bool rare = std::all_of(one.needs.begin(), one.needs.end(), regex::is_rare_character);
  const std::size_t index = (one.folded ? 2U : 0U) + (rare ? 1U : 0U);
  runtime::RegexFilter& filter = plan_.filters[index];
  FilterPatterns& patterns = patterns_[index];
  filter.folded = one.folded;
  filter.spelled = filter.spelled || one.is_spelled;
  filter.regexes.push_back(one.regex);
  filter.fields.add(plan_.regexes[one.regex].fields);
  patterns.ascii.push_back(std::move(one.narrowing.ascii_filter));
  patterns.utf8.push_back(std::move(one.narrowing.utf8_filter));
  patterns.needs.push_back(std::move(one.needs));
  patterns.also.insert(one.also);
  patterns.behind |= one.behind;
}

// Hyperscan takes long to compile even a few of such regexes together.
void RegexCollector::search_marked_directly() {
  std::erase_if(filtered_, [this](const Filtered& one) {
    const bool marked = plan_.regexes[one.regex].mark.kind != regex::Mark::Kind::none;
    if (marked) run_directly(one.regex);
    return marked;
  });
}

void RegexCollector::run_directly(std::uint32_t regex) {
  runtime::PlannedRegex& planned = plan_.regexes[regex];
  planned.direct = true;
  if (plan_.patterns[planned.item.pattern].waits) return;
  plan_.direct.push_back(regex);
  plan_.direct_fields.add(planned.fields);
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

void RegexCollector::finish(LiteralCollectors& literals) {
  if (sink_.has_errors()) return;  // nothing will be made of them
  if (filtered_.size() <= most_marked) search_marked_directly();
  lower_to_spellings(literals);
  for (Filtered& one : filtered_) route(one);
  filtered_.clear();
  for (std::size_t i = 0; i < patterns_.size(); ++i) compile_filter(plan_.filters[i], patterns_[i]);
}

void RegexCollector::compile_filter(runtime::RegexFilter& filter, FilterPatterns& patterns) {
  choose_characters(filter, patterns);
  if (compile_both(filter, patterns)) return;
  filter.utf8 = compile_all(filter, patterns, false);
  if (!filter.every_text) return;
  // The wider database comes first: what it refuses is gone from both.
  const std::size_t size = filter.regexes.size();
  filter.ascii = compile_all(filter, patterns, true);
  if (filter.regexes.size() != size) filter.utf8 = compile_all(filter, patterns, false);
}

// Side by side, since they are most of what compiling a pack takes. False if a regex was refused.
// The sharper one takes several times as long: it is worth it only if most texts are searched.
bool RegexCollector::compile_both(runtime::RegexFilter& filter, const FilterPatterns& patterns) {
  if (filter.regexes.empty()) return true;
  if (!filter.every_text) {
    filter.utf8 = compile_regexes(patterns.utf8).database;
    return filter.utf8 != nullptr;
  }
  std::future<Compiled> ascii = std::async(std::launch::async | std::launch::deferred,
                                           [&patterns] { return compile_regexes(patterns.ascii); });
  Compiled utf8 = compile_regexes(patterns.utf8);
  Compiled sharper = ascii.get();
  if (!utf8.database || !sharper.database) return false;
  filter.utf8 = std::move(utf8.database);
  filter.ascii = std::move(sharper.database);
  return true;
}

void RegexCollector::choose_characters(runtime::RegexFilter& filter, const FilterPatterns& patterns) {
  std::set<char> characters;
  for (const std::string& needs : patterns.needs) characters.insert(needs.begin(), needs.end());
  filter.beyond_ascii = characters.erase(regex::beyond_ascii) > 0;
  const bool every_text = characters.contains(0) || characters.size() > max_characters;
  if (!every_text) filter.characters.assign(characters.begin(), characters.end());
  filter.every_text = every_text;
  filter.behind = ascii_set(patterns.behind);
  const bool all_have = !patterns.also.contains(0) && !patterns.also.contains(regex::beyond_ascii);
  if (all_have && patterns.also.size() <= max_characters) filter.also.assign(patterns.also.begin(), patterns.also.end());
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
    patterns.needs.erase(patterns.needs.begin() + at);
  }
  return {};
}

}  // namespace modcore::compiler
