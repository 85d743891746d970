#include "lint/samples.hpp"

#include <algorithm>
#include <string_view>

namespace modcore::lint {
namespace {

constexpr std::size_t most_alternatives = 8;
// What no item spells: it stands for any letters that a `*` leaves open.
constexpr std::string_view anything = "qxzqjx";

std::string joined(const std::vector<std::string>& parts) {
  std::string word = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) word += std::string(anything) + parts[i];
  return word;
}

std::string sample_of(const ir::WordSequence& sequence) {
  std::string text;
  for (const ir::WordElement element : sequence) {
    const ir::WordPattern* word = element.word();
    if (word == nullptr) return {};
    // As it was written, accents and all: folding would lose what `exact` looks for.
    text += (text.empty() ? "" : " ") + joined(word->exact);
  }
  return text;
}

}  // namespace

std::vector<std::string> samples_of(const ir::Item& item) {
  if (const auto* inside = std::get_if<ir::SubstringItem>(&item.what)) {
    return {std::string(anything) + inside->exact + std::string(anything)};
  }
  const auto* words = std::get_if<ir::WordsItem>(&item.what);
  if (words == nullptr || words->alternatives.size() > most_alternatives) return {};
  std::vector<std::string> samples;
  for (const ir::WordSequence sequence : words->alternatives) {
    samples.push_back(sample_of(sequence));
    if (samples.back().empty()) return {};
  }
  return samples;
}

bool is_plain(const ir::Item& item) {
  const auto* words = std::get_if<ir::WordsItem>(&item.what);
  return words != nullptr && words->alternatives.size() == 1 &&
         std::ranges::all_of(words->alternatives.front(), [](const ir::WordElement element) {
           const ir::WordPattern* word = element.word();
           return word != nullptr && word->exact.size() == 1;
         });
}

}  // namespace modcore::lint
