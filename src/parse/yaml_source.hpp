// The text of a file while its YAML is read: what the parser sees, and the places
// in the file that this stands for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.hpp"
#include "source/source_map.hpp"

namespace modcore::parse {

// Behind a byte order mark every byte keeps its place: what the parser must not
// see, or what was reported and stands in the way of the rest, is overwritten.
struct YamlSource {
  source::SourceId id{};
  std::uint32_t offset = 0;  // length of the byte order mark
  std::string text;
  std::string_view original;  // the same length as text
  std::vector<source::Span> overwritten;

  [[nodiscard]] source::Span span(std::uint32_t begin, std::uint32_t end) const {
    return {id, begin + offset, end + offset};
  }
  [[nodiscard]] char at(std::size_t byte) const { return byte < text.size() ? text[byte] : '\0'; }
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t byte) const;
  [[nodiscard]] std::uint32_t line_end(std::uint32_t byte) const;
  [[nodiscard]] bool same_line(std::uint32_t a, std::uint32_t b) const;
  // The end of the value that begins here: its line without a comment, or in
  // brackets up to the comma or bracket that ends the element.
  [[nodiscard]] std::uint32_t value_end(std::uint32_t begin, bool in_brackets) const;
  [[nodiscard]] bool in_brackets(std::uint32_t byte) const;

  void overwrite(std::uint32_t begin, std::uint32_t end);
};

// A text as a YAML scalar in quotes.
[[nodiscard]] std::string quoted(std::string_view text);

// Refuses what is not UTF-8 and reports control characters; false if there is
// nothing to parse then.
[[nodiscard]] bool clean(YamlSource& source, diag::Sink& sink);

}  // namespace modcore::parse
