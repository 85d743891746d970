#include "tooling/mutated_post.hpp"

#include <algorithm>
#include <vector>

#include "tooling/disguiser.hpp"

namespace modcore::tooling {

namespace {

using text::Range;

constexpr std::size_t most_matches = 1000;

bool is_of_words(const runtime::MatchPlan& plan, const runtime::Match& match) {
  const auto& what = plan.patterns[match.pattern].items[match.item].what;
  return std::holds_alternative<ir::WordsItem>(what) ||
         std::holds_alternative<ir::SubstringItem>(what);
}

// In order and without overlap.
void merge(std::vector<Range>& ranges) {
  std::ranges::sort(ranges, {}, &Range::begin);
  std::vector<Range> merged;
  for (const Range range : ranges) {
    if (merged.empty() || merged.back().end < range.begin) merged.push_back(range);
    else merged.back().end = std::max(merged.back().end, range.end);
  }
  ranges = std::move(merged);
}

}  // namespace

MatchedPost matched_post(runtime::Session& session, const runtime::MatchPlan& plan,
                         const program::Rule& rule, const Post& post) {
  std::vector<Range> title, body;
  for (const std::uint32_t use : rule.evidence_uses) {
    for (const runtime::Match& match :
         session.matcher().matches(static_cast<runtime::UseId>(use), most_matches)) {
      if (!is_of_words(plan, match)) continue;
      const std::uint32_t source = session.text().piece(match.piece).source;
      const ir::TextField field = session.text().sources()[source].field;
      if (field == ir::TextField::title) title.push_back(match.range);
      if (field == ir::TextField::body) body.push_back(match.range);
    }
  }
  merge(title);
  merge(body);
  return {take_apart(post.title, title), take_apart(post.body, body)};
}

MutatedPost mutated_post(const MatchedPost& matched, DisguiseKind kind, std::uint64_t seed) {
  Mutation title = disguise(matched.title, kind, seed);
  Mutation body = disguise(matched.body, kind, seed);
  return {std::move(title.text), std::move(body.text), title.words + body.words};
}

}  // namespace modcore::tooling
