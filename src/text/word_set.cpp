#include "text/word_set.hpp"

#include <cstring>

namespace modcore::text {
namespace {

constexpr std::size_t block = sizeof(std::uint64_t);

std::uint64_t load(std::string_view bytes) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), bytes.size() < block ? bytes.size() : block);
  return word;
}

std::uint32_t mixed(std::uint64_t first, std::uint64_t last, std::size_t length) noexcept {
  const std::uint64_t mixed =
      (first ^ (last << 29U | last >> 35U) ^ length) * std::uint64_t{0x9E3779B97F4A7C15};
  return static_cast<std::uint32_t>(mixed >> 32U);
}

}  // namespace

std::uint32_t word_hash(std::string_view word) noexcept {
  const std::size_t length = word.size();
  return mixed(load(word), length > block ? load(word.substr(length - block)) : 0, length);
}

void WordSet::build(std::string_view words) noexcept {
  bits_.fill(0);
  for (std::size_t begin = 1; begin < words.size();) {
    const char* const at = words.data() + begin;
    const auto* const end = static_cast<const char*>(std::memchr(at, ' ', words.size() - begin));
    const std::size_t length =
        end == nullptr ? words.size() - begin : static_cast<std::size_t>(end - at);
    const std::uint32_t hash = word_hash({at, length});
    bits_[(hash >> 6U) % bits_.size()] |= std::uint64_t{1} << (hash & 63U);
    begin += length + 1;
  }
}

}  // namespace modcore::text
