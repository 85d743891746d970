// Decides of each rule whether it fires on a post.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "program/image.hpp"
#include "runtime/evaluator.hpp"
#include "runtime/facts.hpp"
#include "runtime/matcher.hpp"
#include "runtime/traits.hpp"

namespace modcore::runtime {

enum class Part : std::uint8_t { when, unless, escalate, score };

// A rule whose condition is true and whom nothing spared.
struct Fired {
  std::uint32_t rule = 0;
  bool raised = false;      // `escalate.if` was true
  std::int64_t points = 0;  // thousandths
  bool operator==(const Fired&) const = default;
};

// A part of a rule that is unknown.
struct Undetermined {
  std::uint32_t rule = 0;
  Part part{};
  std::vector<std::string> missing;  // attributes, sorted
};

struct Findings {
  std::vector<Fired> fired;
  std::vector<Fired> shadow;
  std::vector<Undetermined> undetermined;  // of active rules

  [[nodiscard]] bool empty() const noexcept {
    return fired.empty() && shadow.empty() && undetermined.empty();
  }
  void clear() noexcept {
    fired.clear();
    shadow.clear();
    undetermined.clear();
  }
};

enum class Answer : std::uint8_t { fired, not_fired, undetermined, spared };
// Whether a rule is asked at all.
enum class Standing : std::uint8_t { considered, off, not_in_force, other_language };

class Judge {
 public:
  // What is referred to must outlive it and stand at the same post.
  Judge(const program::Image& image, Facts& facts, Evaluator& evaluator, Matcher& matcher, PostText& text);

  // Runs the rules that a pattern wakes and those that never sleep. `findings`
  // must be empty.
  void judge(Findings& findings);

  // One rule, whatever its standing; what it finds is appended.
  Answer ask(std::uint32_t rule, Fired& fired, std::vector<Undetermined>& undetermined);

  [[nodiscard]] Standing standing(const program::Rule& rule);
  [[nodiscard]] bool speaks(const program::Rule& rule) const;  // only of the language

 private:
  // Whether the post has what the rule needs to be anything but false.
  [[nodiscard]] bool is_possible(std::uint32_t rule) {
    const program::Needs& needs = needs_[rule];
    if (needs.title_bytes > title_bytes_ || needs.text_bytes > text_bytes_) return false;
    if (needs.attributes != 0 && (facts_.present() & needs.attributes) == 0) return false;
    return needs.traits == 0 || traits_.any(needs.traits);
  }
  void consider(std::uint32_t rule, Findings& findings);
  [[nodiscard]] bool asks_fact_first(const program::Rule& rule) const;
  [[nodiscard]] Value exemption(const program::Rule& rule, std::uint32_t index,
                                std::vector<Undetermined>& undetermined);
  [[nodiscard]] std::int64_t points(const program::Score& score, std::uint32_t index,
                                    std::vector<Undetermined>& undetermined);
  void note(std::uint32_t rule, Part part, const std::vector<program::Fragment>& unknown,
            std::vector<Undetermined>& undetermined);

  const program::Image& image_;
  Facts& facts_;
  Evaluator& evaluator_;
  Matcher& matcher_;
  PostText& text_;
  PostTraits traits_;
  std::size_t title_bytes_ = 0, text_bytes_ = 0;
  std::vector<program::Needs> needs_;  // by rule
  std::vector<std::uint64_t> woken_;  // by rule: the round in which it ran
  std::uint64_t round_ = 0;
  std::vector<Undetermined> unused_;  // of rules in shadow
};

}  // namespace modcore::runtime
