// Whether a regex may match at some places, told without running it: an automaton of the
// characters that its tree may take in turn. Looks at the few characters behind a place, so
// that most of the places where a literal of the regex stands need no more.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "regex/node.hpp"

namespace modcore::regex {

class Automaton {
 public:
  // What must hold between two characters. Of two at one place the first is kept.
  enum class Between : std::uint8_t { text_begin, text_end, word_edge, no_word_edge, nothing };
  static constexpr std::size_t kinds = 5;
  using Places = std::uint64_t;  // a bit for each character of the regex
  static constexpr std::size_t most_places = 63;
  static constexpr Places anything = Places{1} << most_places;  // whatever comes: it is not told
  // Characters beyond ASCII: those that is_letter() knows, and others.
  static constexpr std::size_t letter = 128, beyond_ascii = 129;
  // Of a text from the first place on; what needs more may match.
  static constexpr std::size_t most_characters = 256;

  Automaton() = default;  // of a regex of which nothing is known
  // The tree of a regex whose matches begin where they seem to.
  explicit Automaton(const Node& root);

  // False if no match begins at `first` or behind, at `last` at the latest. `text` is
  // valid UTF-8, `first` the beginning of a character or the end.
  [[nodiscard]] bool may_match(std::string_view text, std::size_t first, std::size_t last) const;
  // Whether a character that begins or ends with this byte can be part of a match.
  [[nodiscard]] bool takes(char byte) const noexcept {
    const auto number = static_cast<unsigned char>(byte);
    if (number < letter) return taking_[classes_[number]] != 0;
    return (taking_[classes_[letter]] | taking_[classes_[beyond_ascii]]) != 0;
  }
  // Whether it knows each character of each match.
  [[nodiscard]] bool knows_all() const noexcept { return knows_all_; }
  // Whether it ever says no.
  [[nodiscard]] bool tells() const noexcept { return (first_[index(Between::nothing)] & anything) == 0; }

 private:
  friend class AutomatonBuilder;
  static constexpr std::size_t index(Between between) { return static_cast<std::size_t>(between); }
  struct Follow {
    Places always = 0, at_edge = 0, off_edge = 0;
  };
  struct Edge;  // of words: what is known of a place

  [[nodiscard]] Places takers(std::string_view text, std::size_t at) const;
  [[nodiscard]] Places begin(std::string_view text, std::size_t at) const;
  [[nodiscard]] bool accepts(Places reached, std::string_view text, std::size_t at, Edge edge) const;
  [[nodiscard]] Places next(Places reached, Edge edge) const;

  std::array<std::uint8_t, beyond_ascii + 1> classes_{};
  std::vector<Places> taking_{0};  // by class: the places that such a character can stand for
  std::array<Places, kinds> first_{0, 0, 0, 0, anything};
  std::array<Places, kinds> last_{};
  Places ends_ = 0;     // of all `last_`
  Places edged_ = 0;    // whose followers depend on what is between
  Places in_step_ = 0;  // what is followed by the next place alone, whatever is between
  bool knows_all_ = false;
  std::vector<Follow> follow_;
};

// Of a regex as it is written. Of one that is refused nothing is known.
[[nodiscard]] Automaton automaton_of(std::string_view pattern, bool case_sensitive);

}  // namespace modcore::regex
