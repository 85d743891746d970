// The accents fold in one pass: many bytes at once where the text is plain ASCII, a
// table lookup for each other character.
#include "text/fold_pass.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "support/utf8.hpp"
#include "text/hangul.hpp"
#include "text/plain_text.hpp"
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

// What the characters of two bytes fold to: letters with accents, Greek, Cyrillic,
// Hebrew, Arabic. Flat, because they come in rows.
struct ShortFold {
  static constexpr std::uint8_t long_one = 0xFF;
  std::array<char, 3> bytes{};
  std::uint8_t size = long_one;
};
constexpr char32_t first_short = 0x80;
constexpr char32_t end_short = 0x800;
constexpr std::size_t most_short_growth = 2;  // three bytes for two, and one for one
using ShortFolds = std::array<ShortFold, end_short - first_short>;

ShortFold short_fold(char32_t code_point) noexcept {
  const unicode::Record& record = unicode::record(code_point);
  ShortFold fold;
  if ((record.flags & unicode::fold_identity) != 0) {
    fold.size = static_cast<std::uint8_t>(utf8::encode(code_point, fold.bytes.data()));
  } else if (record.fold_length <= fold.bytes.size()) {
    fold.size = record.fold_length;
    unicode::pool_text(record.fold_at, record.fold_length).copy(fold.bytes.data(), fold.size);
  }
  return fold;
}

const ShortFolds& short_folds() noexcept {
  static const ShortFolds table = [] {
    ShortFolds built;
    for (char32_t c = first_short; c < end_short; ++c) built[c - first_short] = short_fold(c);
    return built;
  }();
  return table;
}

class FoldPass {
 public:
  FoldPass(std::string_view text, Buffer& out, OffsetMap& map) noexcept
      : text_(text), out_(out), map_(map) {}

  Encoding run() {
    while (at_ < text_.size()) {
      if (is_wide()) {
        fold_wide();
      } else if (!copy_plain()) {
        fold_ascii();
      }
    }
    map_.finish(out_.size(), text_);
    return encoding_;
  }

 private:
  [[nodiscard]] bool is_wide() const noexcept { return static_cast<unsigned char>(text_[at_]) >= 0x80; }

  // Up to the first character that is more than a letter to lower; whether there was
  // another before.
  bool copy_plain() {
    const std::size_t left = text_.size() - at_;
    const std::size_t done = text::copy_plain(text_.data() + at_, left, out_.reserve(left), encoding_.signs);
    out_.advance(done);
    at_ += done;
    return done != 0;
  }

  void fold_ascii() {
    encoding_.signs.add(signs_of(text_[at_]));
    const char folded = ascii_fold_[static_cast<unsigned char>(text_[at_])];
    emit({&folded, folded != 0 ? std::size_t{1} : std::size_t{0}}, 1);
  }

  void fold_wide() {
    encoding_.ascii = false;
    if (fold_shorts()) return;
    const utf8::Decoded next = utf8::decode(text_, at_);
    if (!next.valid) {
      encoding_.valid = false;
      return emit(replacement_bytes, next.length);
    }
    fold_long(next);
  }

  // Characters of two bytes come in words, with a space or a sign between two of them:
  // all without a call for each. False if the next one is no such character.
  bool fold_shorts() {
    const char* const begin = text_.data();
    const std::size_t last = text_.size() - 1;
    std::size_t at = at_;
    char* out = out_.reserve((last - at + 1) * most_short_growth + sizeof(ShortFold::bytes));
    char* const first = out;
    while (at < last) {
      const auto lead = static_cast<unsigned char>(begin[at]);
      const auto next = static_cast<unsigned char>(begin[at + 1]);
      if (lead < 0x80) {
        if (next < 0x80 || ascii_fold_[lead] == 0) break;
        encoding_.signs.add(signs_of(begin[at]));
        *out++ = ascii_fold_[lead];
        ++at;
        continue;
      }
      if (lead < 0xC2 || lead >= 0xE0 || (next & 0xC0U) != 0x80U) break;
      const ShortFold& fold = short_folds_[(((lead & 0x1FU) << 6U) | (next & 0x3FU)) - first_short];
      if (fold.size == ShortFold::long_one) break;
      if (fold.size != 2) map_.changed(out_.size() + static_cast<std::size_t>(out - first), fold.size, at, 2);
      std::memcpy(out, fold.bytes.data(), sizeof fold.bytes);
      out += fold.size;
      at += 2;
    }
    const bool any = at != at_;
    at_ = at;
    out_.advance(static_cast<std::size_t>(out - first));
    return any;
  }

  void fold_long(const utf8::Decoded& next) {
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
    append(folded);
    at_ += original_length;
  }

  // Most are of one byte, two or three.
  void append(std::string_view folded) {
    if (folded.size() > 3) return out_.append(folded);
    char* const out = out_.reserve(3);
    for (std::size_t i = 0; i < folded.size(); ++i) out[i] = folded[i];
    out_.advance(folded.size());
  }

  std::string_view text_;
  Buffer& out_;
  OffsetMap& map_;
  const std::array<char, 128>& ascii_fold_ = ascii_fold();
  const ShortFolds& short_folds_ = short_folds();
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
