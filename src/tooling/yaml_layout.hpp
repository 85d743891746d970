// Where the lines of a YAML file belong, so that its layout can be changed
// without touching what it says.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parse/yaml_tree.hpp"
#include "tooling/edits.hpp"

namespace modcore::tooling {

struct TextLine {
  std::uint32_t begin = 0;
  std::uint32_t content = 0;  // the first byte that is no space
  std::uint32_t end = 0;      // without the line's end
  std::uint32_t next = 0;     // where the next line begins
  bool in_scalar = false;     // begins inside a scalar of several lines
  bool in_block = false;      // namely a literal or folded one
  bool in_brackets = false;   // begins inside a bracketed collection
  bool ends_in_scalar = false;

  [[nodiscard]] bool is_blank() const { return content == end; }
  [[nodiscard]] bool is_kept() const { return in_scalar || in_brackets; }
  [[nodiscard]] std::uint32_t indentation() const { return content - begin; }
};

[[nodiscard]] std::vector<TextLine> lines_of(std::string_view text, const parse::YamlNode& root);

// Two columns for each level, one space after a dash; texts of several lines and
// comments move with what they belong to. Nothing where the layout is one that
// this does not understand.
[[nodiscard]] std::optional<std::vector<Edit>> indentation_edits(std::string_view text,
                                                                 const parse::YamlNode& root);

// No blanks at the ends of lines, no two blank lines in a row, none at the ends of
// the file, one before each rule of several lines, a line end at the end.
[[nodiscard]] std::vector<Edit> blank_edits(std::string_view text, const parse::YamlNode& root);

// Double quotes where nothing speaks for single ones; `[a, b]` and `{a: b}`.
[[nodiscard]] std::vector<Edit> inline_edits(std::string_view text, const parse::YamlNode& root);

}  // namespace modcore::tooling
