#include "text/digit_groups.hpp"

#include "support/utf8.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr std::size_t longest_separator = 3;
constexpr char32_t no_break_space = 0xA0;
constexpr char32_t narrow_no_break_space = 0x202F;

// The end of the separators from `at` on; `at` itself if a digit does not follow.
std::size_t skip_separators(std::string_view text, std::size_t at, std::string_view separators) {
  std::size_t end = at;
  for (std::size_t i = 0; i < longest_separator && end < text.size(); ++i) {
    const utf8::Decoded next = utf8::decode(text, end);
    const bool space = next.code_point == no_break_space || next.code_point == narrow_no_break_space;
    const char c = space ? ' ' : text[end];
    if ((!space && next.length > 1) || separators.find(c) == std::string_view::npos) break;
    end += next.length;
  }
  return end < text.size() && digit_at(text, end) >= 0 ? end : at;
}

}  // namespace

int digit_at(std::string_view text, std::size_t at) noexcept {
  const std::uint32_t flags = unicode::record(utf8::decode(text, at).code_point).flags;
  return (flags & unicode::decimal) != 0 ? static_cast<int>(flags >> unicode::digit_shift) : -1;
}

std::size_t next_digit(std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80 ? digit_at(text, at) >= 0 : c >= '0' && c <= '9') break;
    at += c < 0x80 ? 1 : utf8::decode(text, at).length;
  }
  return at;
}

std::size_t DigitRow::read_group(std::string_view text, std::size_t at) {
  DigitGroup& group = groups_[group_count_++];
  group = {.range = {static_cast<std::uint32_t>(at), 0},
           .first_digit = static_cast<std::uint32_t>(digit_count_)};
  for (int value = 0; at < text.size() && (value = digit_at(text, at)) >= 0; ++group.digits) {
    if (digit_count_ < most_digits) digits_[digit_count_++] = static_cast<std::uint8_t>(value);
    at += utf8::decode(text, at).length;
  }
  group.range.end = static_cast<std::uint32_t>(at);
  return at;
}

void DigitRow::read(std::string_view text, std::size_t at, std::string_view separators) {
  group_count_ = digit_count_ = 0;
  at = read_group(text, at);
  while (group_count_ < most_groups && digit_count_ < most_digits) {
    const std::size_t next = skip_separators(text, at, separators);
    if (next == at) return;
    const std::string_view before = text.substr(at, next - at);
    at = read_group(text, next);
    groups_[group_count_ - 1].before = before;
  }
}

}  // namespace modcore::text
