#include <algorithm>
#include <map>

#include "tooling/yaml_layout.hpp"

namespace modcore::tooling {
namespace {

using parse::YamlNode;

constexpr std::uint32_t step = 2;

struct Move {
  std::uint32_t from = 0;  // columns, from 0
  std::uint32_t to = 0;
  [[nodiscard]] std::int64_t distance() const { return std::int64_t{to} - std::int64_t{from}; }
};

class Indenter {
 public:
  Indenter(std::string_view text, const YamlNode& root)
      : text_(text), lines_(lines_of(text, root)) {
    if (is_block(root)) place(root, 0);
  }

  std::optional<std::vector<Edit>> edits() {
    if (!understood_) return std::nullopt;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const TextLine& line = lines_[i];
      if (line.is_blank() && !line.in_block) continue;
      indent(line, std::int64_t{line.indentation()} + distance_of(i));
    }
    return std::move(edits_);
  }

 private:
  static bool is_block(const YamlNode& node) {
    const bool collection =
        node.kind == YamlNode::Kind::map || node.kind == YamlNode::Kind::sequence;
    return collection && !node.in_brackets;
  }

  [[nodiscard]] const TextLine& line_at(std::uint32_t byte) const {
    const auto next = std::ranges::upper_bound(lines_, byte, {}, &TextLine::begin);
    return next == lines_.begin() ? lines_.front() : *(next - 1);
  }

  void start(std::uint32_t byte, std::uint32_t column) {
    moves_[byte] = {byte - line_at(byte).begin, column};
  }

  void place(const YamlNode& node, std::uint32_t column) {
    for (const auto& entry : node.entries) {
      start(entry.key.span.begin, column);
      if (is_block(entry.value)) place(entry.value, column + step);
    }
    for (const YamlNode& item : node.items) place_item(item, column);
  }

  // The dash of an item stands before it in its line.
  void place_item(const YamlNode& item, std::uint32_t column) {
    const TextLine& line = line_at(item.span.begin);
    std::uint32_t dash = item.span.begin;
    while (dash > line.begin && text_[dash - 1] == ' ') --dash;
    if (dash == line.begin || text_[dash - 1] != '-' || dash == item.span.begin) {
      understood_ = false;
      return;
    }
    start(dash - 1, column);
    if (dash + 1 != item.span.begin) edits_.push_back({dash, item.span.begin, " "});
    if (is_block(item)) {
      place(item, column + step);
    } else {
      start(item.span.begin, column + step);
    }
  }

  [[nodiscard]] const Move* move_at(std::uint32_t byte) const {
    const auto found = moves_.find(byte);
    return found == moves_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] std::int64_t distance_of(std::size_t index) const {
    const TextLine& line = lines_[index];
    if (line.is_kept()) return distance_before(line.begin);
    if (const Move* move = move_at(line.content)) return move->distance();
    if (text_[line.content] == '#') return distance_of_comment(index);
    return distance_before(line.begin);  // a value below its key
  }

  [[nodiscard]] std::int64_t distance_before(std::uint32_t byte) const {
    const auto next = moves_.lower_bound(byte);
    return next == moves_.begin() ? 0 : std::prev(next)->second.distance();
  }

  // A comment belongs to the nearest line below it, else above it, that stands in
  // its column; one that stands nowhere goes with the line below.
  [[nodiscard]] std::int64_t distance_of_comment(std::size_t index) const {
    const std::uint32_t column = lines_[index].indentation();
    const Move* below = nullptr;
    for (std::size_t i = index + 1; i < lines_.size() && below == nullptr; ++i) {
      if (!lines_[i].is_kept()) below = move_at(lines_[i].content);
    }
    if (below != nullptr && below->from == column) return below->distance();
    for (std::size_t i = index; i-- > 0;) {
      const Move* above = lines_[i].is_kept() ? nullptr : move_at(lines_[i].content);
      if (above != nullptr && above->from == column) return above->distance();
      if (above != nullptr && above->from < column) break;
    }
    return below != nullptr ? below->distance() : distance_before(lines_[index].begin);
  }

  void indent(const TextLine& line, std::int64_t wanted) {
    const auto columns = static_cast<std::uint32_t>(std::max<std::int64_t>(wanted, 0));
    if (columns == line.indentation()) return;
    if (line.in_block && line.is_blank()) {
      // Fewer blanks than the text around it has: they mean nothing.
      if (line.end == line.begin) return;
    }
    edits_.push_back({line.begin, line.content, std::string(columns, ' ')});
  }

  std::string_view text_;
  std::vector<TextLine> lines_;
  std::map<std::uint32_t, Move> moves_;  // by the byte where a key, dash or item begins
  std::vector<Edit> edits_;
  bool understood_ = true;
};

}  // namespace

std::optional<std::vector<Edit>> indentation_edits(std::string_view text, const YamlNode& root) {
  return Indenter(text, root).edits();
}

}  // namespace modcore::tooling
