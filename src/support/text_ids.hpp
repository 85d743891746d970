// Numbers for texts: each distinct text bears one, in the order of its first coming.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace modcore {

class TextIds {
 public:
  // Its number, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::string_view text) {
    if (2 * (size() + 1) > slots_.size()) grow();
    const std::uint32_t hash = hash_of(text);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      const std::uint32_t id = slots_[at] - 1;
      if (hashes_[id] == hash && (*this)[id] == text) return {id, false};
    }
    hashes_.push_back(hash);
    texts_ += text;
    ends_.push_back(texts_.size());
    slots_[at] = static_cast<std::uint32_t>(size());
    return {slots_[at] - 1, true};
  }

  [[nodiscard]] std::size_t size() const noexcept { return hashes_.size(); }
  // Valid until the next add().
  [[nodiscard]] std::string_view operator[](std::uint32_t id) const noexcept {
    const std::size_t begin = id == 0 ? 0 : ends_[id - 1];
    return std::string_view(texts_).substr(begin, ends_[id] - begin);
  }

 private:
  static constexpr std::size_t least_slots = 16;

  // Texts are short and many: a call for each would take longer than this.
  static std::uint32_t hash_of(std::string_view text) noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    std::uint64_t hash = text.size();
    const auto mix = [&hash](std::uint64_t word) {
      hash = (hash ^ word) * odd;
      hash ^= hash >> 32U;
    };
    for (; text.size() >= sizeof(std::uint64_t); text.remove_prefix(sizeof(std::uint64_t))) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data(), sizeof word);
      mix(word);
    }
    std::uint64_t rest = 0;
    for (const char c : text) rest = rest << 8U | static_cast<unsigned char>(c);
    mix(rest);
    return static_cast<std::uint32_t>(hash);
  }

  void grow() {
    slots_.assign(slots_.empty() ? least_slots : 2 * slots_.size(), 0);
    for (std::uint32_t id = 0; id < size(); ++id) {
      std::size_t at = hashes_[id] & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = id + 1;
    }
  }

  std::string texts_;
  std::vector<std::size_t> ends_;      // of each text, in `texts_`
  std::vector<std::uint32_t> hashes_;  // of each text
  std::vector<std::uint32_t> slots_;   // a number and one; 0: free
};

}  // namespace modcore
