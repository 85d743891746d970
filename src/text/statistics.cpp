// One pass over the code points for each question.
#include "text/statistics.hpp"

#include <algorithm>

#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

template <class Each>
void for_each_character(std::string_view text, Each each) {
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded next = utf8::decode(text, at);
    each(next.code_point, text.substr(at, next.length));
    at += next.length;
  }
}

// The accents fold of one code point, which stands as `bytes` in the text.
std::string_view folded(const unicode::Record& record, std::string_view bytes) noexcept {
  if ((record.flags & unicode::fold_identity) != 0) return bytes;
  return unicode::pool_text(record.fold_at, record.fold_length);
}

// ZERO WIDTH NON-JOINER and JOINER, LEFT-TO-RIGHT and RIGHT-TO-LEFT MARK.
constexpr bool is_joiner(char32_t c) noexcept {
  return c >= 0x200C && c <= 0x200F;
}

// Persian joins by them, Hindi, Hebrew beside Latin.
bool needs_joiners(const unicode::Record& record) {
  if ((record.flags & unicode::word) == 0 || record.script == 0) return false;
  const std::string_view script = unicode::script_names[record.script - 1];
  return script != "latin" && script != "greek" && script != "cyrillic";
}

}  // namespace

std::int64_t code_points(std::string_view text) {
  return static_cast<std::int64_t>(utf8::count(text));
}

std::int64_t count_lines(std::string_view text) {
  std::int64_t lines = 0;
  bool inside = false;
  for (const char c : text) {
    const bool in_line = c != '\n' && c != '\r';
    lines += in_line && !inside ? 1 : 0;
    inside = in_line;
  }
  return lines;
}

std::int64_t marks_run(std::string_view text) {
  std::int64_t longest = 0;
  std::int64_t run = 0;
  for_each_character(text, [&](char32_t c, std::string_view) {
    const std::uint32_t flags = unicode::record(c).flags;
    if ((flags & unicode::invisible) != 0) return;
    run = (flags & unicode::mark) != 0 ? run + 1 : 0;
    longest = std::max(longest, run);
  });
  return longest;
}

std::int64_t count_invisible(std::string_view text, std::vector<Range>& emoji) {
  find_emoji(text, emoji);
  auto next_emoji = emoji.begin();
  std::int64_t count = 0;
  bool may_need_joiners = false;
  for (std::size_t at = 0; at < text.size();) {
    if (next_emoji != emoji.end() && next_emoji->begin == at) {
      at = next_emoji++->end;
      may_need_joiners = false;
      continue;
    }
    const utf8::Decoded next = utf8::decode(text, at);
    const unicode::Record& record = unicode::record(next.code_point);
    if ((record.flags & unicode::invisible) == 0) {
      may_need_joiners = needs_joiners(record);
    } else if (!may_need_joiners || !is_joiner(next.code_point)) {
      ++count;
    }
    at += next.length;
  }
  return count;
}

std::int64_t repeat_run(std::string_view text) {
  std::int64_t longest = 0;
  std::int64_t run = 0;
  std::string_view before;
  for_each_character(text, [&](char32_t c, std::string_view bytes) {
    const unicode::Record& record = unicode::record(c);
    const std::string_view key = folded(record, bytes);
    if (key.empty()) return;
    if (key == " " || key == "\n") {
      run = 0;
      before = {};
      return;
    }
    run = key == before ? run + 1 : 1;
    before = key;
    longest = std::max(longest, run);
  });
  return longest;
}

}  // namespace modcore::text
