// Building the views of a piece, and the way back from them.
#include "text/views.hpp"

#include <algorithm>
#include <array>

#include "support/utf8.hpp"
#include "text/fold_pass.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr char separator = ' ';

// Of a folded ASCII byte: itself if it belongs to words, else the separator.
constexpr std::array<char, 128> ascii_words = [] {
  std::array<char, 128> table{};
  for (char& byte : table) byte = separator;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = c;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = c;
  return table;
}();

constexpr std::uint64_t each(std::uint64_t byte) noexcept { return utf8::every_byte * byte; }

// Marks the bytes of a folded ASCII text that belong to words.
std::uint64_t word_bytes(std::uint64_t text) noexcept {
  const auto within = [text](std::uint64_t first, std::uint64_t last) {
    return (text + each(0x80 - first)) & ~(text + each(0x80 - (last + 1)));
  };
  return (within('a', 'z') | within('0', '9')) & utf8::high_bits;
}

// Writes the words view of a fold: runs of non-word characters become one
// separator.
class WordsPass {
 public:
  // `out` must have room for fold.size() + 2 bytes, and 8 more.
  WordsPass(std::string_view fold, char* out) noexcept : fold_(fold), out_(out) {}

  // Returns how many bytes were written.
  std::size_t run() noexcept {
    out_[size_++] = separator;
    while (at_ < fold_.size()) {
      if (copy_eight()) continue;
      // Two separators in a row or a long character: go past them singly.
      const std::size_t until = std::min(at_ + 8, fold_.size());
      while (at_ < until) copy_character();
    }
    if (size_ == 1) return 0;
    if (out_[size_ - 1] != separator) out_[size_++] = separator;
    return size_;
  }

 private:
  // Where ASCII has no two separators in a row, nothing moves within the eight.
  bool copy_eight() noexcept {
    if constexpr (std::endian::native != std::endian::little) return false;
    if (at_ + 8 > fold_.size()) return false;
    const std::uint64_t text = utf8::load8(fold_.data() + at_);
    if ((text & utf8::high_bits) != 0) return false;
    const std::uint64_t words = word_bytes(text);
    const std::uint64_t gaps = ~words & utf8::high_bits;
    const std::uint64_t gap_before = out_[size_ - 1] == separator ? 0x80U : 0;
    if ((gaps & ((gaps << 8U) | gap_before)) != 0) return false;
    const std::uint64_t keep = (words >> 7U) * 0xFFU;
    utf8::store8(out_ + size_, (text & keep) | (each(separator) & ~keep));
    at_ += 8;
    size_ += 8;
    return true;
  }

  void copy_character() noexcept {
    const auto byte = static_cast<unsigned char>(fold_[at_]);
    if (byte < 0x80) return put_ascii(ascii_words[byte]);
    const utf8::Decoded next = utf8::decode(fold_, at_);
    if (unicode::has(next.code_point, unicode::word)) {
      std::copy_n(fold_.data() + at_, next.length, out_ + size_);
      size_ += next.length;
    } else if (out_[size_ - 1] != separator) {
      out_[size_++] = separator;
    }
    at_ += next.length;
  }

  void put_ascii(char c) noexcept {
    out_[size_] = c;
    size_ += static_cast<std::size_t>((c != separator) | (out_[size_ - 1] != separator));
    ++at_;
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

std::uint32_t narrow(std::size_t offset) noexcept { return static_cast<std::uint32_t>(offset); }

}  // namespace

void Views::build(std::string_view original) {
  original_ = original;
  fold_.clear();
  words_.clear();
  fold_map_.clear();
  repaired_map_.clear();
  repaired_map_.finish(original.size(), original);
  has_tokens_ = has_digits_ = has_repaired_ = false;
  const Encoding encoding = fold_accents(original, fold_, fold_map_);
  ascii_ = encoding.ascii;
  valid_ = encoding.valid;
  const std::string_view fold = fold_.view();
  words_.advance(WordsPass(fold, words_.reserve(fold.size() + 10)).run());
}

std::string_view Views::get(View view) {
  switch (view) {
    case View::repaired:
      if (valid_) return original_;
      if (!has_repaired_) repair();
      return repaired_.view();
    case View::fold: return fold_.view();
    case View::words: return words_.view();
    case View::digits:
      if (!has_digits_) find_digits();
      return digits_.view();
  }
  return {};
}

std::span<const Token> Views::tokens() {
  if (!has_tokens_) find_tokens();
  return tokens_;
}

// The words view gives the tokens' lengths, the fold their places: between two
// words it may hold more than one separator.
void Views::find_tokens() {
  tokens_.clear();
  has_tokens_ = true;
  const std::string_view words = words_.view();
  const std::string_view fold = fold_.view();
  std::size_t at = 0;
  for (std::size_t begin = 1; begin < words.size();) {
    const std::size_t end = words.find(separator, begin);
    at = skip_separators(fold, at);
    const Range in_fold{narrow(at), narrow(at + (end - begin))};
    tokens_.push_back({.original = fold_map_.to_original(in_fold),
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
  const std::string_view fold = fold_.view();
  for (std::size_t at = 0; at < fold.size();) {
    const utf8::Decoded next = utf8::decode(fold, at);
    const std::uint32_t flags = unicode::record(next.code_point).flags;
    if ((flags & unicode::decimal) != 0) {
      digits_.push_back(static_cast<char>('0' + static_cast<int>(flags >> unicode::digit_shift)));
      digit_ranges_.push_back({narrow(at), narrow(at + next.length)});
    }
    at += next.length;
  }
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
