// One pass over the text, chunk by chunk; a chunk is what stands between white space.
// Plain text is passed in blocks.
#include "text/suspects.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "support/utf8.hpp"
#include "text/confusable_tables.hpp"
#include "text/markup.hpp"
#include "text/plain_block.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

enum Class : std::uint8_t {
  small = 1U << 0,
  capital = 1U << 1,
  digit = 1U << 2,
  sign = 1U << 3,   // can be read as a letter at the edge of a word, or hides one
  other = 1U << 4,  // further punctuation
  space = 1U << 5,
  open = 1U << 6,  // may begin a tag or an entity
  wide = 1U << 7,  // not ASCII
};
constexpr std::uint8_t letters = small | capital;

constexpr std::array<std::uint8_t, 256> classes = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) {
    if (c >= 0x80)
      table[c] = wide;
    else if (c >= 'a' && c <= 'z')
      table[c] = small;
    else if (c >= 'A' && c <= 'Z')
      table[c] = capital;
    else if (c >= '0' && c <= '9')
      table[c] = digit;
    else if (c == ' ' || (c >= 0x09 && c <= 0x0D))
      table[c] = space;
    else
      table[c] = other;
  }
  for (const char c : {'$', '@', '!', '|', '+', '*', '/', '\\', '('}) {
    table[static_cast<std::size_t>(c)] = sign;
  }
  table['<'] = table['['] = table['&'] = open | other;
  return table;
}();

std::uint8_t class_of(char c) noexcept {
  return classes[static_cast<unsigned char>(c)];
}

constexpr std::string_view override_bytes = "\xE2\x80\xAE";  // U+202E
constexpr std::string_view pop_bytes = "\xE2\x80\xAC";       // U+202C
constexpr char32_t iota_below = 0x0345;  // a mark that the accents fold takes for a letter
constexpr std::size_t longest_gap = 48;  // bytes of a chunk between the letters of a row

// What one chunk looks like.
struct Chunk {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint8_t seen = 0;      // classes
  std::uint32_t letters = 0;  // of any script, and digits and signs read as letters
  bool suspect = false;
  bool letter_seen = false;
  bool broken = false;        // something that is not a letter came after a letter
  bool after_letter = false;  // the last visible character was a letter, digit or sign
  bool joined = false;        // two of them stand side by side
  char32_t letter = 0;        // the last one; marks do not count
  std::uint32_t times = 0;    // how often in a row
};

class Suspects {
 public:
  Suspects(std::string_view text, std::vector<Range>& out) noexcept : text_(text), out_(out) {}

  void run(bool by_blocks) {
    while (skip_spaces()) {
      if (by_blocks && !row_is_open() && !skip_plain_blocks()) break;
      if (skip_plain_chunk()) {
        end_row();
        continue;
      }
      read_chunk();
      close_chunk();
    }
    end_row();
  }

 private:
  bool skip_spaces() noexcept {
    while (at_ < text_.size()) {
      if (class_of(text_[at_]) == space) {
        ++at_;
      } else if (const std::uint32_t length = wide_space(at_); length != 0) {
        at_ += length;
      } else {
        return true;
      }
    }
    return false;
  }

  // The length of white space that is not ASCII, 0 for anything else.
  [[nodiscard]] std::uint32_t wide_space(std::size_t at) const noexcept {
    if (class_of(text_[at]) != wide) return 0;
    const utf8::Decoded next = utf8::decode(text_, at);
    const bool is_space =
        unicode::has(next.code_point, unicode::white_space) || next.code_point == 0x2800;
    return is_space ? next.length : 0;
  }

  // Moves to the next chunk that asks for a closer look, or to the single letters
  // before it, which may be a row with it. False at the end of the text.
  bool skip_plain_blocks() noexcept {
    while (skip_spaces()) {
      if (at_ >= block_end_ || !is_chunk_of_block(at_ - block_begin_)) load_block();
      const std::uint64_t closer = block_.closer & ~below(at_ - block_begin_) &
                                   below(block_end_ - block_begin_);
      if (closer == 0) {
        at_ = block_end_;
        continue;
      }
      const auto found = static_cast<std::size_t>(std::countr_zero(closer));
      at_ = std::max(at_, block_begin_ + row_before(found));
      return skip_spaces();
    }
    return false;
  }

