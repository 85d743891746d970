// IP addresses as text: RFC 791 and RFC 4291, and which of them are routed.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "support/utf8.hpp"
#include "text/contacts.hpp"
#include "text/fold.hpp"

namespace modcore::text {
namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr int hex_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char small = c >= 'A' && c <= 'F' ? static_cast<char>(c + ('a' - 'A')) : c;
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

struct Network {
  std::uint32_t address;
  int bits;
};

// The special-purpose registry of IANA: what is not globally reachable, and multicast.
constexpr std::array special = {
    Network{0x00000000, 8},  Network{0x0A000000, 8},  Network{0x64400000, 10},
    Network{0x7F000000, 8},  Network{0xA9FE0000, 16}, Network{0xAC100000, 12},
    Network{0xC0000000, 24}, Network{0xC0000200, 24}, Network{0xC0A80000, 16},
    Network{0xC6120000, 15}, Network{0xC6336400, 24}, Network{0xCB007100, 24},
    Network{0xE0000000, 4},  Network{0xF0000000, 4},
};

bool is_routed(std::uint32_t address) noexcept {
  return std::none_of(special.begin(), special.end(), [&](const Network& network) {
    return (address ^ network.address) >> (32 - network.bits) == 0;
  });
}

using Groups = std::array<std::uint16_t, 8>;

// 2000::/3 without 2001::/23 and what stands in documentation.
bool is_routed(const Groups& groups) noexcept {
  const bool global = groups[0] >> 13U == 1;
  const bool protocols = groups[0] == 0x2001 && groups[1] < 0x200;
  const bool documentation = groups[0] == 0x2001 && groups[1] == 0xDB8;
  return global && !protocols && !documentation;
}

// The four numbers of a text that is an IPv4 address and nothing else.
std::optional<std::uint32_t> parse_v4(std::string_view text) noexcept {
  std::uint32_t address = 0;
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at == text.size() || text[at++] != '.')) return std::nullopt;
    const std::size_t begin = at;
    std::uint32_t value = 0;
    while (at < text.size() && is_digit(text[at]) && at - begin < 4) {
      value = value * 10 + static_cast<std::uint32_t>(text[at++] - '0');
    }
    const bool leading_zero = at - begin > 1 && text[begin] == '0';
    if (at == begin || value > 255 || leading_zero) return std::nullopt;
    address = address << 8U | value;
  }
  return at == text.size() ? std::optional(address) : std::nullopt;
}

// The groups on one side of "::", at most `most`; how many there are, -1 for none of it.
int parse_groups(std::string_view text, int most, Groups& groups) noexcept {
  int count = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (count > 0 && text[at++] != ':') return -1;
    const std::string_view rest = text.substr(at);
    if (const auto v4 = rest.find(':') == rest.npos ? parse_v4(rest) : std::nullopt) {
      if (count + 2 > most) return -1;
      groups[static_cast<std::size_t>(count++)] = static_cast<std::uint16_t>(*v4 >> 16U);
      groups[static_cast<std::size_t>(count++)] = static_cast<std::uint16_t>(*v4);
      return count;
    }
    const std::size_t begin = at;
    unsigned value = 0;
    while (at < text.size() && hex_value(text[at]) >= 0 && at - begin < 5) {
      value = value * 16 + static_cast<unsigned>(hex_value(text[at++]));
    }
    if (at == begin || at - begin > 4 || count == most) return -1;
    groups[static_cast<std::size_t>(count++)] = static_cast<std::uint16_t>(value);
  }
  return count;
}

std::optional<Groups> parse_v6(std::string_view text) noexcept {
  Groups groups{};
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    return parse_groups(text, 8, groups) == 8 ? std::optional(groups) : std::nullopt;
  }
  Groups tail{};
  const int before = parse_groups(text.substr(0, gap), 7, groups);
  const int after = parse_groups(text.substr(gap + 2), 7, tail);
  if (before < 0 || after < 0 || before + after > 7) return std::nullopt;
  std::copy_n(tail.begin(), after, groups.end() - after);
  return groups;
}

// What an address is made of: its end, and whether it holds colons.
struct Token {
  std::size_t end = 0;
  bool colons = false;
};
Token token_at(std::string_view text, std::size_t at) noexcept {
  Token token{at, false};
  for (; token.end < text.size(); ++token.end) {
    const char c = text[token.end];
    if (c != ':' && c != '.' && hex_value(c) < 0) break;
    token.colons |= c == ':';
  }
  return token;
}

// "8.8.8.8:53": without the port.
std::size_t v4_end(std::string_view text, std::size_t at, std::size_t end) noexcept {
  const std::size_t colon = text.substr(0, end).find(':', at);
  return colon == std::string_view::npos ? end : colon;
}

constexpr std::size_t longest_address = 45;

}  // namespace

void find_ips(std::string_view text, std::vector<Range>& out) {
  out.clear();
  const auto add = [&](std::size_t begin, std::size_t end) {
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  };
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded next = utf8::decode(text, at);
    if (text[at] != ':' && hex_value(text[at]) < 0) {
      // A word that is no address, or what stands between.
      const bool word = is_word(next.code_point);
      at += next.length;
      while (word && at < text.size() && is_word(utf8::decode(text, at).code_point)) {
        at += utf8::decode(text, at).length;
      }
      continue;
    }
    // "ip:8.8.8.8"
    if (text[at] == ':' && at + 1 < text.size() && is_digit(text[at + 1])) ++at;
    const Token token = token_at(text, at);
    std::size_t end = token.end;
    const bool cut = end < text.size() && is_word(utf8::decode(text, end).code_point);
    while (end > at && text[end - 1] == '.') --end;  // the sentence's
    const std::string_view whole = text.substr(at, end - at);
    const std::size_t until = v4_end(text, at, end);
    if (!cut && whole.size() <= longest_address) {
      if (const auto groups = token.colons ? parse_v6(whole) : std::nullopt) {
        if (is_routed(*groups)) add(at, end);
      } else if (const auto v4 = parse_v4(text.substr(at, until - at)); v4 && is_routed(*v4)) {
        add(at, until);
      }
    }
    at = token.end;
    while (cut && at < text.size() && is_word(utf8::decode(text, at).code_point)) {
      at += utf8::decode(text, at).length;
    }
  }
}

}  // namespace modcore::text
