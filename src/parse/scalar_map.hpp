// From the bytes of a decoded scalar back to the bytes of the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::parse {

enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

// Where each decoded byte was written. Runs of text that stands in the file as it
// was decoded cost one entry; an escape or a folded line break costs one more.
class ScalarMap {
 public:
  ScalarMap() = default;
  explicit ScalarMap(std::uint32_t source) : begin_(source) {}

  void copied(std::uint32_t decoded, std::uint32_t source);
  // All decoded bytes from `decoded` to the next run stand for `length` bytes.
  void replaced(std::uint32_t decoded, std::uint32_t source, std::uint32_t length);
  void shift(std::uint32_t offset);

  [[nodiscard]] std::uint32_t begin_of(std::uint32_t decoded) const;
  // Where the text that ends before `decoded` ends; at 0, where it begins.
  [[nodiscard]] std::uint32_t end_of(std::uint32_t decoded) const;

 private:
  struct Run {
    std::uint32_t decoded = 0;
    std::uint32_t source = 0;
    std::uint32_t length = 0;  // 0: copied
  };
  void add(Run run);
  [[nodiscard]] Run run_of(std::uint32_t decoded) const;
  std::uint32_t begin_ = 0;  // up to the first run, the text is copied from here
  std::vector<Run> runs_;    // by decoded; never two of the same
};

struct ScalarPlace {
  ScalarStyle style = ScalarStyle::plain;
  std::uint32_t begin = 0;  // with quotes or block header
  std::uint32_t end = 0;
  bool closed = true;  // false: a quote that nothing closes
  std::string text;    // the value, always UTF-8
  ScalarMap map;
};

// Follows the text of a scalar that begins at `begin` along its decoded value.
// Nothing if the two do not belong together. yaml-cpp decodes `\N` and `\_` to a
// lone byte; the text of the place holds the character.
[[nodiscard]] std::optional<ScalarPlace> place_scalar(std::string_view text, std::uint32_t begin,
                                                      std::string_view value);

}  // namespace modcore::parse
