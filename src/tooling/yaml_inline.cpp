#include <algorithm>
#include <string>

#include "tooling/yaml_layout.hpp"

namespace modcore::tooling {
namespace {

using parse::ScalarStyle;
using parse::YamlNode;

constexpr std::string_view blanks = " \t";

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

class Inliner {
 public:
  explicit Inliner(std::string_view text) : text_(text) {}

  void visit(const YamlNode& node) {
    if (node.is_scalar() && wants_double(node)) quote(node);
    if (node.in_brackets) space(node);
    // One list, one kind of quotes.
    const bool all = std::ranges::all_of(node.items, [this](const YamlNode& item) {
      return item.style != ScalarStyle::single_quoted || wants_double(item);
    });
    for (const YamlNode& item : node.items) {
      if (all || !item.is_scalar()) visit(item);
    }
    for (const auto& entry : node.entries) {
      visit(entry.key);
      // There a backslash may follow any day.
      if (entry.key.text != "regex") visit(entry.value);
    }
  }

  std::vector<Edit> take() { return std::move(edits_); }

 private:
  [[nodiscard]] std::string_view written(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }

  // Single quotes around what means the same in double ones.
  [[nodiscard]] bool wants_double(const YamlNode& node) const {
    const std::string_view scalar = written(node.span.begin, node.span.end);
    if (node.style != ScalarStyle::single_quoted || scalar.size() < 2) return false;
    return scalar.substr(1, scalar.size() - 2).find_first_of("\"'\\\n\r\t") ==
           std::string_view::npos;
  }

  void quote(const YamlNode& node) {
    const std::string_view scalar = written(node.span.begin, node.span.end);
    edits_.push_back({node.span.begin, node.span.end,
                      '"' + std::string(scalar.substr(1, scalar.size() - 2)) + '"'});
  }

  // Only what stands in one line without a comment.
  void space(const YamlNode& node) {
    const std::string_view whole = written(node.span.begin, node.span.end);
    if (whole.size() < 2 || whole.find_first_of("\n\r#") != std::string_view::npos) return;
    std::uint32_t at = node.span.begin + 1;
    std::string_view wanted = "";
    for (const YamlNode& item : node.items) {
      gap(at, item.span.begin, wanted);
      at = item.span.end;
      wanted = ", ";
    }
    for (const auto& entry : node.entries) {
      gap(at, entry.key.span.begin, wanted);
      if (entry.value.span.begin > entry.key.span.end) {
        gap(entry.key.span.end, entry.value.span.begin, ": ");
      }
      at = std::max(entry.key.span.end, entry.value.span.end);
      wanted = ", ";
    }
    const std::uint32_t close = node.span.end - 1;
    if (at <= close && without_blanks(written(at, close)).empty()) replace(at, close, "");
  }

  // Between two parts: blanks around what the wanted text is without them.
  void gap(std::uint32_t begin, std::uint32_t end, std::string_view wanted) {
    if (begin > end || without_blanks(written(begin, end)) != without_blanks(wanted)) return;
    replace(begin, end, wanted);
  }

  void replace(std::uint32_t begin, std::uint32_t end, std::string_view wanted) {
    if (written(begin, end) != wanted) edits_.push_back({begin, end, std::string(wanted)});
  }

  std::string_view text_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> inline_edits(std::string_view text, const YamlNode& root) {
  Inliner inliner(text);
  inliner.visit(root);
  return inliner.take();
}

}  // namespace modcore::tooling
