#include "text/census.hpp"

#include <array>

#include "support/utf8.hpp"
#include "text/ascii_counts.hpp"
#include "text/ascii_fold.hpp"
#include "text/fold.hpp"

namespace modcore::text {
namespace {

// Small numbers side by side in one, a byte each, so that a character is counted in one step.
using Packed = std::uint64_t;
enum Lane : unsigned { unspaced, letters, capitals, digits, symbols, invisible };
constexpr int most_packed = 255;  // what a byte can count

constexpr Packed one(Lane lane, bool counts) noexcept {
  return counts ? Packed{1} << (8U * lane) : 0;
}

Packed packed(std::uint32_t flags) noexcept {
  const bool cased = (flags & unicode::cased) != 0;
  return one(unspaced, (flags & unicode::white_space) == 0) | one(letters, cased) |
         one(capitals, cased && (flags & unicode::upper) != 0) |
         one(digits, (flags & unicode::decimal) != 0) | one(symbols, (flags & unicode::symbol) != 0) |
         one(invisible, (flags & unicode::invisible) != 0);
}

// What an ASCII character counts as.
struct Plain {
  Packed packed = 0;
  bool word = false;
};
const std::array<Plain, 128>& plain_characters() noexcept {
  static const std::array<Plain, 128> table = [] {
    std::array<Plain, 128> result;
    for (std::size_t c = 0; c < result.size(); ++c) {
      const std::uint32_t flags = unicode::record(static_cast<char32_t>(c)).flags;
      result[c] = {packed(flags), (flags & unicode::word) != 0};
    }
    return result;
  }();
  return table;
}

class Counter {
 public:
  Census count(std::string_view text) noexcept {
    const std::array<Plain, 128>& plain = plain_characters();
    for (std::size_t at = 0; at < text.size();) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < plain.size()) {
        add(plain[byte].packed);
        if (ascii_fold[byte] != 0) step(static_cast<char32_t>(ascii_fold[byte]), plain[byte].word);
        ++at;
      } else {
        const utf8::Decoded next = utf8::decode(text, at);
        add(next.code_point);
        at += next.length;
      }
    }
    flush();
    census_.plain = false;
    return census_;
  }

 private:
  void add(char32_t c) noexcept {
    const unicode::Record& record = unicode::record(c);
    census_.flags |= record.flags;
    add(packed(record.flags));
    if ((record.flags & unicode::fold_identity) != 0) return step(c, (record.flags & unicode::word) != 0);
    const std::string_view folded = unicode::pool_text(record.fold_at, record.fold_length);
    for (std::size_t at = 0; at < folded.size();) {
      const utf8::Decoded part = utf8::decode(folded, at);
      step(part.code_point, is_word(part.code_point));
      at += part.length;
    }
  }

  void add(Packed counts) noexcept {
    sums_ += counts;
    if (++packed_ == most_packed) flush();
  }

  // One character of the fold.
  void step(char32_t c, bool word) noexcept {
    census_.folded += c != ' ' && c != '\n' ? 1 : 0;
    census_.words += word && !inside_ ? 1 : 0;
    inside_ = word;
  }

  void flush() noexcept {
    const auto taken = [this](Lane lane) { return static_cast<std::int64_t>(sums_ >> (8U * lane) & 0xFFU); };
    census_.unspaced += taken(unspaced);
    census_.letters += taken(letters);
    census_.capitals += taken(capitals);
    census_.digits += taken(digits);
    census_.symbols += taken(symbols);
    census_.invisible += taken(invisible);
    sums_ = 0;
    packed_ = 0;
  }

  Census census_;
  Packed sums_ = 0;
  int packed_ = 0;
  bool inside_ = false;  // of a word
};

}  // namespace

Census count_characters(std::string_view text) noexcept {
  const auto ascii = count_ascii(text);
  if (!ascii) return Counter().count(text);
  Census census;
  census.unspaced = static_cast<std::int64_t>(text.size()) - ascii->spaces;
  census.letters = ascii->letters;
  census.capitals = ascii->capitals;
  census.digits = ascii->digits;
  census.symbols = census.unspaced - ascii->letters - ascii->digits;
  census.folded = census.unspaced;
  census.words = ascii->words;
  return census;
}

}  // namespace modcore::text
