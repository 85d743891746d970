// Building the views of a piece, and the way back from them.
#include "text/views.hpp"

#include <algorithm>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "support/utf8.hpp"
#include "text/fold_pass.hpp"
#include "text/kept_bytes.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr char separator = ' ';

// Writes the words view of a fold: runs of non-word characters become one
// separator.
class WordsPass {
 public:
  // How much more than the fold's size `out` must have room for.
  static constexpr std::size_t room = 2 + kept_slack;

  WordsPass(std::string_view fold, char* out) noexcept : fold_(fold), out_(out) {}

  // Returns how many bytes were written.
  std::size_t run() noexcept {
    out_[size_++] = separator;
    while (at_ < fold_.size()) {
      const Kept kept = keep_words(fold_.substr(at_), out_ + size_);
      at_ += kept.read;
      size_ += kept.written;
      while (at_ < fold_.size() && static_cast<unsigned char>(fold_[at_]) >= 0x80) copy_wide();
    }
    if (size_ == 1) return 0;
    if (out_[size_ - 1] != separator) out_[size_++] = separator;
    return size_;
  }

 private:
  void copy_wide() noexcept {
    const utf8::Decoded next = utf8::decode(fold_, at_);
    if (unicode::has(next.code_point, unicode::word)) {
      std::copy_n(fold_.data() + at_, next.length, out_ + size_);
      size_ += next.length;
    } else if (out_[size_ - 1] != separator) {
      out_[size_++] = separator;
    }
    at_ += next.length;
  }

  std::string_view fold_;
  char* out_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
};

// Where the next word character of a fold stands, from `at` on.
std::size_t skip_separators(std::string_view fold, std::size_t at) noexcept {
  while (at < fold.size()) {
    const utf8::Decoded next = utf8::decode(fold, at);
    if (unicode::has(next.code_point, unicode::word)) break;
    at += next.length;
  }
  return at;
}

// The next byte from `at` on that is an ASCII digit or none of ASCII.
std::size_t next_digit_or_wide(std::string_view fold, std::size_t at) noexcept {
#if defined(__SSE2__)
  for (; fold.size() - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(fold.data() + at));
    const __m128i below = _mm_cmplt_epi8(bytes, _mm_set1_epi8('0'));  // those beyond ASCII too
    const __m128i above = _mm_cmpgt_epi8(bytes, _mm_set1_epi8('9'));
    const __m128i others = _mm_or_si128(above, _mm_andnot_si128(_mm_cmplt_epi8(bytes, _mm_setzero_si128()), below));
    const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(others)) ^ 0xffffU;
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  for (; at < fold.size(); ++at) {
    const char c = fold[at];
    if ((c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) break;
  }
  return at;
}

std::uint32_t narrow(std::size_t offset) noexcept { return static_cast<std::uint32_t>(offset); }

}  // namespace

std::string spelled(std::string_view fold) {
  std::string out(fold.size() + kept_slack, '\0');
  out.resize(keep_spelled(fold, out.data()));
  return out;
}

// Latin letters of Unicode 15, U+1DF25 to U+1DF2A.
bool may_spell_otherwise(std::string_view original) noexcept {
  return original.find("\xF0\x9D\xBC") != std::string_view::npos;
}

void Views::build(std::string_view original) {
  original_ = original;
  fold_.clear();
  words_.clear();
  fold_map_.clear();
  repaired_map_.clear();
  repaired_map_.finish(original.size(), original);
  has_words_ = has_tokens_ = has_digits_ = has_spelled_ = has_repaired_ = false;
  const Encoding encoding = fold_accents(original, fold_, fold_map_);
  ascii_ = encoding.ascii;
  valid_ = encoding.valid;
  signs_ = encoding.signs;
}