  // White space that is not ASCII parts chunks too, and no block knows it.
  [[nodiscard]] bool is_chunk_of_block(std::size_t byte) const noexcept {
    return byte == 0 || (block_.spaces >> (byte - 1) & 1U) != 0;
  }

  // What a block says holds up to the last chunk that it shows whole, without the
  // single letters before that, which may go on in the next block.
  void load_block() noexcept {
    block_ = PlainBlock::at(text_, at_);
    block_begin_ = at_;
    std::size_t end = 0;
    if (block_.spaces != 0) {
      end = row_before(static_cast<std::size_t>(63 - std::countl_zero(block_.spaces)));
    }
    if (end == 0) block_.closer = end = 1;
    block_end_ = at_ + end;
  }

  // Where the chunk of a byte of the block begins, or the first of the chunks of
  // single letters that stand before it.
  [[nodiscard]] std::size_t row_before(std::size_t byte) const noexcept {
    const std::uint64_t spaces = block_.spaces & below(byte);
    if (spaces == 0) return 0;
    const auto chunk = static_cast<std::size_t>(64 - std::countl_zero(spaces));
    const std::uint64_t joined = block_.joined & below(chunk);
    if (joined == 0) return 0;
    const auto word = static_cast<std::size_t>(63 - std::countl_zero(joined));
    return static_cast<std::size_t>(std::countr_zero(spaces & ~below(word))) + 1;
  }

