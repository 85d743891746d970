// Finds the matches of all patterns in one post and answers questions about them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ir/fields.hpp"
#include "runtime/post_text.hpp"
#include "text/views.hpp"

namespace modcore::runtime {

enum class Truth : std::uint8_t { no, yes, unknown };

// A pattern asked for inside certain fields: index into the list that the plan
// was compiled with.
enum class UseId : std::uint32_t {};

// One surviving match: after `at`, `lang` and `except`.
struct Match {
  std::uint32_t pattern = 0;
  std::uint32_t item = 0;    // index within the pattern
  PieceId piece{};
  text::Range range;         // in the source, as the host passed it
};

struct MatchPlan;  // match_plan.hpp; immutable, shared by all threads

class Matcher {
 public:
  explicit Matcher(std::shared_ptr<const MatchPlan> plan);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  // Searches the post. `lang` is the post's language in lower case, empty if
  // unknown. Allocates nothing for a post without a match, once warm. Keeps a
  // reference to `post` until the next run().
  void run(PostText& post, std::string_view lang);

  // From the next run on only these patterns, by number, are sure to be found; empty: all are.
  void look_only_for(std::vector<bool> patterns);

  // Patterns of which something was found that may be a match, in any field they are
  // searched in: a superset of those that matter and do not wait. In no order. Valid
  // until something else is asked.
  [[nodiscard]] std::span<const std::uint32_t> touched() const noexcept;
  // Whether a pattern has a match or an unknown in any field that it is searched in,
  // before `except` and `at`.
  [[nodiscard]] bool occurs(std::uint32_t pattern);

  [[nodiscard]] Truth matched(UseId use);
  // Leftmost, then longest, without overlap, per piece; nothing if unknown.
  [[nodiscard]] std::optional<std::int64_t> count(UseId use);
  [[nodiscard]] std::optional<std::int64_t> distinct(UseId use);
  // Code points before the first or last match in its source; nothing without a
  // match. Sources count in the order title, body, others.
  [[nodiscard]] std::optional<std::int64_t> first(UseId use);
  [[nodiscard]] std::optional<std::int64_t> last(UseId use);
  // A match of each in one piece with at most `distance` words strictly between.
  [[nodiscard]] Truth near(UseId a, UseId b, std::int64_t distance);
  [[nodiscard]] Truth followed_by(UseId a, UseId b, std::int64_t distance);

  // Whether a match needed Tolerance::obfuscated.
  [[nodiscard]] Truth disguised(UseId use);

  // At most `limit` matches, sorted by source, begin, longest first; the same
  // characters appear once.
  [[nodiscard]] std::vector<Match> matches(UseId use, std::size_t limit);
  // The mildest tolerance at which this match matches: 0 exact, 1 case, 2 accents,
  // 3 obfuscated.
  [[nodiscard]] int tolerance(const Match& match);

  // Whether either of the next two holds any.
  [[nodiscard]] bool limited() const noexcept;
  // Patterns whose flood was cut, or whose confirmation gave up, of those that were
  // asked for. In order, no duplicates.
  [[nodiscard]] std::span<const std::uint32_t> flooded() noexcept;
  [[nodiscard]] std::span<const std::uint32_t> given_up() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modcore::runtime
