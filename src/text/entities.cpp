// Mentions, hashtags and emoji.
#include "text/entities.hpp"

#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t keycap = 0x20E3;
constexpr char32_t emoji_style = 0xFE0F;
constexpr char32_t text_style = 0xFE0E;
constexpr char32_t cancel_tag = 0xE007F;
// Before these blocks, what has an emoji form but is text by default (arrows,
// (c), TM) is an emoji only where it asks for it.
constexpr char32_t first_symbols = 0x2600;

std::uint32_t narrow(std::size_t offset) noexcept { return static_cast<std::uint32_t>(offset); }

// The character at `at`, or a NUL of no length at the end.
utf8::Decoded peek(std::string_view text, std::size_t at) noexcept {
  return at < text.size() ? utf8::decode(text, at) : utf8::Decoded{0, 0, false};
}

bool word_before(std::string_view text, std::size_t at) noexcept {
  return at > 0 && is_word(utf8::decode_before(text, at).code_point);
}

// The end of a name of word characters and "_", with "." and "-" inside it if
// `inner` says so.
std::size_t name_end(std::string_view text, std::size_t at, std::string_view inner) noexcept {
  const std::size_t begin = at;
  std::size_t end = at;  // of the last character that may end a name
  while (at < text.size()) {
    const utf8::Decoded next = utf8::decode(text, at);
    const bool part = text[at] == '_' || is_word(next.code_point);
    const bool between = at == end && at > begin && inner.find(text[at]) != std::string_view::npos;
    if (!part && !between) break;
    at += next.length;
    if (part) end = at;
  }
  return end;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_ascii_alnum(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "<@123>", "<@!123>", "<@&123>", "<@U12|ann>" of chats: the @ stands at `at`.
Range chat_mention(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at + 1;
  if (end < text.size() && (text[end] == '!' || text[end] == '&')) ++end;
  const std::size_t id = end;
  while (end < text.size() && is_ascii_alnum(text[end])) ++end;
  if (end == id) return {};
  if (end < text.size() && text[end] == '|') end = name_end(text, end + 1, " .-");
  if (end >= text.size() || text[end] != '>') return {};
  return {narrow(at - 1), narrow(end + 1)};
}

// "@ann", "@ann@social.example": the @ stands at `at`. Empty for an e-mail address.
Range mention_at(std::string_view text, std::size_t at) noexcept {
  if (at > 0 && text[at - 1] == '<') {
    if (const Range found = chat_mention(text, at); found.end != 0) return found;
  }
  std::size_t end = name_end(text, at + 1, ".-");
  const bool inside = word_before(text, at) || (at > 0 && text[at - 1] == '/');
  if (inside || end == at + 1) return {narrow(end), narrow(end)};
  if (end < text.size() && text[end] == '@') {
    const std::size_t host = end + 1;
    const std::size_t host_end = name_end(text, host, ".-");
    if (text.substr(host, host_end - host).find('.') != std::string_view::npos) end = host_end;
  }
  return {narrow(at), narrow(end)};
}

// "u/ann", "/u/ann": the slash behind the u stands at `at`. Not "5 u/min", nor a
// part of a path.
Range user_path_at(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t shortest = 3, longest = 20;
  if (at == 0 || text[at - 1] != 'u') return {};
  std::size_t begin = at - 1;
  const bool rooted = begin > 0 && text[begin - 1] == '/';
  if (rooted) --begin;
  if (begin > 0) {
    const char before = text[begin - 1];
    if (word_before(text, begin) || std::string_view("/.-_@#&=:?%+\\").find(before) != std::string_view::npos) {
      return {};
    }
    const bool after_number = before == ' ' && begin > 1 && is_digit(text[begin - 2]);
    if (after_number && !rooted) return {};
  }
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= longest &&
         (is_ascii_alnum(text[end]) || text[end] == '_' || text[end] == '-')) {
    ++end;
  }
  const bool goes_on = end < text.size() && (text[end] == '/' || is_ascii_alnum(text[end]));
  if (end - at - 1 < shortest || goes_on) return {};
  return {narrow(begin), narrow(end)};
}

// A hashtag names something; "#1" only counts.
bool has_letter(std::string_view name) noexcept {
  for (std::size_t at = 0; at < name.size();) {
    const utf8::Decoded next = utf8::decode(name, at);
    if (name[at] != '_' && !unicode::has(next.code_point, unicode::decimal)) return true;
    at += next.length;
  }
  return false;
}

bool is_style(char32_t c) noexcept { return c == emoji_style || c == text_style; }
bool is_tag(char32_t c) noexcept { return c >= 0xE0020 && c < cancel_tag; }

// The end of one emoji without joiners at `at`; `at` itself if there is none.
std::size_t emoji_part_end(std::string_view text, std::size_t at) noexcept {
  const utf8::Decoded first = peek(text, at);
  const utf8::Decoded second = peek(text, at + first.length);
  const std::uint32_t flags = unicode::record(first.code_point).flags;
  if ((flags & unicode::regional_indicator) != 0) {
    const bool flag = unicode::has(second.code_point, unicode::regional_indicator);
    return flag ? at + first.length + second.length : at;
  }
  if ((flags & unicode::emoji) == 0) return at;
  std::size_t end = at + first.length;
  const bool styled = is_style(second.code_point);
  if (styled) end += second.length;
  const utf8::Decoded next = peek(text, end);
  if (next.code_point == keycap) return end + next.length;
  const bool asked_for = second.code_point == emoji_style || first.code_point >= first_symbols;
  const bool shown = (flags & unicode::emoji_default) != 0 ||
                     ((flags & unicode::pictograph) != 0 && asked_for);
  if (!shown) return at;
  if (unicode::has(next.code_point, unicode::emoji_modifier)) end += next.length;
  return end;
}

// With the tags of a flag such as Scotland's.
std::size_t skip_tags(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at;
  while (is_tag(peek(text, end).code_point)) end += peek(text, end).length;
  return peek(text, end).code_point == cancel_tag ? end + peek(text, end).length : at;
}

// The end of a whole sequence: parts joined by ZERO WIDTH JOINER.
std::size_t emoji_end(std::string_view text, std::size_t at) noexcept {
  std::size_t end = emoji_part_end(text, at);
  if (end == at) return at;
  end = skip_tags(text, end);
  for (;;) {
    const utf8::Decoded joiner = peek(text, end);
    if (joiner.code_point != zero_width_joiner) return end;
    const std::size_t next = emoji_part_end(text, end + joiner.length);
    // Signs of gender and the like are text by default and need no style here.
    const utf8::Decoded plain = peek(text, end + joiner.length);
    if (next > end + joiner.length) {
      end = next;
    } else if (unicode::has(plain.code_point, unicode::pictograph)) {
      end += joiner.length + plain.length;
    } else {
      return end;
    }
  }
}

}  // namespace

