#include "text/word_set.hpp"

namespace modcore::text {

std::uint32_t word_hash(std::string_view word) noexcept {
  constexpr std::size_t block = sizeof(std::uint64_t);
  const auto load = [](std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes.size() && i < block; ++i) {
      number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return number;
  };
  const std::size_t length = word.size();
  return detail::mixed(load(word), length > block ? load(word.substr(length - block)) : 0, length);
}

void WordSet::build(std::string_view words) noexcept {
  bits_.fill(0);
  for_each_word(words, [this](std::size_t, std::uint32_t hash) {
    bits_[(hash >> 6U) % bits_.size()] |= std::uint64_t{1} << (hash & 63U);
  });
}

}  // namespace modcore::text
