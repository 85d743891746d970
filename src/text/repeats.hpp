// How much a text repeats itself, or another one.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/census.hpp"
#include "text/statistics.hpp"

namespace modcore::text {

// How often each number has come. Of those whose places in the table are crowded
// out, which takes an adversary, none is counted; so every step is bounded.
class Tally {
 public:
  // Forgets everything; for at most `most` numbers. Allocates only to grow, and
  // touches only as much memory as the numbers need.
  void start(std::size_t most);
  // How often it had come before.
  std::uint32_t add(std::uint64_t number);
  // Takes one of those away; whether there was one.
  bool take(std::uint64_t number);

 private:
  struct Slot {
    std::uint64_t number = 0;
    std::uint32_t count = 0;
    std::uint32_t round = 0;  // in which it was used
  };
  Slot* find(std::uint64_t number);

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::uint32_t round_ = 0;
};

// All in linear time, of the accents fold; each adds a piece to what the tally holds.

// Runs of eight characters, without white space, that came before, of all such runs.
[[nodiscard]] Ratio repeated_runs(std::string_view text, Tally& tally);

// Different words of all words: those that the tally did not hold yet.
[[nodiscard]] Ratio unique_words(std::string_view text, Tally& tally);

// Of one text alone, of which `census` tells. May stop as soon as the share is known to be
// below `limit`, or above, and then gives one that is on that side too.
[[nodiscard]] Ratio repeated_runs_to(std::string_view text, const Census& census, Tally& tally, double limit);
[[nodiscard]] Ratio unique_words_to(std::string_view text, const Census& census, Tally& tally, double limit);

// Every three characters in a row of the words, one space before, between and
// behind them: adds them, and says how many they are; or takes away those that are
// there, and says how many of all were.
[[nodiscard]] std::int64_t add_triples(std::string_view text, Tally& tally);
[[nodiscard]] Ratio take_triples(std::string_view text, Tally& tally);

}  // namespace modcore::text
