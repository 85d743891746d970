// How many letters a phrase spells out.
#pragma once

#include <cstddef>
#include <string>

#include "ir/rule_set.hpp"
#include "support/utf8.hpp"

namespace modcore::ir {

[[nodiscard]] inline std::size_t letters_of(const WordPattern& word) {
  std::size_t letters = 0;
  for (const std::string& part : word.accents) letters += utf8::count(part);
  return letters;
}

[[nodiscard]] inline std::size_t letters_of(const WordSequence& sequence) {
  std::size_t letters = 0;
  for (const WordElement element : sequence) {
    if (element.word() != nullptr) letters += letters_of(*element.word());
  }
  return letters;
}

}  // namespace modcore::ir