void find_mentions(std::string_view text, std::vector<Range>& out) {
  out.clear();
  std::size_t sign = text.find('@');
  std::size_t slash = text.find('/');
  for (;;) {
    const std::size_t at = std::min(sign, slash);
    if (at == std::string_view::npos) return;
    const Range mention = at == sign ? mention_at(text, at) : user_path_at(text, at);
    if (mention.begin < mention.end) out.push_back(mention);
    const std::size_t next = std::max<std::size_t>(at + 1, mention.end);
    if (sign < next) sign = text.find('@', next);
    if (slash < next) slash = text.find('/', next);
  }
}

void find_hashtags(std::string_view text, std::vector<Range>& out) {
  out.clear();
  for (auto at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
    const char before = at > 0 ? text[at - 1] : ' ';
    const bool inside = word_before(text, at) || before == '/' || before == '&' || before == '#';
    const std::size_t end = name_end(text, at + 1, "");
    if (!inside && has_letter(text.substr(at + 1, end - at - 1))) {
      out.push_back({narrow(at), narrow(end)});
    }
    at = std::max(end, at + 1);
  }
}

void find_emoji(std::string_view text, std::vector<Range>& out) {
  out.clear();
  if (utf8::is_ascii(text)) return;
  for (std::size_t at = 0; at < text.size();) {
    // An ASCII character is an emoji only with something beyond ASCII behind it.
    const bool ascii = static_cast<unsigned char>(text[at]) < 0x80;
    if (ascii && (at + 1 == text.size() || static_cast<unsigned char>(text[at + 1]) < 0x80)) {
      ++at;
      continue;
    }
    const std::size_t end = emoji_end(text, at);
    if (end > at) out.push_back({narrow(at), narrow(end)});
    at = end > at ? end : at + utf8::decode(text, at).length;
  }
}

std::string plain_emoji(std::string_view sequence) {
  std::string plain;
  for (std::size_t at = 0; at < sequence.size();) {
    const utf8::Decoded next = utf8::decode(sequence, at);
    const bool skin_tone = unicode::has(next.code_point, unicode::emoji_modifier);
    // A skin tone that stands alone is itself the emoji.
    if (!is_style(next.code_point) && !(skin_tone && !plain.empty())) {
      utf8::append(plain, next.code_point);
    }
    at += next.length;
  }
  return plain;
}

}  // namespace modcore::text
