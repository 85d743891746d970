#include "tooling/yaml_layout.hpp"

#include <algorithm>

namespace modcore::tooling {
namespace {

using parse::ScalarStyle;
using parse::YamlNode;

std::vector<TextLine> split(std::string_view text) {
  std::vector<TextLine> lines;
  std::uint32_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const auto size = static_cast<std::uint32_t>(text.size());
  while (begin < size) {
    TextLine line;
    line.begin = begin;
    const std::size_t feed = text.find('\n', begin);
    line.end = feed == std::string_view::npos ? size : static_cast<std::uint32_t>(feed);
    line.next = feed == std::string_view::npos ? size : line.end + 1;
    if (line.end > begin && text[line.end - 1] == '\r') --line.end;
    line.content = begin;
    while (line.content < line.end && (text[line.content] == ' ' || text[line.content] == '\t')) {
      ++line.content;
    }
    lines.push_back(line);
    begin = line.next;
  }
  return lines;
}

// Marks the lines that begin or end inside the span of a scalar or collection.
class Marker {
 public:
  explicit Marker(std::vector<TextLine>& lines) : lines_(lines) {}

  void mark(const YamlNode& node) {
    if (node.is_scalar()) mark_scalar(node);
    if (node.in_brackets) {
      each_begun_in(node.span, [](TextLine& line) { line.in_brackets = true; });
    }
    for (const YamlNode& item : node.items) mark(item);
    for (const auto& entry : node.entries) {
      mark(entry.key);
      mark(entry.value);
    }
  }

 private:
  void mark_scalar(const YamlNode& node) {
    const bool block = node.style == ScalarStyle::literal || node.style == ScalarStyle::folded;
    each_begun_in(node.span, [block](TextLine& line) {
      line.in_scalar = true;
      line.in_block = block;
    });
    const auto first = std::ranges::upper_bound(lines_, node.span.begin, {}, &TextLine::begin);
    if (first == lines_.begin()) return;
    for (auto line = first - 1; line != lines_.end() && line->end < node.span.end; ++line) {
      line->ends_in_scalar = true;
    }
  }

  template <typename Mark>
  void each_begun_in(const source::Span& span, Mark mark) {
    auto line = std::ranges::upper_bound(lines_, span.begin, {}, &TextLine::begin);
    for (; line != lines_.end() && line->begin < span.end; ++line) mark(*line);
  }

  std::vector<TextLine>& lines_;
};

}  // namespace

std::vector<TextLine> lines_of(std::string_view text, const YamlNode& root) {
  std::vector<TextLine> lines = split(text);
  Marker(lines).mark(root);
  return lines;
}

namespace {

// Where each rule of several lines begins: the line of its dash.
std::vector<std::uint32_t> rule_begins(std::string_view text, const YamlNode& root) {
  std::vector<std::uint32_t> begins;
  const parse::YamlEntry* rules = root.find("rules");
  if (rules == nullptr || rules->value.in_brackets) return begins;
  bool long_before = false;
  for (const YamlNode& rule : rules->value.items) {
    const std::string_view written = text.substr(rule.span.begin, rule.span.end - rule.span.begin);
    const bool is_long = written.find('\n') != std::string_view::npos;
    if (&rule != &rules->value.items.front() && (is_long || long_before)) {
      begins.push_back(rule.span.begin);
    }
    long_before = is_long;
  }
  return begins;
}

class BlankLines {
 public:
  BlankLines(std::string_view text, const YamlNode& root)
      : text_(text), lines_(lines_of(text, root)), rules_(rule_begins(text, root)) {}

  std::vector<Edit> edits() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      trim_end(lines_[i]);
      if (lines_[i].is_blank() && !lines_[i].is_kept() && !wanted(i)) {
        edits_.push_back({lines_[i].begin, lines_[i].next, ""});
      }
    }
    for (const std::uint32_t rule : rules_) separate(rule);
    if (!text_.empty() && !text_.ends_with('\n') && !lines_.empty() && !lines_.back().in_block) {
      const auto end = static_cast<std::uint32_t>(text_.size());
      if (!lines_.back().is_blank()) edits_.push_back({end, end, "\n"});
    }
    return std::move(edits_);
  }

 private:
  void trim_end(const TextLine& line) {
    if (line.ends_in_scalar || line.in_block || line.is_blank()) return;
    std::uint32_t end = line.end;
    while (end > line.content && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
    if (end < line.end) edits_.push_back({end, line.end, ""});
  }

  // One blank line between lines that are not blank.
  [[nodiscard]] bool wanted(std::size_t index) const {
    if (index == 0 || (lines_[index - 1].is_blank() && !lines_[index - 1].is_kept())) return false;
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(index), lines_.end(),
                       [](const TextLine& line) { return !line.is_blank() || line.is_kept(); });
  }

  [[nodiscard]] bool is_comment(const TextLine& line) const {
    return !line.is_kept() && !line.is_blank() && text_[line.content] == '#';
  }

  // A blank line before the comments that stand above the rule.
  void separate(std::uint32_t rule) {
    const auto found = std::ranges::upper_bound(lines_, rule, {}, &TextLine::begin);
    std::size_t line = static_cast<std::size_t>(found - lines_.begin()) - 1;
    while (line > 0 && is_comment(lines_[line - 1]) &&
           lines_[line - 1].indentation() == lines_[line].indentation()) {
      --line;
    }
    if (line > 0 && !(lines_[line - 1].is_blank() && !lines_[line - 1].is_kept())) {
      const std::uint32_t at = lines_[line].begin;
      edits_.push_back(
          {at, at, text_.substr(lines_[line - 1].end).starts_with('\r') ? "\r\n" : "\n"});
    }
  }

  std::string_view text_;
  std::vector<TextLine> lines_;
  std::vector<std::uint32_t> rules_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> blank_edits(std::string_view text, const YamlNode& root) {
  return BlankLines(text, root).edits();
}

}  // namespace modcore::tooling
