// One pass over the code points for each question, and a faster one for ASCII.
#include "text/statistics.hpp"

#include <algorithm>

#include "support/utf8.hpp"
#include "text/ascii_counts.hpp"
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

// Characters of an ASCII text that are no white space.
std::int64_t shown(std::string_view text, const AsciiCounts& counts) noexcept {
  return static_cast<std::int64_t>(text.size()) - counts.spaces;
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

std::int64_t count_words(std::string_view text) {
  if (const auto ascii = count_ascii(text)) return ascii->words;
  std::int64_t words = 0;
  bool inside = false;
  const auto step = [&](bool word) {
    words += word && !inside ? 1 : 0;
    inside = word;
  };
  for_each_character(text, [&](char32_t c, std::string_view bytes) {
    const unicode::Record& record = unicode::record(c);
    if ((record.flags & unicode::fold_identity) != 0) return step((record.flags & unicode::word) != 0);
    for_each_character(folded(record, bytes),
                       [&](char32_t part, std::string_view) { step(is_word(part)); });
  });
  return words;
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

Ratio caps_ratio(std::string_view text) {
  if (const auto ascii = count_ascii(text)) return {ascii->capitals, ascii->letters};
  Ratio ratio;
  for_each_character(text, [&](char32_t c, std::string_view) {
    const std::uint32_t flags = unicode::record(c).flags;
    ratio.whole += (flags & unicode::cased) != 0 ? 1 : 0;
    ratio.part += (flags & unicode::cased) != 0 && (flags & unicode::upper) != 0 ? 1 : 0;
  });
  return ratio;
}

Ratio digit_ratio(std::string_view text) {
  if (const auto ascii = count_ascii(text)) return {ascii->digits, shown(text, *ascii)};
  Ratio ratio;
  for_each_character(text, [&](char32_t c, std::string_view) {
    const std::uint32_t flags = unicode::record(c).flags;
    ratio.whole += (flags & unicode::white_space) == 0 ? 1 : 0;
    ratio.part += (flags & unicode::decimal) != 0 ? 1 : 0;
  });
  return ratio;
}

Ratio symbol_ratio(std::string_view text) {
  if (const auto ascii = count_ascii(text)) {
    const std::int64_t characters = shown(text, *ascii);
    return {characters - ascii->letters - ascii->digits, characters};
  }
  Ratio ratio;
  for_each_character(text, [&](char32_t c, std::string_view) {
    const std::uint32_t flags = unicode::record(c).flags;
    ratio.whole += (flags & (unicode::white_space | unicode::invisible)) == 0 ? 1 : 0;
    ratio.part += (flags & unicode::symbol) != 0 ? 1 : 0;
  });
  return ratio;
}

std::int64_t marks_run(std::string_view text) {
  if (utf8::is_ascii(text)) return 0;
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
  if (count_ascii(text)) return 0;
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
