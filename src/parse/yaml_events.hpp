// One run of the YAML parser over a text. Behind this header, and nowhere else,
// stands yaml-cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/yaml_tree.hpp"

namespace modcore::parse {

enum class YamlFault : std::uint8_t {
  bad_token,          // a character that begins no text: @ ` % * & ! ...
  bad_escape,         // after a backslash in double quotes
  rest_of_line,       // something stands behind a value, or fits no indentation
  unclosed_brackets,  // or something odd inside them
  stray_bracket,
  stray_colon,
  stray_dash,
  tab_indentation,
  unclosed_quote,
  bad_block_header,
  too_deep,
  too_many_nodes,
  token_too_long,
  other_document,
  unplaced,  // a scalar whose text and value do not belong together
  other,
};

struct YamlFailure {
  YamlFault fault = YamlFault::other;
  std::uint32_t at = 0;  // byte
  std::string words;     // the parser's own, for `other`
};

// An anchor or a tag, or an alias: the place of its first byte.
struct YamlProperty {
  char indicator = 0;  // & * !
  std::uint32_t at = 0;
};

struct YamlAttempt {
  YamlNode root;  // without spans' source; as far as the parser came
  std::optional<YamlFailure> failure;
  std::vector<YamlProperty> properties;
  std::vector<source::Span> unclosed;  // quotes that nothing closes
  std::vector<source::Span> bad_keys;  // keys that are no scalars
  // Where the last scalar or bracketed collection before a failure begins and ends.
  std::uint32_t last_begin = 0;
  std::uint32_t last_end = 0;
  std::vector<std::uint32_t> open_brackets;  // at the failure, outermost first
};

// `text` is UTF-8 without byte order mark, NUL and control characters.
[[nodiscard]] YamlAttempt parse_yaml_events(std::string_view text, const YamlLimits& limits);

}  // namespace modcore::parse
