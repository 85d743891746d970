// A text taken apart into words and what stands between them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::tooling {

// A letter or digit with the marks and invisible characters that follow it.
struct Letter {
  std::string written;
  std::string folded;       // at Level::accents, as it was
  char32_t code_point = 0;  // the first of them, as it was
  char ascii = 0;           // the ASCII letter that it is without its accents; 0 for none
  bool is_letter = false;   // and no digit

  [[nodiscard]] bool capital() const noexcept { return ascii >= 'A' && ascii <= 'Z'; }
  [[nodiscard]] char small() const noexcept {
    return static_cast<char>(capital() ? ascii + ('a' - 'A') : ascii);
  }
};

struct Word {
  std::vector<Letter> letters;
  std::vector<std::string> joints;  // what stands after each letter but the last
  bool may_change = false;  // within the ranges, of three letters, none of an unspaced script
  bool spaced = false;
};

struct WrittenWords {
  std::vector<Word> words;
  std::vector<std::string> between;  // before each word, and after the last
};

// Links, @names and #tags are no words here.
[[nodiscard]] WrittenWords take_apart(std::string_view text, std::span<const text::Range> ranges);
[[nodiscard]] std::string put_together(const WrittenWords& written);

}  // namespace modcore::tooling
