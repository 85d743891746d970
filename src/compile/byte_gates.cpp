#include "compile/byte_gates.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "regex/rarity.hpp"
#include "support/sort_unique.hpp"

namespace modcore::compiler {
namespace {

using runtime::ByteGate;

// So many windows share one part of a gate.
constexpr std::size_t most_of_one_part = most_gated_everywhere;
// How often each window may move to another group.
constexpr int rounds = 4;

std::uint8_t byte_of(char c) { return static_cast<std::uint8_t>(c); }

// How rare a byte is, in bits. Digits and most signs are rarer one by one than beside others of their kind.
double bits_of(char c) noexcept {
  constexpr double digit_or_sign = 10, stop = 7;
  const bool letter = c == ' ' || (c >= 'a' && c <= 'z') || byte_of(c) >= 0x80;
  if (letter) return regex::rarity_of_part({&c, 1});
  return c == '.' || c == ',' ? stop : digit_or_sign;
}

// How often each byte stands at a place.
const std::array<double, 256>& shares() {
  static const std::array<double, 256> table = [] {
    std::array<double, 256> built{};
    for (std::size_t byte = 0; byte < built.size(); ++byte) built[byte] = std::exp2(-bits_of(static_cast<char>(byte)));
    return built;
  }();
  return table;
}

// How many of a group's windows have each byte at each distance, and how often one of these
// bytes stands there.
class Group {
 public:
  // How many more places of a text it leaves with one more window.
  [[nodiscard]] double growth(std::string_view window) const {
    double now = 1, then = 1;
    for (std::size_t i = 0; i < ByteGate::size; ++i) {
      const Column& column = columns_[i];
      now *= column.share();
      if (i < window.size()) then *= column.share_with(window[i]);
    }
    return then - now;
  }

  void add(std::string_view window, int count) {
    for (std::size_t i = 0; i < ByteGate::size; ++i) {
      Column& column = columns_[i];
      if (i >= window.size()) {
        column.any += count;
        continue;
      }
      int& windows = column.counts[byte_of(window[i])];
      const bool had = windows > 0;
      windows += count;
      if (had != (windows > 0)) column.sum += had ? -shares()[byte_of(window[i])] : shares()[byte_of(window[i])];
    }
  }

 private:
  struct Column {
    std::array<int, 256> counts{};
    int any = 0;
    double sum = 0;

    [[nodiscard]] double share() const { return any > 0 ? 1 : std::clamp(sum, 0.0, 1.0); }
    [[nodiscard]] double share_with(char c) const {
      const bool is_new = any == 0 && counts[byte_of(c)] == 0;
      return is_new ? std::clamp(sum + shares()[byte_of(c)], 0.0, 1.0) : share();
    }
  };
  std::array<Column, ByteGate::size> columns_;
};

}  // namespace

double bits_of_bytes(std::string_view window) noexcept {
  double bits = 0;
  for (const char c : window) bits += bits_of(c);
  return bits;
}

// Each window goes where it costs least; those that begin alike come one after the other.
ByteGate gate_of(std::vector<std::string> windows) {
  sort_unique(windows);
  ByteGate gate;
  gate.parts.resize(windows.size() <= most_of_one_part ? 1 : ByteGate::most_parts);
  std::vector<Group> groups(gate.parts.size() * ByteGate::groups);
  std::vector<Group*> group_of(windows.size(), nullptr);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < windows.size(); ++i) {
      const std::string& window = windows[i];
      if (group_of[i] != nullptr) group_of[i]->add(window, -1);
      group_of[i] = &*std::min_element(groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
        return a.growth(window) < b.growth(window);
      });
      group_of[i]->add(window, 1);
    }
  }
  for (std::size_t i = 0; i < windows.size(); ++i) {
    gate.add(windows[i], static_cast<std::size_t>(group_of[i] - groups.data()));
  }
  return gate;
}

}  // namespace modcore::compiler
