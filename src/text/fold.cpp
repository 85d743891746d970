// fold(), repair() and the questions about single code points.
#include "text/fold.hpp"

#include <algorithm>
#include <vector>

#include "support/utf8.hpp"
#include "text/fold_pass.hpp"
#include "text/hangul.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

using CodePoints = std::vector<char32_t>;

template <class Each>
void for_each_character(std::string_view text, Each each) {
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded next = utf8::decode(text, at);
    each(next.code_point);
    at += next.length;
  }
}

void decompose(char32_t code_point, CodePoints& out) {
  const unicode::Record& record = unicode::record(code_point);
  if ((record.flags & unicode::hangul) != 0) {
    const Jamo jamo = decompose_hangul(code_point);
    out.insert(out.end(), jamo.letters.begin(),
               jamo.letters.begin() + static_cast<std::ptrdiff_t>(jamo.count));
  } else if (record.nfd_length != 0) {
    for_each_character(unicode::pool_text(record.nfd_at, record.nfd_length),
                       [&](char32_t part) { out.push_back(part); });
  } else {
    out.push_back(code_point);
  }
}

void fold_case(char32_t code_point, CodePoints& out) {
  const unicode::Record& record = unicode::record(code_point);
  if (record.case_length == 0) return decompose(code_point, out);
  for_each_character(unicode::pool_text(record.case_at, record.case_length),
                     [&](char32_t part) { decompose(part, out); });
}

std::uint8_t combining_class(char32_t code_point) noexcept {
  return unicode::record(code_point).combining_class;
}

// Canonical ordering: marks between two starters, sorted by their class.
void reorder(CodePoints& text) {
  const auto is_mark = [](char32_t c) { return combining_class(c) != 0; };
  for (auto begin = text.begin(); begin != text.end();) {
    begin = std::find_if(begin, text.end(), is_mark);
    const auto end = std::find_if_not(begin, text.end(), is_mark);
    if (end - begin > 1) {
      std::stable_sort(begin, end, [](char32_t a, char32_t b) {
        return combining_class(a) < combining_class(b);
      });
    }
    begin = end;
  }
}

std::string encode(const CodePoints& text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (const char32_t code_point : text) utf8::append(bytes, code_point);
  return bytes;
}

// NFD for exact; for case_ a canonical caseless match (Unicode 15, D145), which
// needs NFD on both sides of the case folding.
std::string fold_canonical(std::string_view text, Level level) {
  CodePoints decomposed;
  decomposed.reserve(text.size());
  for_each_character(text, [&](char32_t c) { decompose(c, decomposed); });
  reorder(decomposed);
  if (level == Level::exact) return encode(decomposed);
  CodePoints folded;
  folded.reserve(decomposed.size());
  for (const char32_t code_point : decomposed) fold_case(code_point, folded);
  reorder(folded);
  return encode(folded);
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
  return lower;
}

}  // namespace

std::string fold(std::string_view text, Level level) {
  if (level == Level::accents) {
    Buffer out;
    OffsetMap map;
    fold_accents(text, out, map);
    return std::string(out.view());
  }
  if (!utf8::is_ascii(text)) return fold_canonical(text, level);
  return level == Level::exact ? std::string(text) : lower_ascii(text);
}

std::string repair(std::string_view text) {
  if (utf8::is_valid(text)) return std::string(text);
  Buffer out;
  OffsetMap map;
  repair(text, out, map);
  return std::string(out.view());
}

bool is_word(char32_t code_point) noexcept {
  return code_point < 0x110000 && unicode::has(code_point, unicode::word);
}

bool is_unspaced(char32_t code_point) noexcept {
  return code_point < 0x110000 && unicode::has(code_point, unicode::unspaced);
}

}  // namespace modcore::text
