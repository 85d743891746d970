#include "lint/item_scan.hpp"

#include <algorithm>

#include "regex/needed_characters.hpp"
#include "regex/parser.hpp"
#include "text/fold.hpp"

namespace modcore::lint {
namespace {

using ir::TextField;

constexpr std::size_t bytes_at_a_time = 4096;
constexpr std::uint32_t text_bytes = 1U << 24U;

bool in_body(ir::FieldSet fields) { return fields.has(TextField::body) || fields.has(TextField::own); }

// What the texts consist of, as they are written and folded.
regex::Characters consist_of(std::span<const std::string_view> texts) {
  std::string all;
  for (const std::string_view text : texts) (all += text) += '\n';
  regex::Characters characters = regex::characters_of(all);
  characters.add(regex::characters_of(text::fold(all, text::Level::accents)));
  const bool has_breaks = std::ranges::any_of(
      texts, [](std::string_view text) { return text.find('\n') != std::string_view::npos; });
  if (!has_breaks) characters.ascii.reset('\n');
  return characters;
}

}  // namespace

ItemScan::ItemScan(const runtime::MatchPlan& plan) : plan_(plan), search_(plan) {
  post_.configure(plan.fields, text_bytes);
  needs_title_ = std::ranges::any_of(plan.patterns, [](const runtime::PlannedPattern& pattern) {
    return pattern.fields.has(TextField::title) && !in_body(pattern.fields);
  });
  for (std::size_t i = 0; i < plan.patterns.size(); ++i) {
    if (plan.patterns[i].waits) waiting_.push_back(static_cast<std::uint32_t>(i));
  }
  read_regexes();
}

void ItemScan::read_regexes() {
  for (std::uint32_t i = 0; i < plan_.regexes.size(); ++i) {
    const runtime::PlannedRegex& regex = plan_.regexes[i];
    if (!regex.direct) continue;
    const auto& what = plan_.patterns[regex.item.pattern].items[regex.item.item].what;
    const auto& written = std::get<ir::RegexItem>(what);
    regex::Parsed parsed = regex::parse(written.pattern, written.tolerance == ir::Tolerance::exact);
    if (!parsed.opaque) regexes_.emplace_back(i, std::move(parsed.root));
  }
}

// Of words few regexes match one: PCRE2 need not look for those with a digit or a space.
void ItemScan::leave_out_impossible(std::span<const std::string_view> texts) {
  const regex::Characters characters = consist_of(texts);
  std::vector<bool> impossible(plan_.regexes.size());
  for (const auto& [regex, root] : regexes_) impossible[regex] = !regex::may_consist_of(root, characters);
  search_.leave_out(std::move(impossible));
}

void ItemScan::run(std::span<const std::string_view> texts, std::string_view language,
                   const std::function<void(const Hit&)>& tell) {
  if (!regexes_.empty()) leave_out_impossible(texts);
  std::size_t begin = 0;
  while (begin < texts.size()) {
    std::size_t end = begin;
    std::size_t bytes = 0;
    while (end < texts.size() && (end == begin || bytes < bytes_at_a_time)) bytes += texts[end++].size();
    search(texts.subspan(begin, end - begin), static_cast<std::uint32_t>(begin), language, tell);
    begin = end;
  }
}

void ItemScan::search(std::span<const std::string_view> texts, std::uint32_t first,
                      std::string_view language, const std::function<void(const Hit&)>& tell) {
  joined_.clear();
  places_.clear();
  for (const std::string_view text : texts) {
    const auto begin = static_cast<std::uint32_t>(joined_.size());
    joined_ += text;
    places_.push_back({begin, static_cast<std::uint32_t>(joined_.size())});
    joined_ += ".\n";
  }
  const Post post{.title = needs_title_ ? std::string_view(joined_) : std::string_view(), .body = joined_};
  post_.set(post, {});
  search_.run(post_, language);
  // Asking for one may touch others.
  const std::vector<std::uint32_t> touched(search_.touched().begin(), search_.touched().end());
  for (const std::uint32_t pattern : touched) {
    if (!plan_.patterns[pattern].waits) tell_matches(pattern, first, tell);
  }
  for (const std::uint32_t pattern : waiting_) tell_matches(pattern, first, tell);
}

void ItemScan::tell_matches(std::uint32_t pattern, std::uint32_t first,
                            const std::function<void(const Hit&)>& tell) {
  const TextField wanted = in_body(plan_.patterns[pattern].fields) ? TextField::body : TextField::title;
  const std::vector<runtime::Match> matches = search_.found(pattern).matches;
  for (const runtime::Match& match : matches) {
    if (post_.sources()[post_.piece(match.piece).source].field != wanted) continue;
    const auto after = std::ranges::upper_bound(places_, match.range.begin, {}, &text::Range::begin);
    if (after == places_.begin()) continue;
    const text::Range place = *(after - 1);
    if (match.range.end > place.end) continue;
    const auto text = static_cast<std::uint32_t>(after - places_.begin() - 1);
    tell({first + text,
          {pattern, match.item},
          {match.range.begin - place.begin, match.range.end - place.begin},
          excused(match)});
  }
}

bool ItemScan::excused(const runtime::Match& match) {
  const ir::PatternId except = plan_.patterns[match.pattern].except;
  if (except == ir::no_pattern) return false;
  const auto& excuses = search_.found(static_cast<std::uint32_t>(except)).matches;
  return std::ranges::any_of(excuses, [&](const runtime::Match& excuse) {
    return excuse.piece == match.piece && excuse.range.begin < match.range.end &&
           match.range.begin < excuse.range.end;
  });
}

}  // namespace modcore::lint
