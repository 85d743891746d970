// The decoded value is known, so the source is only walked along it: each style
// needs to know what may stand between two decoded bytes, not where it ends.
#include "parse/scalar_map.hpp"

#include <algorithm>
#include <string>

#include "support/utf8.hpp"

namespace modcore::parse {

void ScalarMap::copied(std::uint32_t decoded, std::uint32_t source) {
  const Run last = runs_.empty() ? Run{0, begin_, 0} : runs_.back();
  const bool goes_on = last.length == 0 && decoded - last.decoded == source - last.source;
  if (!goes_on) add({decoded, source, 0});
}

void ScalarMap::replaced(std::uint32_t decoded, std::uint32_t source, std::uint32_t length) {
  add({decoded, source, std::max(length, 1U)});
}

void ScalarMap::add(Run run) {
  if (!runs_.empty() && runs_.back().decoded == run.decoded) runs_.pop_back();
  runs_.push_back(run);
}

void ScalarMap::shift(std::uint32_t offset) {
  begin_ += offset;
  for (Run& run : runs_) run.source += offset;
}

ScalarMap::Run ScalarMap::run_of(std::uint32_t decoded) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), decoded,
                       [](std::uint32_t at, const Run& run) { return at < run.decoded; });
  return after == runs_.begin() ? Run{0, begin_, 0} : *(after - 1);
}

std::uint32_t ScalarMap::begin_of(std::uint32_t decoded) const {
  const Run run = run_of(decoded);
  return run.length == 0 ? run.source + (decoded - run.decoded) : run.source;
}

std::uint32_t ScalarMap::end_of(std::uint32_t decoded) const {
  if (decoded == 0) return begin_of(0);
  const Run run = run_of(decoded - 1);
  return run.length == 0 ? run.source + (decoded - run.decoded) : run.source + run.length;
}

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

class Walker {
 public:
  Walker(std::string_view text, std::uint32_t begin, std::string_view value)
      : text_(text), value_(value), at_(begin) {
    place_.begin = begin;
    place_.map = ScalarMap(begin);
  }