  static constexpr std::uint64_t below(std::size_t bit) noexcept {
    return bit >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bit) - 1;
  }

  [[nodiscard]] bool row_is_open() const noexcept { return row_letters_ != 0 || row_suspect_; }

  // Most of any text: `word`, `"word",`, `don't`, `l'heure!`. False, with nothing
  // done, for a chunk that needs a closer look. What is skipped is what read_chunk()
  // finds no suspect and what is no part of a row.
  bool skip_plain_chunk() noexcept {
    std::size_t at = at_;
    while (at < text_.size() && is_quote(text_[at])) ++at;
    const std::size_t word = at;
    if (!pass_letters(at)) return false;
    const std::size_t first = at - word;
    if (first == 0) return false;
    std::size_t longest = first;
    if (at < text_.size() && text_[at] == '\'') {
      const std::size_t second = at + 1;
      std::size_t end = second;
      if (!pass_letters(end)) return false;
      if (end != second) {
        if (!is_contraction(first, text_.substr(second, end - second))) return false;
        longest = std::max(longest, end - second);
        at = end;
      }
    }
    if (longest < 2) return false;
    while (at < text_.size() && is_stop(text_[at])) ++at;
    while (at < text_.size() && text_[at] == '!') ++at;
    if (at < text_.size() && class_of(text_[at]) != space) return false;
    at_ = at;
    return true;
  }

  // Moves behind the letters that begin at `at`; false if some of them could draw
  // another word.
  bool pass_letters(std::size_t& at) const noexcept {
    char twice_before = ' ';
    char before = ' ';
    for (; at < text_.size(); ++at) {
      const char c = text_[at];
      if ((class_of(c) & letters) == 0) return true;
      if (draws_[static_cast<std::size_t>(c)] || before == 'I' || before == 'l') {
        if (is_pair(before, c) || is_stroke(twice_before, before, c)) return false;
      }
      if (same(before, c) && same(twice_before, c)) return false;
      twice_before = before;
      before = c;
    }
    return true;
  }

  static constexpr bool same(char a, char b) noexcept { return ((a ^ b) & ~0x20) == 0; }
  static constexpr bool is_quote(char c) noexcept { return c == '"' || c == '\''; }
  static constexpr bool is_stop(char c) noexcept {
    return c == '.' || c == ',' || c == '?' || c == ':' || c == ';' || is_quote(c);
  }

  // "d'accord", "who're": the rules of plausibility read no word across it.
  static bool is_contraction(std::size_t left, std::string_view right) noexcept {
    if (left == 1) return true;
    if (right.size() == 1) return std::string_view("sdtm").find(right[0]) != std::string_view::npos;
    return right == "ll" || right == "re" || right == "ve";
  }

  void read_chunk() {
    chunk_ = {.begin = at_};
    while (at_ < text_.size()) {
      const std::uint8_t kind = class_of(text_[at_]);
      if (kind == space) break;
      if (kind == wide) {
        if (wide_space(at_) != 0) break;
        read_wide();
      } else if ((kind & open) != 0 && (skip_tag() || read_entity())) {
        continue;
      } else {
        read_ascii(kind);
      }
    }
    chunk_.end = at_;
  }

  bool skip_tag() noexcept {
    const Tag tag = tag_at(text_, at_);
    if (tag.length == 0) return false;
    chunk_.broken |= chunk_.letter_seen;
    if (tag.breaks) chunk_.after_letter = false;
    at_ += tag.length;
    return true;
  }

  bool read_entity() noexcept {
    const Entity entity = entity_at(text_, at_);
    if (entity.length == 0) return false;
    count_letter();
    chunk_.suspect = chunk_.letter_seen = true;
    at_ += entity.length;
    return true;
  }

  void read_ascii(std::uint8_t kind) noexcept {
    const char c = text_[at_];
    chunk_.seen |= kind;
    if ((kind & letters) != 0) {
      read_letter(c);
    } else {
      if (kind == digit || c == '$' || c == '@') {
        count_letter();
      } else {
        chunk_.letters += kind == sign && c != '*';
        chunk_.after_letter = false;
      }
      chunk_.suspect |= kind == digit && chunk_.letter_seen;
      chunk_.broken |= chunk_.letter_seen;
      chunk_.letter = 0;
    }
    ++at_;
  }

  void read_letter(char c) noexcept {
    count_letter();
    chunk_.suspect |= chunk_.broken || (chunk_.seen & (digit | sign)) != 0;
    chunk_.letter_seen = true;
    const char before = at_ > chunk_.begin ? text_[at_ - 1] : ' ';
    const char twice_before = at_ > chunk_.begin + 1 ? text_[at_ - 2] : ' ';
    chunk_.suspect |= is_pair(before, c) || is_stroke(twice_before, before, c);
    count_same(static_cast<char32_t>(c | 0x20));
  }

  // Three of a kind are a stretched letter.
  void count_same(char32_t letter) noexcept {
    chunk_.times = letter == chunk_.letter ? chunk_.times + 1 : 1;
    chunk_.letter = letter;
    chunk_.suspect |= chunk_.times >= 3;
  }

  // Two letters that draw another one.
  static constexpr bool is_pair(char a, char b) noexcept {
    a = static_cast<char>(a | 0x20);
    b = static_cast<char>(b | 0x20);
    return (a == 'r' && b == 'n') || (a == 'c' && b == 'l') || (a == b && (a == 'v' || a == 'u'));
  }

  static bool is_consonant(char c) noexcept {
    return class_of(c) == small && std::string_view("aeiouy").find(c) == std::string_view::npos;
  }

  // Capital I beside small letters, small l beside capitals or between consonants.
  static bool is_stroke(char twice_before, char before, char c) noexcept {
    if (before == 'l' && is_consonant(c)) return is_consonant(twice_before);
    if (before == 'I' && class_of(c) == small) return true;
    if (c == 'I' && class_of(before) == small) return true;
    if (before == 'l' && class_of(c) == capital) return class_of(twice_before) != small;
    return c == 'l' && class_of(before) == capital && class_of(twice_before) == capital;
  }

  void read_wide() {
    if (text_.compare(at_, override_bytes.size(), override_bytes) == 0) return read_override();
    const utf8::Decoded next = utf8::decode(text_, at_);
    const unicode::Record& record = unicode::record(next.code_point);
    at_ += next.length;
    if (record.fold_length == 0 && (record.flags & unicode::fold_identity) == 0)
      return;  // vanishes
    if (next.code_point == iota_below) {
      chunk_.suspect = true;
      return;
    }
    const confusable::Record& like = confusable::record(next.code_point);
    if (like.count != 0) {
      count_letter();
      chunk_.suspect = true;
      chunk_.letter_seen = true;
    } else if ((record.flags & unicode::word) != 0) {
      count_letter();
      chunk_.suspect |= chunk_.broken || (chunk_.seen & (digit | sign)) != 0;
      chunk_.letter_seen = true;
      count_same(next.code_point);
    } else {
      chunk_.letter = 0;
      chunk_.broken |= chunk_.letter_seen;
      chunk_.after_letter = false;
    }
  }

  void count_letter() noexcept {
    ++chunk_.letters;
    chunk_.joined |= chunk_.after_letter;
    chunk_.after_letter = true;
  }

  // All that is read backwards belongs together, white space and all.
  void read_override() {
    at_ += override_bytes.size();
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (text_.compare(at_, pop_bytes.size(), pop_bytes) == 0) {
        at_ += pop_bytes.size();
        break;
      }
      ++at_;
    }
    chunk_.suspect = true;
    chunk_.joined = true;  // no single letter of a row
  }

  void close_chunk() {
    // "@$$": signs alone; "a$", "c|": a sign at the end.
    if ((chunk_.seen & (letters | digit | wide)) == 0) chunk_.suspect |= chunk_.letters >= 3;
    const bool trailing = (chunk_.seen & sign) != 0 && chunk_.letter_seen &&
                          text_[chunk_.end - 1] != '!' && chunk_.letters > 1;
    chunk_.suspect |= trailing;
    if (!chunk_.joined && !(chunk_.letters == 0 && chunk_.end - chunk_.begin > longest_gap)) {
      if (row_letters_ == 0) row_begin_ = chunk_.begin;
      if (row_letters_ != 0 || chunk_.letters != 0) {
        row_letters_ += chunk_.letters;
        row_end_ = chunk_.end;
        row_suspect_ |= chunk_.suspect;
      }
      return;
    }
    end_row();
    if (chunk_.suspect && !is_link()) add(chunk_.begin, chunk_.end);
  }

  void end_row() {
    if (row_letters_ >= 3 || row_suspect_) add(row_begin_, row_end_);
    row_letters_ = 0;
    row_suspect_ = false;
  }

  // Addresses are full of digits and signs that mean nothing else.
  [[nodiscard]] bool is_link() const noexcept {
    const std::string_view chunk = text_.substr(chunk_.begin, chunk_.end - chunk_.begin);
    return chunk.find("://") != std::string_view::npos || chunk.starts_with("www.");
  }

  void add(std::size_t begin, std::size_t end) {
    out_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // Letters that is_pair() or is_stroke() may ask about as the second one, besides
  // those after an I or l.
  static constexpr std::array<bool, 128> draws_ = [] {
    std::array<bool, 128> table{};
    for (const char c : {'n', 'N', 'l', 'L', 'v', 'V', 'u', 'U', 'I'}) {
      table[static_cast<std::size_t>(c)] = true;
    }
    return table;
  }();

  std::string_view text_;
  std::vector<Range>& out_;
  std::size_t at_ = 0;
  Chunk chunk_;
  std::size_t row_begin_ = 0;  // of single letters
  std::size_t row_end_ = 0;
  std::uint32_t row_letters_ = 0;
  bool row_suspect_ = false;
  PlainBlock block_;  // of the bytes from block_begin_ on, valid up to block_end_
  std::size_t block_begin_ = 0;
  std::size_t block_end_ = 0;
};

}  // namespace

void find_suspects(std::string_view text, std::vector<Range>& out) {
  Suspects(text, out).run(PlainBlock::supported);
}

void find_suspects_closely(std::string_view text, std::vector<Range>& out) {
  Suspects(text, out).run(false);
}

}  // namespace modcore::text
