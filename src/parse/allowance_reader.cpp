// YAML parsers drop comments, so these are found in the text; what they cover is told
// by the indentation, which means the same to the eye and to YAML.
#include "parse/allowance_reader.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "diag/catalogue.hpp"

namespace modcore::parse {
namespace {

using source::Span;

constexpr std::string_view directive = "modcore:";
constexpr std::string_view blanks = " \t";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}
bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
}

// ---- What a comment says

class CommentReader {
 public:
  CommentReader(std::string_view text, Span comment) : text_(text), comment_(comment) {}

  // Behind `modcore:`; nothing if this does not ask to allow anything.
  std::optional<diag::Allowance> read(std::uint32_t at) {
    at_ = at;
    skip_blanks();
    if (take_word().text != "allow") return std::nullopt;
    diag::Allowance allowance;
    allowance.comment = comment_;
    for (skip_blanks(); at_ < comment_.end && is_word(text_[at_]); skip_separators()) {
      const std::uint32_t before = at_;
      diag::AllowedId word = take_word();
      if (word.text == "reason") {
        at_ = before;
        break;
      }
      allowance.ids.push_back(std::move(word));
    }
    allowance.reason = reason();
    return allowance;
  }

 private:
  void skip_blanks() {
    while (at_ < comment_.end && is_blank(text_[at_])) ++at_;
  }
  void skip_separators() {
    while (at_ < comment_.end && (is_blank(text_[at_]) || text_[at_] == ',')) ++at_;
  }

  diag::AllowedId take_word() {
    const std::uint32_t begin = at_;
    while (at_ < comment_.end && is_word(text_[at_])) ++at_;
    return {std::string(text_.substr(begin, at_ - begin)), {comment_.source, begin, at_}, false};
  }

  // `reason="..."`, the quotes of either kind.
  std::string reason() {
    const std::string_view rest = text_.substr(at_, comment_.end - at_);
    constexpr std::string_view key = "reason";
    if (!rest.starts_with(key)) return {};
    std::size_t i = rest.find_first_not_of(blanks, key.size());
    if (i >= rest.size() || rest[i] != '=') return {};
    i = rest.find_first_not_of(blanks, i + 1);
    if (i >= rest.size() || (rest[i] != '"' && rest[i] != '\'')) return {};
    const std::size_t end = rest.find(rest[i], i + 1);
    if (end == std::string_view::npos) return {};
    const std::string_view inside = rest.substr(i + 1, end - i - 1);
    return inside.find_first_not_of(blanks) == std::string_view::npos ? "" : std::string(inside);
  }

  std::string_view text_;
  Span comment_;
  std::uint32_t at_ = 0;
};

// ---- Where comments stand and what they cover

struct Line {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t content = 0;  // the first byte that is no blank; `end` without one
};

class FileComments {
 public:
  FileComments(std::string_view text, source::SourceId id) : text_(text), id_(id) {
    std::uint32_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (begin <= text.size()) {
      const std::size_t found = text.find('\n', begin);
      const auto end = static_cast<std::uint32_t>(std::min(found, text.size()));
      Line line{begin, end, begin};
      while (line.content < end && is_blank(text[line.content])) ++line.content;
      lines_.push_back(line);
      begin = end + 1;
    }
  }

  template <typename Take>
  void for_each(const Take& take) const {
    for (std::size_t index = 0; index < lines_.size(); ++index) {
      const Line& line = lines_[index];
      const std::string_view text = text_.substr(line.begin, line.end - line.begin);
      const std::size_t found = text.find(directive);
      if (found == std::string_view::npos) continue;
      const auto word = line.begin + static_cast<std::uint32_t>(found);
      if (const auto hash = comment_sign(line, word)) {
        take(index, Span{id_, *hash, trimmed_end(line)},
             word + static_cast<std::uint32_t>(directive.size()));
      }
    }
  }

  [[nodiscard]] Span covered(std::size_t index, std::uint32_t hash) const {
    const Line& line = lines_[index];
    if (line.content != hash) return block(index, behind_dashes(line));
    const std::size_t first = content_after(index);
    if (first == lines_.size()) return {id_, hash, hash};
    const bool above_all = content_after(0, true) == first;
    if (above_all) return {id_, 0, static_cast<std::uint32_t>(text_.size()) + 1};
    return block(first, lines_[first].content);
  }

  // Of a list: the next item, if the comment has a line of its own, as it must.
  [[nodiscard]] Span next_line(std::size_t index, std::uint32_t hash) const {
    const std::size_t next = content_after(index);
    if (next == lines_.size() || lines_[index].content != hash) return {id_, hash, hash};
    return {id_, lines_[next].begin, lines_[next].end + 1};
  }