std::string_view Views::get(View view) {
  switch (view) {
    case View::repaired:
      if (valid_) return original_;
      if (!has_repaired_) repair();
      return repaired_.view();
    case View::fold: return fold_.view();
    case View::words:
      if (!has_words_) find_words();
      return words_.view();
    case View::digits:
      if (!has_digits_) find_digits();
      return digits_.view();
    case View::spelled:
      if (!has_spelled_) find_spelled();
      return spelled_.view();
  }
  return {};
}

std::span<const Token> Views::tokens() {
  if (!has_tokens_) find_tokens();
  return tokens_;
}

void Views::find_words() {
  has_words_ = true;
  const std::string_view fold = fold_.view();
  words_.advance(WordsPass(fold, words_.reserve(fold.size() + WordsPass::room)).run());
}

// The words view gives the tokens' lengths, the fold their places: between two
// words it may hold more than one separator.
void Views::find_tokens() {
  tokens_.clear();
  has_tokens_ = true;
  const std::string_view words = get(View::words);
  const std::string_view fold = fold_.view();
  const bool same_places = ascii_ && fold_map_.keeps_offsets();
  std::size_t at = 0;
  for (std::size_t begin = 1; begin < words.size();) {
    const std::size_t end = words.find(separator, begin);
    at = skip_separators(fold, at);
    const Range in_fold{narrow(at), narrow(at + (end - begin))};
    tokens_.push_back({.original = same_places ? in_fold : fold_map_.to_original(in_fold),
                       .words = {narrow(begin), narrow(end)},
                       .fold = in_fold});
    at = in_fold.end;
    begin = end + 1;
  }
}

void Views::find_digits() {
  digits_.clear();
  digit_ranges_.clear();
  has_digits_ = true;
  if (ascii_ && !signs_.any(sign::digit)) return;
  const std::string_view fold = fold_.view();
  for (std::size_t at = next_digit_or_wide(fold, 0); at < fold.size();) {
    const utf8::Decoded next = utf8::decode(fold, at);
    const std::uint32_t flags = unicode::record(next.code_point).flags;
    if ((flags & unicode::decimal) != 0) {
      digits_.push_back(static_cast<char>('0' + static_cast<int>(flags >> unicode::digit_shift)));
      digit_ranges_.push_back({narrow(at), narrow(at + next.length)});
    }
    at = next_digit_or_wide(fold, at + next.length);
  }
}

void Views::find_spelled() {
  spelled_.clear();
  has_spelled_ = true;
  const std::string_view fold = fold_.view();
  spelled_.advance(keep_spelled(fold, spelled_.reserve(fold.size() + kept_slack)));
}

void Views::repair() {
  repaired_.clear();
  repaired_map_.clear();
  has_repaired_ = true;
  text::repair(original_, repaired_, repaired_map_);
}

const Token& Views::token_at(std::uint32_t word_position) {
  const std::span<const Token> all = tokens();
  const auto after = std::upper_bound(
      all.begin(), all.end(), word_position,
      [](std::uint32_t at, const Token& token) { return at < token.words.begin; });
  return after == all.begin() ? all.front() : *(after - 1);
}

Range Views::original_range(View view, Range range) {
  const std::uint32_t size = narrow(get(view).size());
  range = {std::min(range.begin, size), std::min(range.end, size)};
  if (view == View::fold) return fold_map_.to_original(range);
  if (view == View::repaired) return repaired_map_.to_original(range);
  if (range.begin >= range.end) return fold_map_.to_original({narrow(fold_.size()), 0});
  if (view == View::digits) {
    return fold_map_.to_original(
        {digit_ranges_[range.begin].begin, digit_ranges_[range.end - 1].end});
  }
  const auto in_fold = [&](std::uint32_t at) {
    const Token& token = token_at(at);
    return token.fold.begin + (at - token.words.begin);
  };
  return fold_map_.to_original({in_fold(range.begin), in_fold(range.end - 1) + 1});
}

Range Views::repaired_range(Range original) {
  if (valid_) return original;
  if (!has_repaired_) repair();
  return repaired_map_.to_view(original);
}

}  // namespace modcore::text
