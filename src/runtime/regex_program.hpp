// PCRE2 behind two classes: a compiled regex, which any number of threads may
// share, and what one thread needs to run it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "regex/automaton.hpp"
#include "text/range.hpp"

struct pcre2_real_code_8;
struct pcre2_real_match_context_8;
struct pcre2_real_match_data_8;
struct pcre2_real_jit_stack_8;

namespace modcore::runtime {

class RegexProgram {
 public:
  // The meaning that the rule language gives to a regex: UTF, UCP, CASELESS
  // unless `case_sensitive`, a line ends with LF.
  struct Compilation;
  [[nodiscard]] static Compilation compile(std::string_view pattern, bool case_sensitive);
  // The same for a pattern that compile() took before, but made when it first runs.
  // The text of the pattern must outlive it.
  [[nodiscard]] static RegexProgram later(std::string_view pattern, bool case_sensitive) {
    return {nullptr, pattern, case_sensitive};
  }

  RegexProgram() noexcept : RegexProgram(nullptr, {}, false) {}  // finds the empty text only
  RegexProgram(RegexProgram&& other) noexcept { take(other); }
  RegexProgram& operator=(RegexProgram&& other) noexcept;
  RegexProgram(const RegexProgram&) = delete;
  RegexProgram& operator=(const RegexProgram&) = delete;
  ~RegexProgram();

  [[nodiscard]] bool matches_empty_text() const;
  // Made for this processor when it is first asked for, from any thread. Null if
  // PCRE2 refuses, which it does not after compile().
  [[nodiscard]] const pcre2_real_code_8* code() const {
    return ready_.load(std::memory_order_acquire) ? code_.load(std::memory_order_relaxed) : prepare();
  }
  // What tells cheaply that there is no match, made when it is first asked for, from any
  // thread. `pattern()` is the one that this was compiled of, `make` always the same.
  using MakeAutomaton = regex::Automaton (*)(std::string_view pattern, bool case_sensitive);
  template <class Pattern>
  [[nodiscard]] const regex::Automaton& automaton(const Pattern& pattern,
                                                  MakeAutomaton make = regex::automaton_of) const {
    const regex::Automaton* const made = automaton_.load(std::memory_order_acquire);
    return made != nullptr ? *made : make_automaton(pattern(), make);
  }

 private:
  RegexProgram(pcre2_real_code_8* code, std::string_view pattern, bool case_sensitive) noexcept
      : code_(code), pattern_(pattern), case_sensitive_(case_sensitive) {}
  // Into one that holds nothing. Nobody else looks at what is moved: no order among threads is needed.
  void take(RegexProgram& other) noexcept {
    constexpr auto relaxed = std::memory_order_relaxed;
    code_.store(other.code_.load(relaxed), relaxed);
    other.code_.store(nullptr, relaxed);
    ready_.store(other.ready_.load(relaxed), relaxed);
    automaton_.store(other.automaton_.load(relaxed), relaxed);
    other.automaton_.store(nullptr, relaxed);
    pattern_ = other.pattern_;
    case_sensitive_ = other.case_sensitive_;
  }
  const pcre2_real_code_8* prepare() const;
  const regex::Automaton& make_automaton(std::string_view pattern, MakeAutomaton make) const;

  mutable std::atomic<pcre2_real_code_8*> code_ = nullptr;
  mutable std::atomic<bool> ready_ = false;  // what can be done ahead is done
  mutable std::atomic<const regex::Automaton*> automaton_ = nullptr;
  std::string_view pattern_;                 // of a program that is made later
  bool case_sensitive_ = false;
};

struct RegexProgram::Compilation {
  std::optional<RegexProgram> program;
  std::string error;       // empty if there is a program
  std::size_t offset = 0;  // of the error, in bytes of the pattern
  bool too_big = false;
};

// Belongs to one thread.
class RegexRunner {
 public:
  RegexRunner();

  struct Search {
    enum class Outcome : std::uint8_t { none, found, gave_up };
    Outcome outcome = Outcome::none;
    text::Range range;
  };
  // Renews the steps that the searches of one post have together.
  void start_post() noexcept { steps_ = steps_of_post; }
  // What is left of them.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }

  // The first match that begins at `from` or later, at `last` at the latest, and takes
  // at least one character. `subject` is valid UTF-8. Work is bounded by the length of
  // the subject and by the searches of the post that gave up before, not by time, so
  // every machine gives up at the same place.
  [[nodiscard]] Search search(const RegexProgram& program, std::string_view subject,
                              std::size_t from, std::size_t last = anywhere);
  static constexpr std::size_t anywhere = ~std::size_t{0};
  static constexpr std::uint64_t steps_of_post = 200'000'000;

 private:
  struct Free {
    void operator()(pcre2_real_match_context_8* context) const noexcept;
    void operator()(pcre2_real_match_data_8* data) const noexcept;
    void operator()(pcre2_real_jit_stack_8* stack) const noexcept;
  };
  std::unique_ptr<pcre2_real_jit_stack_8, Free> stack_;
  std::unique_ptr<pcre2_real_match_context_8, Free> context_;
  std::unique_ptr<pcre2_real_match_data_8, Free> data_;
  std::uint64_t steps_ = steps_of_post;
};

}  // namespace modcore::runtime
