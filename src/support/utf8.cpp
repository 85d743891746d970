// UTF-8 decoding after table 3-7 of the Unicode standard (well-formed byte sequences).
#include "support/utf8.hpp"

#include <algorithm>

namespace modcore::utf8 {
namespace {

// What a lead byte asks for: the length, and the range of the second byte,
// which excludes overlong forms, surrogates and what lies above U+10FFFF.
struct Lead {
  std::uint32_t length = 0;  // 0 for a byte that begins nothing
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

constexpr Lead lead_of(unsigned char byte) noexcept {
  if (byte < 0xC2) return {};
  if (byte < 0xE0) return {.length = 2};
  if (byte == 0xE0) return {.length = 3, .low = 0xA0};
  if (byte == 0xED) return {.length = 3, .high = 0x9F};
  if (byte < 0xF0) return {.length = 3};
  if (byte == 0xF0) return {.length = 4, .low = 0x90};
  if (byte < 0xF4) return {.length = 4};
  if (byte == 0xF4) return {.length = 4, .high = 0x8F};
  return {};
}

// Of three bytes or four, as nearly all are; not valid if it is another one.
Decoded decode_well_formed(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto bits = [&](std::size_t i) { return char32_t{byte(i)} & 0x3FU; };
  const unsigned char first = byte(0);
  if (first < 0xE0 || at + 2 >= text.size() || !is_continuation(text[at + 1]) || !is_continuation(text[at + 2])) return {};
  if (first < 0xF0) {
    const char32_t code_point = (char32_t{first} & 0x0FU) << 12U | bits(1) << 6U | bits(2);
    return {code_point, 3, code_point >= 0x800 && (code_point < 0xD800 || code_point > 0xDFFF)};
  }
  if (at + 3 >= text.size() || !is_continuation(text[at + 3])) return {};
  const char32_t code_point = (char32_t{first} & 0x0FU) << 18U | bits(1) << 12U | bits(2) << 6U | bits(3);
  return {code_point, 4, code_point >= 0x10000 && code_point <= 0x10FFFF};
}

}  // namespace

Decoded decode_long(std::string_view text, std::size_t at) noexcept {
  if (const Decoded decoded = decode_well_formed(text, at); decoded.valid) return decoded;
  // How much of it is one mistake.
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const Lead lead = lead_of(first);
  if (lead.length == 0) return {};
  char32_t code_point = first & (0x7FU >> lead.length);
  for (std::uint32_t i = 1; i < lead.length; ++i) {
    const unsigned char low = i == 1 ? lead.low : 0x80;
    const unsigned char high = i == 1 ? lead.high : 0xBF;
    if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high) {
      return {replacement, i, false};
    }
    code_point = (code_point << 6U) | (byte(at + i) & 0x3FU);
  }
  return {code_point, lead.length, true};
}

Decoded decode_before(std::string_view text, std::size_t end) noexcept {
  const std::size_t begin = floor_boundary(text, end - 1);
  const Decoded last = decode(text, begin);
  if (last.valid && begin + last.length == end) return last;
  return {};
}

std::size_t encode(char32_t code_point, char* out) noexcept {
  const auto put = [&](std::size_t i, char32_t byte) { out[i] = static_cast<char>(byte); };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) {
    code_point = replacement;
  }
  if (code_point < 0x80) {
    put(0, code_point);
    return 1;
  }
  const std::size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (std::size_t i = length - 1; i > 0; --i, code_point >>= 6U) {
    put(i, 0x80U | (code_point & 0x3FU));
  }
  put(0, (0xF00U >> length & 0xF0U) | code_point);
  return length;
}

void append(std::string& out, char32_t code_point) {
  char bytes[4];
  out.append(bytes, encode(code_point, bytes));
}

bool is_ascii(std::string_view text) noexcept {
  std::size_t at = 0;
  std::uint64_t seen = 0;
  for (; at + 8 <= text.size(); at += 8) seen |= load8(text.data() + at);
  for (; at < text.size(); ++at) seen |= static_cast<unsigned char>(text[at]);
  return (seen & high_bits) == 0;
}

bool is_valid(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (at + 8 <= text.size() && (load8(text.data() + at) & high_bits) == 0) {
      at += 8;
      continue;
    }
    const Decoded next = decode(text, at);
    if (!next.valid) return false;
    at += next.length;
  }
  return true;
}

std::size_t count(std::string_view text) noexcept {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (at + 8 <= text.size() && (load8(text.data() + at) & high_bits) == 0) {
      at += 8;
      characters += 7;
      continue;
    }
    at += decode(text, at).length;
  }
  return characters;
}

std::size_t floor_boundary(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return text.size();
  // A character has at most three continuation bytes; a longer run is
  // ill-formed, and each byte of it stands alone.
  for (std::size_t back = 0; back <= std::min<std::size_t>(3, at); ++back) {
    const std::size_t begin = at - back;
    if (is_continuation(text[begin])) continue;
    return begin + decode(text, begin).length > at ? begin : at;
  }
  return at;
}

}  // namespace modcore::utf8
