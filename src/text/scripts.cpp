#include "text/scripts.hpp"

#include <algorithm>
#include <string>

#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr bool is_letter(std::uint32_t flags) noexcept {
  return (flags & unicode::word) != 0 && (flags & (unicode::mark | unicode::decimal | unicode::invisible)) == 0;
}

// Scripts that are written together, as bits; no bits for the others.
enum Together : std::uint8_t { han = 1, kana = 2, hangul = 4, bopomofo = 8 };

std::uint8_t together(std::uint8_t script) {
  const std::string_view name = script_name(static_cast<Script>(script));
  if (name == "han") return han;
  if (name == "hiragana" || name == "katakana") return kana;
  if (name == "hangul") return hangul;
  return name == "bopomofo" ? bopomofo : 0;
}

// The scripts of one word.
class WordScripts {
 public:
  void add(std::uint8_t script) {
    if (script == 0 || script == first_) return;
    if (const std::uint8_t bit = together(script); bit != 0) {
      mixed_ |= first_ != 0;
      together_ |= bit;
    } else {
      mixed_ |= first_ != 0 || together_ != 0;
      first_ = script;
    }
  }
  [[nodiscard]] bool mixed() const noexcept {
    const auto besides_han = static_cast<std::uint8_t>(together_ & ~han);
    return mixed_ || (besides_han & (besides_han - 1)) != 0;
  }

 private:
  std::uint8_t first_ = 0;     // of those that stand alone
  std::uint8_t together_ = 0;  // of the others
  bool mixed_ = false;
};

// Whether the character is a part of words as the accents fold has them: nothing
// for one that vanishes.
std::optional<bool> is_word_part(const unicode::Record& record) {
  if ((record.flags & unicode::fold_identity) != 0) return (record.flags & unicode::word) != 0;
  const std::string_view folded = unicode::pool_text(record.fold_at, record.fold_length);
  if (folded.empty()) {
    if ((record.flags & unicode::hangul) != 0) return true;
    return std::nullopt;
  }
  return is_word(utf8::decode(folded, 0).code_point);
}

}  // namespace

std::optional<Script> script_named(std::string_view name) {
  std::string plain(name);
  for (char& c : plain) {
    if (c == ' ' || c == '-') c = '_';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  const std::string_view* const end = unicode::script_names + unicode::script_count;
  const std::string_view* const found = std::lower_bound(unicode::script_names, end, plain);
  if (found == end || *found != plain) return std::nullopt;
  return static_cast<Script>(found - unicode::script_names + 1);
}

std::string_view script_name(Script script) noexcept {
  const auto index = static_cast<std::size_t>(script);
  return index == 0 || index > unicode::script_count ? std::string_view()
                                                     : unicode::script_names[index - 1];
}

std::vector<std::string_view> script_names() {
  return {unicode::script_names, unicode::script_names + unicode::script_count};
}

Ratio script_ratio(std::string_view text, Script script) {
  Ratio ratio;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded next = utf8::decode(text, at);
    const unicode::Record& record = unicode::record(next.code_point);
    if (is_letter(record.flags)) {
      ++ratio.whole;
      ratio.part += record.script == static_cast<std::uint8_t>(script) ? 1 : 0;
    }
    at += next.length;
  }
  return ratio;
}

std::int64_t count_mixed_script(std::string_view text) {
  std::int64_t mixed = 0;
  WordScripts word;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded next = utf8::decode(text, at);
    const unicode::Record& record = unicode::record(next.code_point);
    at += next.length;
    const std::optional<bool> part = is_word_part(record);
    if (!part) continue;
    if (*part) {
      if (is_letter(record.flags)) word.add(record.script);
    } else {
      mixed += word.mixed() ? 1 : 0;
      word = {};
    }
  }
  return mixed + (word.mixed() ? 1 : 0);
}

}  // namespace modcore::text