  std::optional<ScalarPlace> walk() {
    bool fits = false;
    switch (peek()) {
      case '\'':
        place_.style = ScalarStyle::single_quoted;
        fits = quoted('\'');
        break;
      case '"':
        place_.style = ScalarStyle::double_quoted;
        fits = quoted('"');
        break;
      case '|':
        place_.style = ScalarStyle::literal;
        fits = block();
        break;
      case '>':
        place_.style = ScalarStyle::folded;
        fits = block();
        break;
      default:
        fits = plain();
    }
    if (!fits) return std::nullopt;
    return std::move(place_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] bool value_done() const { return decoded_ >= value_.size(); }

  // How long the line break here is; 0 if there is none.
  [[nodiscard]] std::uint32_t break_length() const {
    if (at_end()) return 0;
    if (text_[at_] == '\n') return 1;
    if (text_[at_] == '\r') return at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
    return 0;
  }

  bool copy_byte() {
    if (at_end() || value_done() || text_[at_] != value_[decoded_]) return false;
    place_.map.copied(written(), at_);
    place_.text += text_[at_];
    ++decoded_;
    ++at_;
    return true;
  }

  // The source from `from` to here stands for the next `bytes` of the value.
  bool replace(std::uint32_t from, std::string_view bytes) { return replace(from, bytes, bytes); }

  bool replace(std::uint32_t from, std::string_view in_value, std::string_view meant) {
    if (value_.substr(decoded_, in_value.size()) != in_value) return false;
    if (!meant.empty()) place_.map.replaced(written(), from, at_ - from);
    place_.text += meant;
    decoded_ += in_value.size();
    return true;
  }

  [[nodiscard]] std::uint32_t written() const {
    return static_cast<std::uint32_t>(place_.text.size());
  }

  // Blanks, line breaks and indentation that fold to a space or to line feeds.
  // Does nothing where blanks lead to no line break.
  [[nodiscard]] bool at_fold() const {
    std::uint32_t i = at_;
    while (i < text_.size() && is_blank(text_[i])) ++i;
    return i < text_.size() && (text_[i] == '\n' || text_[i] == '\r');
  }

  std::uint32_t skip_fold() {
    std::uint32_t breaks = 0;
    for (;;) {
      if (const std::uint32_t length = break_length(); length != 0) {
        ++breaks;
        at_ += length;
      } else if (!at_end() && is_blank(text_[at_])) {
        ++at_;
      } else {
        return breaks;
      }
    }
  }

  bool fold() {
    const std::uint32_t from = at_;
    const std::uint32_t breaks = skip_fold();
    if (breaks == 1) return replace(from, " ");
    // yaml-cpp counts the empty lines before a closing quote otherwise.
    return replace(from, std::string(std::min<std::size_t>(breaks - 1, line_feeds_ahead()), '\n'));
  }

  [[nodiscard]] std::size_t line_feeds_ahead() const {
    const std::size_t end = std::min(value_.find_first_not_of('\n', decoded_), value_.size());
    return end - decoded_;
  }

  bool plain() {
    while (!value_done()) {
      if (!(at_fold() ? fold() : copy_byte())) return false;
    }
    place_.end = at_;
    return true;
  }

  bool quoted(char quote) {
    ++at_;
    place_.map = ScalarMap(at_);
    while (!value_done()) {
      const bool fits = at_fold()                         ? fold()
                        : quote == '\'' && peek() == '\'' ? doubled_quote()
                        : quote == '"' && peek() == '\\'  ? escape()
                                                          : copy_byte();
      if (!fits) return false;
    }
    // An escaped line break at the end gives nothing.
    while (quote == '"' && peek() == '\\' && at_ + 1 < text_.size()) {
      if (!escape()) return false;
    }
    place_.closed = peek() == quote && !at_end();
    if (place_.closed) ++at_;
    place_.end = at_;
    return true;
  }

  bool doubled_quote() {
    const std::uint32_t from = at_;
    if (peek(1) != '\'') return false;
    at_ += 2;
    return replace(from, "'");
  }

  bool escape() {
    const std::uint32_t from = at_++;
    if (break_length() != 0) return joined_line(from);
    const char kind = peek();
    ++at_;
    switch (kind) {
      case 'x':
        return code_point(from, 2);
      case 'u':
        return code_point(from, 4);
      case 'U':
        return code_point(from, 8);
      case 'N':
        return replace(from, "\x85", "\xC2\x85");
      case '_':
        return replace(from, "\xA0", "\xC2\xA0");
      default:
        return replace(from, named_escape(kind));
    }
  }

  // A backslash before the line break: the next line goes on without a space.
  bool joined_line(std::uint32_t from) {
    at_ += break_length();
    const std::size_t empty_lines = skip_fold();
    return replace(from, std::string(std::min(empty_lines, line_feeds_ahead()), '\n'));
  }

  bool code_point(std::uint32_t from, std::uint32_t digits) {
    if (at_ + digits > text_.size()) return false;
    const std::string hex(text_.substr(at_, digits));
    at_ += digits;
    std::string bytes;
    utf8::append(bytes, static_cast<char32_t>(std::stoul(hex, nullptr, 16)));
    return replace(from, bytes);
  }

  static std::string named_escape(char kind) {
    switch (kind) {
      case '0':
        return std::string(1, '\0');
      case 'a':
        return "\a";
      case 'b':
        return "\b";
      case 't':
      case '\t':
        return "\t";
      case 'n':
        return "\n";
      case 'v':
        return "\v";
      case 'f':
        return "\f";
      case 'r':
        return "\r";
      case 'e':
        return "\x1B";
      case 'L':
        return "\xE2\x80\xA8";
      case 'P':
        return "\xE2\x80\xA9";
      default:
        return std::string(1, kind);
    }
  }

  void skip_line() {
    while (!at_end() && break_length() == 0) ++at_;
    at_ += break_length();
  }

  bool block() {
    skip_line();  // the header
    const std::uint32_t indent = block_indent();
    place_.end = at_;
    place_.map = ScalarMap(at_);
    while (!value_done()) {
      if (!block_line(indent)) return false;
    }
    return true;
  }

  // The first line with text, in the file and in the value, tells how much of its
  // indentation is not part of the value; so an explicit indicator needs no care.
  [[nodiscard]] std::uint32_t block_indent() const {
    const auto first_text = [](std::string_view text, std::size_t from, std::string_view skipped) {
      return text.find_first_not_of(skipped, from);
    };
    const auto column = [](std::string_view text, std::size_t at) {
      const std::size_t line = at == 0 ? std::string_view::npos : text.find_last_of("\r\n", at - 1);
      return at - (line == std::string_view::npos ? 0 : line + 1);
    };
    const std::size_t in_file = first_text(text_, at_, " \r\n");
    const std::size_t in_value = first_text(value_, 0, " \r\n");
    if (in_file == std::string_view::npos || in_value == std::string_view::npos) return 0;
    const std::size_t file_column = column(text_, in_file);
    const std::size_t value_column = column(value_, in_value);
    return static_cast<std::uint32_t>(file_column > value_column ? file_column - value_column : 0);
  }

  bool block_line(std::uint32_t indent) {
    for (std::uint32_t i = 0; i < indent && peek() == ' '; ++i) ++at_;
    while (break_length() == 0 && !at_end()) {
      if (copy_byte()) continue;
      if (!at_fold()) return value_done();
      ++at_;  // a blank of an empty line
    }
    place_.end = at_;
    return block_breaks(indent);
  }

  // All line breaks up to the next line with text, and what they became.
  bool block_breaks(std::uint32_t indent) {
    const std::uint32_t from = at_;
    std::uint32_t first = 0;
    while (const std::uint32_t length = break_length()) {
      at_ += length;
      if (first == 0) first = length;
      if (!blank_line_follows(indent)) break;
    }
    if (value_done()) return true;
    const bool folded = place_.style == ScalarStyle::folded && value_[decoded_] == ' ';
    std::size_t end = decoded_;
    if (folded) ++end;
    while (!folded && end < value_.size() && value_[end] == '\n') ++end;
    // At the end of the file a break may be missing that the value has.
    if (end == decoded_) return at_ != from;
    place_.map.replaced(written(), from, std::max(first, 1U));
    place_.text += value_.substr(decoded_, end - decoded_);
    decoded_ = end;
    return true;
  }

  // Steps over the blanks of an empty line.
  bool blank_line_follows(std::uint32_t indent) {
    std::uint32_t i = at_;
    while (i < text_.size() && text_[i] == ' ' && i - at_ < indent) ++i;
    if (i >= text_.size() || (text_[i] != '\n' && text_[i] != '\r')) return false;
    at_ = i;
    return true;
  }

  std::string_view text_;
  std::string_view value_;
  std::uint32_t at_;
  std::size_t decoded_ = 0;
  ScalarPlace place_;
};

}  // namespace

std::optional<ScalarPlace> place_scalar(std::string_view text, std::uint32_t begin,
                                        std::string_view value) {
  return Walker(text, begin, value).walk();
}

}  // namespace modcore::parse
