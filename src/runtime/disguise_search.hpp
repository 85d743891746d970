// Finds items in disguise in one piece of a post.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/match_plan.hpp"
#include "text/disguise.hpp"
#include "text/views.hpp"
#include "text/word_set.hpp"

namespace modcore::runtime {

class DisguiseSearch {
 public:
  struct Found {
    ItemRef item;
    text::Range range;  // in the piece
  };

  explicit DisguiseSearch(const DisguisePlan& plan) : plan_(plan), disguised_(plan.by_word.size()) {}

  // Only items of patterns that stand here are found, if any do. Others cost time.
  void look_only_for(std::vector<bool> patterns) { wanted_ = std::move(patterns); }

  // What stands in the piece in disguise; of phrases, those of which a word does.
  // Valid until the next call. The same match may come more than once.
  [[nodiscard]] std::span<const Found> run(std::string_view text, text::Views& views);

  // Whether the last run() had to leave something out.
  [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }

 private:
  // A word in disguise, and the tokens that it takes the place of.
  struct Instance {
    std::uint32_t word = 0;
    text::Range range;
    std::uint32_t first_token = 0;
    std::uint32_t next_token = 0;
  };
  // How far a phrase reaches on one side of a word.
  struct Reach {
    std::uint32_t token = 0;  // to the right the next token, to the left the first
    std::uint32_t byte = 0;
  };

  void place(text::Views& views);
  void note_words(text::Views& views);
  [[nodiscard]] bool may_stand(std::uint32_t word) const;
  [[nodiscard]] bool may_stand(const DisguisedSequence& planned) const;
  void look_for(const DisguiseProbes& probes, const Instance& instance, text::Views& views);
  void add_phrase(const DisguiseProbe& probe, const Instance& anchor, text::Views& views);
  void reach_right(const DisguisedSequence& planned, std::size_t element, Reach from,
                   text::Views& views);
  void reach_left(const DisguisedSequence& planned, std::size_t element, Reach from,
                  text::Views& views);
  // Count what is looked at. False once it is too much, for one phrase or for the text.
  [[nodiscard]] bool take_step() noexcept;
  [[nodiscard]] bool take_text_step() noexcept;
  [[nodiscard]] bool stands_plain(const ir::WordPattern& word, std::uint32_t token,
                                  text::Views& views) const;

  const DisguisePlan& plan_;
  std::vector<bool> wanted_;  // by pattern; empty: all
  text::DisguiseFinder finder_;
  std::vector<text::Disguised> words_;
  text::WordSet plain_;                   // the words that are written plainly
  std::vector<std::uint64_t> disguised_;  // by word the last run() that found it in disguise
  std::uint64_t run_ = 0;
  std::vector<Instance> instances_;      // by first token
  std::vector<std::uint32_t> by_end_;    // the same by next token: indexes
  std::vector<Reach> lefts_, rights_;
  std::vector<Found> found_;
  std::size_t steps_ = 0;       // of one phrase from one word
  std::size_t text_steps_ = 0;  // of all
  bool gave_up_ = false;
};

}  // namespace modcore::runtime
