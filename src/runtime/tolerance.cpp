#include "runtime/tolerance.hpp"

#include <algorithm>

namespace modcore::runtime {
namespace {

// Of a word that stands there as it is written the alternatives are known; there may be
// thousands.
bool words_hold(const ir::WordsItem& item, const std::vector<std::uint32_t>* seen, text::Range range,
                text::Views& views, ir::Tolerance tolerance, WordMatcher& matcher) {
  const auto tokens = views.tokens();
  const auto token = std::lower_bound(
      tokens.begin(), tokens.end(), range.begin,
      [](const text::Token& t, std::uint32_t at) { return t.original.begin < at; });
  const auto first = static_cast<std::uint32_t>(token - tokens.begin());
  const auto holds = [&](const ir::WordSequence& sequence) {
    const auto& spans = matcher.spans(sequence, 0, first, views, tolerance);
    return std::any_of(spans.begin(), spans.end(), [&](TokenSpan span) {
      return tokens[span.last].original.end == range.end;
    });
  };
  if (seen == nullptr) return std::any_of(item.alternatives.begin(), item.alternatives.end(), holds);
  return std::any_of(seen->begin(), seen->end(), [&](std::uint32_t i) { return holds(item.alternatives[i]); });
}

}  // namespace

ir::Tolerance ToleranceTester::mildest(const Match& match, Search& search) {
  const PlannedPattern& pattern = plan_.patterns[match.pattern];
  const auto* regex = std::get_if<ir::RegexItem>(&pattern.items[match.item].what);
  const ir::Tolerance widest = regex != nullptr ? regex->tolerance : pattern.tolerance;
  for (const ir::Tolerance tolerance :
       {ir::Tolerance::exact, ir::Tolerance::case_, ir::Tolerance::accents}) {
    if (tolerance >= widest) break;
    if (holds(match, tolerance, search)) return tolerance;
  }
  return widest;
}

bool ToleranceTester::holds(const Match& match, ir::Tolerance tolerance, Search& search) {
  const PlannedItem& item = plan_.patterns[match.pattern].items[match.item];
  text::Views& views = search.post().views(match.piece);
  const std::uint32_t base = search.post().piece(match.piece).range.begin;
  const text::Range range{match.range.begin - base, match.range.end - base};
  if (const auto* words = std::get_if<ir::WordsItem>(&item.what)) {
    return words_hold(*words, search.alternatives_seen(match), range, views, tolerance, search.words());
  }
  if (const auto* substring = std::get_if<ir::SubstringItem>(&item.what)) {
    return contains_at(*substring, views.original().substr(range.begin, range.end - range.begin),
                       tolerance);
  }
  if (const auto* number = std::get_if<ir::NumberItem>(&item.what)) {
    return number_stands_at(*number, range, views, tolerance);
  }
  if (std::holds_alternative<ir::RegexItem>(item.what)) {
    return regex_holds(item, range, views, tolerance, search);
  }
  if (std::holds_alternative<ir::DomainItem>(item.what)) {
    const text::Links& links = search.post().links(match.piece);
    return std::any_of(links.begin(), links.end(), [&](const text::Link& link) {
      return link.range == range && !link.disguised;
    });
  }
  return true;  // emoji are compared as they are
}

bool ToleranceTester::regex_holds(const PlannedItem& item, text::Range range, text::Views& views,
                                  ir::Tolerance tolerance, Search& search) {
  const RegexProgram* program =
      tolerance == ir::Tolerance::exact
          ? case_sensitive(item.regex, std::get<ir::RegexItem>(item.what).pattern)
          : &plan_.regexes[item.regex].program;
  if (program == nullptr) return false;
  const auto result = search.regexes().search(*program, views.get(text::View::repaired),
                                              views.repaired_range(range).begin);
  return result.outcome == RegexRunner::Search::Outcome::found &&
         views.original_range(text::View::repaired, result.range) == range;
}

const RegexProgram* ToleranceTester::case_sensitive(std::uint32_t regex, const std::string& pattern) {
  const auto [entry, added] = case_sensitive_.try_emplace(regex);
  if (added) entry->second = RegexProgram::compile(pattern, true).program;
  return entry->second ? &*entry->second : nullptr;
}

}  // namespace modcore::runtime
