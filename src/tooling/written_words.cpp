#include "tooling/written_words.hpp"

#include <algorithm>

#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/links.hpp"
#include "text/fold.hpp"
#include "text/links.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::tooling {
namespace {

using text::Range;
namespace unicode = text::unicode;

constexpr std::size_t fewest_letters = 3;

// What must stay as it is to do its work: links, @names, #tags; in order.
std::vector<Range> find_addresses(std::string_view text) {
  text::Links links;
  std::vector<Range> found, all;
  text::find_links(text, links);
  for (const text::Link& link : links) all.push_back(link.range);
  text::find_mentions(text, found);
  all.insert(all.end(), found.begin(), found.end());
  text::find_hashtags(text, found);
  all.insert(all.end(), found.begin(), found.end());
  std::ranges::sort(all, {}, &Range::begin);
  return all;
}

class Reader {
 public:
  Reader(std::string_view text, std::span<const Range> ranges)
      : text_(text), ranges_(ranges), addresses_(find_addresses(text)) {}

  WrittenWords run() {
    out_.between.emplace_back();
    while (at_ < text_.size()) {
      if (skip_address()) continue;
      const utf8::Decoded next = utf8::decode(text_, at_);
      if (next.valid && is_letter(at_, next)) {
        read_word();
      } else {
        out_.between.back() += text_.substr(at_, next.length);
        at_ += next.length;
      }
    }
    return std::move(out_);
  }

 private:
  bool skip_address() {
    while (address_ < addresses_.size() && addresses_[address_].end <= at_) ++address_;
    if (address_ == addresses_.size() || addresses_[address_].begin > at_) return false;
    const std::size_t end = addresses_[address_].end;
    out_.between.back() += text_.substr(at_, end - at_);
    at_ = end;
    return true;
  }

  // What a word begins with, and each of its letters: not a mark alone.
  [[nodiscard]] bool is_letter(std::size_t at, utf8::Decoded next) const {
    return text::is_word(next.code_point) &&
           !text::fold(text_.substr(at, next.length), text::Level::accents).empty();
  }

  // Marks and invisible characters.
  [[nodiscard]] bool follows_letter(std::size_t at, utf8::Decoded next) const {
    return next.valid && next.code_point >= 0x80 &&
           text::fold(text_.substr(at, next.length), text::Level::accents).empty();
  }

  void read_word() {
    const std::size_t begin = at_;
    Word word;
    while (at_ < text_.size()) {
      const utf8::Decoded next = utf8::decode(text_, at_);
      if (!next.valid || !is_letter(at_, next)) break;
      word.letters.push_back(read_letter(next));
    }
    word.joints.resize(word.letters.size() - 1);
    word.may_change = is_asked_for(begin) && is_changeable(word);
    out_.words.push_back(std::move(word));
    out_.between.emplace_back();
  }

  Letter read_letter(utf8::Decoded first) {
    const std::size_t begin = at_;
    at_ += first.length;
    while (at_ < text_.size()) {
      const utf8::Decoded next = utf8::decode(text_, at_);
      if (!follows_letter(at_, next)) break;
      at_ += next.length;
    }
    Letter letter;
    letter.written = text_.substr(begin, at_ - begin);
    letter.folded = text::fold(letter.written, text::Level::accents);
    letter.code_point = first.code_point;
    letter.is_letter = !unicode::has(first.code_point, unicode::decimal);
    if (letter.folded.size() == 1 && letter.folded[0] >= 'a' && letter.folded[0] <= 'z') {
      const bool capital = unicode::has(first.code_point, unicode::upper);
      letter.ascii = static_cast<char>(letter.folded[0] - (capital ? 'a' - 'A' : 0));
    }
    return letter;
  }

  [[nodiscard]] bool is_asked_for(std::size_t begin) const {
    return std::ranges::any_of(
        ranges_, [&](Range range) { return range.begin <= begin && at_ <= range.end; });
  }

  static bool is_changeable(const Word& word) {
    const auto letters = std::ranges::count(word.letters, true, &Letter::is_letter);
    return static_cast<std::size_t>(letters) >= fewest_letters &&
           std::ranges::none_of(word.letters, [](const Letter& letter) {
             return text::is_unspaced(letter.code_point);
           });
  }

  std::string_view text_;
  std::span<const Range> ranges_;
  std::vector<Range> addresses_;
  std::size_t address_ = 0;
  std::size_t at_ = 0;
  WrittenWords out_;
};

}  // namespace

WrittenWords take_apart(std::string_view text, std::span<const Range> ranges) {
  return Reader(text, ranges).run();
}

std::string put_together(const WrittenWords& written) {
  std::string out = written.between.front();
  for (std::size_t i = 0; i < written.words.size(); ++i) {
    const Word& word = written.words[i];
    for (std::size_t k = 0; k < word.letters.size(); ++k) {
      out += word.letters[k].written;
      if (k < word.joints.size()) out += word.joints[k];
    }
    out += written.between[i + 1];
  }
  return out;
}

}  // namespace modcore::tooling
