// What a rule file decides about a post, by direct recursion over the
// generator's own conditions and a pattern-by-pattern search: slow, obvious, and
// sharing no code with the engine's program, wake-up or databases.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "differential/random_rules.hpp"

namespace differential {

enum class Kleene { no, yes, unknown };

// One match of a group, after `except`. Words are counted in its piece.
struct Found {
  std::uint32_t source = 0;  // which of the host's texts
  std::uint32_t piece = 0;
  std::uint32_t begin = 0;   // bytes of the source
  std::uint32_t end = 0;
  std::uint32_t distinct = 0;      // items equal after folding share a number
  std::int64_t words_before = 0;   // words of the piece that end at or before its begin
  std::int64_t words_until = 0;    // words of the piece that begin before its end
};

// The matches of a rule's group in fields ("" for the group's own).
using Search = std::function<std::vector<Found>(const Rule&, const std::string& group, const std::string& fields)>;
// words(field) and links(field) of the post.
using Measure = std::function<std::int64_t(Condition::Kind, const std::string& fields)>;

struct Expected {
  std::string verdict;
  bool hidden = false;
  std::set<std::string> fired;
  std::set<std::string> undetermined;  // "rule/when", "rule/unless"
  std::set<std::string> suppressed;
  std::set<std::string> shadow;
  std::size_t unknowns = 0;   // conditions that came out unknown
};

[[nodiscard]] Expected expect(const std::vector<Rule>& rules, const Facts& facts, const Search& search,
                              const Measure& measure);

}  // namespace differential