 private:
  [[nodiscard]] std::optional<std::uint32_t> comment_sign(const Line& line,
                                                          std::uint32_t word) const {
    std::uint32_t at = word;
    while (at > line.begin && is_blank(text_[at - 1])) --at;
    if (at == line.begin || text_[at - 1] != '#') return std::nullopt;
    --at;
    if (at > line.begin && !is_blank(text_[at - 1])) return std::nullopt;
    return at;
  }

  [[nodiscard]] std::uint32_t trimmed_end(const Line& line) const {
    std::uint32_t end = line.end;
    while (end > line.begin && is_blank(text_[end - 1])) --end;
    return end;
  }

  [[nodiscard]] bool has_content(const Line& line) const {
    return line.content < line.end && text_[line.content] != '#';
  }
  [[nodiscard]] std::size_t content_after(std::size_t index, bool itself = false) const {
    std::size_t next = itself ? index : index + 1;
    while (next < lines_.size() && !has_content(lines_[next])) ++next;
    return next;
  }

  [[nodiscard]] bool is_dash(std::uint32_t at, const Line& line) const {
    return at < line.end && text_[at] == '-' && (at + 1 == line.end || is_blank(text_[at + 1]));
  }
  [[nodiscard]] std::uint32_t behind_dashes(const Line& line) const {
    std::uint32_t at = line.content;
    while (is_dash(at, line)) {
      ++at;
      while (at < line.end && is_blank(text_[at])) ++at;
    }
    return at;
  }

  // From this line on as long as lines are indented further than `content`.
  [[nodiscard]] Span block(std::size_t index, std::uint32_t content) const {
    const Line& first = lines_[index];
    const std::uint32_t column = content - first.begin;
    const bool key = !is_dash(content, first);
    std::uint32_t end = first.end + 1;
    for (std::size_t next = content_after(index); next < lines_.size(); next = content_after(next)) {
      const Line& line = lines_[next];
      const std::uint32_t indent = line.content - line.begin;
      const char sign = text_[line.content];
      const bool goes_on = sign == ']' || sign == '}' || (key && is_dash(line.content, line));
      if (indent < column || (indent == column && !goes_on)) break;
      end = line.end + 1;
    }
    return {id_, first.begin, end};
  }

  std::string_view text_;
  source::SourceId id_;
  std::vector<Line> lines_;
};

// In quotes or a block of text a `#` is no comment.
bool inside_text(const YamlNode& node, std::uint32_t at) {
  if (node.is_scalar()) return node.span.begin <= at && at < node.span.end;
  const auto inside = [at](const YamlNode& one) { return inside_text(one, at); };
  return std::ranges::any_of(node.items, inside) ||
         std::ranges::any_of(node.entries, [&](const YamlEntry& entry) {
           return inside(entry.key) || inside(entry.value);
         });
}

// Words after `modcore:` that were meant to allow something, as far as one can tell.
bool looks_like_allowance(std::string_view said) {
  for (const std::string_view word : {"allow", "ignore", "disable", "suppress", "noqa", "reason"}) {
    if (said.find(word) != std::string_view::npos) return true;
  }
  for (std::size_t i = 0; i + 3 < said.size(); ++i) {
    const auto digit = [&](std::size_t at) {
      return std::isdigit(static_cast<unsigned char>(said[at])) != 0;
    };
    if (said[i] == 'M' && digit(i + 1) && digit(i + 2) && digit(i + 3)) return true;
  }
  return false;
}

void accept(std::string_view text, Span comment, std::uint32_t at, Span covered, diag::Sink& sink) {
  auto allowance = CommentReader(text, comment).read(at);
  if (allowance && !allowance->ids.empty()) {
    allowance->covered = covered;
    sink.allowances().add(std::move(*allowance));
  } else if (allowance || looks_like_allowance(text.substr(at, comment.end - at))) {
    sink.report(diag::comment_not_understood, comment);
  }
}

}  // namespace

void read_allowances(const source::SourceMap& sources, const YamlNode& root, diag::Sink& sink) {
  const source::SourceId id = root.span.source;
  const std::string_view text = sources.text(id);
  if (text.find(directive) == std::string_view::npos) return;
  const FileComments comments(text, id);
  comments.for_each([&](std::size_t line, Span comment, std::uint32_t at) {
    if (inside_text(root, comment.begin)) return;
    accept(text, comment, at, comments.covered(line, comment.begin), sink);
  });
}

void read_list_allowances(const source::SourceMap& sources, source::SourceId id, diag::Sink& sink) {
  const std::string_view text = sources.text(id);
  if (text.find(directive) == std::string_view::npos) return;
  const FileComments comments(text, id);
  comments.for_each([&](std::size_t line, Span comment, std::uint32_t at) {
    accept(text, comment, at, comments.next_line(line, comment.begin), sink);
  });
}

}  // namespace modcore::parse
