// The accents fold in one pass: many bytes at once where the text is plain ASCII, a
// table lookup for each other character.
#include "text/fold_pass.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "support/utf8.hpp"
#include "text/hangul.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr std::string_view replacement_bytes = "\xEF\xBF\xBD";

// The record of a code point decides; this is only its ASCII part, flat. 0 is a
// character that vanishes.
const std::array<char, 128>& ascii_fold() noexcept {
  static const std::array<char, 128> table = [] {
    std::array<char, 128> built{};
    for (std::size_t c = 0; c < built.size(); ++c) {
      const unicode::Record& record = unicode::record(static_cast<char32_t>(c));
      if ((record.flags & unicode::fold_identity) != 0) {
        built[c] = static_cast<char>(c);
      } else if (record.fold_length == 1) {
        built[c] = unicode::pool_text(record.fold_at, 1).front();
      }
    }
    return built;
  }();
  return table;
}

#if defined(__SSE2__)
// Bytes that are looked at together.
struct Lane {
  static constexpr std::size_t size = 16;

  // Copies a lane with its ASCII letters in lower case; how many bytes of it come
  // before the first that is not printable ASCII.
  static std::size_t copy(const char* in, char* out) noexcept {
    const auto all = [](char byte) { return _mm_set1_epi8(byte); };
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in));
    // Signed: a byte beyond ASCII lies below the space.
    const __m128i capital = _mm_and_si128(_mm_cmpgt_epi8(bytes, all('A' - 1)),
                                          _mm_cmplt_epi8(bytes, all('Z' + 1)));
    const __m128i lower = _mm_or_si128(bytes, _mm_and_si128(capital, all(0x20)));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), lower);
    const __m128i unprintable =
        _mm_or_si128(_mm_cmplt_epi8(bytes, all(' ')), _mm_cmpeq_epi8(bytes, all(0x7F)));
    const auto marks = static_cast<unsigned>(_mm_movemask_epi8(unprintable));
    return marks == 0 ? size : static_cast<std::size_t>(std::countr_zero(marks));
  }
};
#else
constexpr std::uint64_t low_bits = ~utf8::high_bits;
constexpr std::uint64_t each(std::uint64_t byte) noexcept { return utf8::every_byte * byte; }

struct Lane {
  static constexpr std::size_t size = 8;

  static std::size_t copy(const char* in, char* out) noexcept {
    const std::uint64_t word = utf8::load8(in);
    utf8::store8(out, lower(word));
    return utf8::first_marked(unprintable(word));
  }

 private:
  // Marks the bytes that are not printable ASCII. No sum of seven bits carries
  // into the next byte.
  static std::uint64_t unprintable(std::uint64_t word) noexcept {
    const std::uint64_t low = word & low_bits;
    const std::uint64_t not_below_space = low + each(0x80 - ' ');
    const std::uint64_t above_tilde = low + each(0x80 - 0x7F);
    return (word | ~not_below_space | above_tilde) & utf8::high_bits;
  }

  // Eight bytes with the ASCII letters among them in lower case.
  static std::uint64_t lower(std::uint64_t word) noexcept {
    const std::uint64_t low = word & low_bits;
    const std::uint64_t from_a = low + each(0x80 - 'A');
    const std::uint64_t past_z = low + each(0x80 - ('Z' + 1));
    const std::uint64_t capitals = from_a & ~past_z & ~word & utf8::high_bits;
    return word | (capitals >> 2U);
  }
};
#endif

class FoldPass {
 public:
  FoldPass(std::string_view text, Buffer& out, OffsetMap& map) noexcept
      : text_(text), out_(out), map_(map) {}

  Encoding run() {
    while (at_ < text_.size()) {
      copy_printable();
      if (at_ < text_.size()) fold_character();
    }
    map_.finish(out_.size(), text_);
    return encoding_;
  }

 private:
  // Up to the first character that is more than a letter to lower.
  void copy_printable() {
    const std::size_t left = text_.size() - at_;
    const char* const in = text_.data() + at_;
    char* const out = out_.reserve(left + Lane::size);
    std::size_t done = 0;
    std::size_t copied = Lane::size;
    for (; left - done >= Lane::size && copied == Lane::size; done += copied) {
      copied = Lane::copy(in + done, out + done);
    }
    if (copied == Lane::size && done < left) {
      std::array<char, Lane::size> rest{};  // what is missing is unprintable
      std::memcpy(rest.data(), in + done, left - done);
      done += Lane::copy(rest.data(), out + done);
    }
    out_.advance(done);
    at_ += done;
  }

  void fold_character() {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte >= 0x80) return fold_wide();
    const char folded = ascii_fold_[byte];
    emit({&folded, folded != 0 ? std::size_t{1} : std::size_t{0}}, 1);
  }

  void fold_wide() {
    encoding_.ascii = false;
    const utf8::Decoded next = utf8::decode(text_, at_);
    if (!next.valid) {
      encoding_.valid = false;
      return emit(replacement_bytes, next.length);
    }
    const unicode::Record& record = unicode::record(next.code_point);
    if ((record.flags & unicode::fold_identity) == 0) {
      emit(unicode::pool_text(record.fold_at, record.fold_length), next.length);
    } else if ((record.flags & unicode::hangul) != 0) {
      fold_hangul(next.code_point);
    } else {
      emit(text_.substr(at_, next.length), next.length);
    }
  }

  void fold_hangul(char32_t syllable) {
    const Jamo jamo = decompose_hangul(syllable);
    std::array<char, 12> bytes{};
    std::size_t size = 0;
    for (std::size_t i = 0; i < jamo.count; ++i) {
      size += utf8::encode(jamo.letters[i], bytes.data() + size);
    }
    emit({bytes.data(), size}, 3);
  }

  void emit(std::string_view folded, std::size_t original_length) {
    if (folded.size() != original_length) {
      map_.changed(out_.size(), folded.size(), at_, original_length);
    }
    out_.append(folded);
    at_ += original_length;
  }

  std::string_view text_;
  Buffer& out_;
  OffsetMap& map_;
  const std::array<char, 128>& ascii_fold_ = ascii_fold();
  std::size_t at_ = 0;
  Encoding encoding_;
};

}  // namespace

Encoding fold_accents(std::string_view text, Buffer& out, OffsetMap& map) {
  return FoldPass(text, out, map).run();
}

void repair(std::string_view text, Buffer& out, OffsetMap& map) {
  std::size_t clean = 0;  // where the well-formed stretch began that is not yet copied
  std::size_t at = 0;
  while (at < text.size()) {
    const utf8::Decoded next = utf8::decode(text, at);
    if (!next.valid) {
      out.append(text.substr(clean, at - clean));
      if (next.length != replacement_bytes.size()) {
        map.changed(out.size(), replacement_bytes.size(), at, next.length);
      }
      out.append(replacement_bytes);
      clean = at + next.length;
    }
    at += next.length;
  }
  out.append(text.substr(clean));
  map.finish(out.size(), text);
}

}  // namespace modcore::text
