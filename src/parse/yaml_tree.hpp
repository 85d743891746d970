// YAML as the rule language reads it: a tree of our own in which everything knows
// its place, of files that are strict YAML and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.hpp"
#include "parse/scalar_map.hpp"
#include "source/source_map.hpp"

namespace modcore::parse {

struct YamlLimits {
  std::size_t file_bytes = std::size_t{8} << 20U;
  std::size_t depth = 64;
  std::size_t nodes = 1'000'000;
  // One scalar or bracketed collection: the parser below holds it all in memory.
  std::size_t token_bytes = std::size_t{256} << 10U;
};

struct YamlEntry;

struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, map };
  Kind kind = Kind::null;
  ScalarStyle style = ScalarStyle::plain;
  bool in_brackets = false;  // a collection written with [] or {}
  // Something was reported about it already: what follows from it is not news.
  bool reported = false;
  source::Span span;
  std::string text;  // scalars: decoded; nulls: as written, empty for nothing at all
  ScalarMap map;
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_plain() const { return is_scalar() && style == ScalarStyle::plain; }
  // The place of a part of the decoded text.
  [[nodiscard]] source::Span span_of(std::size_t begin, std::size_t end) const;
  [[nodiscard]] const YamlEntry* find(std::string_view key) const;
};

// Keys are scalars: others were reported and left out.
struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

// Reads the one document of a file; nothing if it is no YAML. An empty file is a
// null.
[[nodiscard]] std::optional<YamlNode> read_yaml(const source::SourceMap& sources,
                                                source::SourceId id, diag::Sink& sink,
                                                const YamlLimits& limits = {});

}  // namespace modcore::parse
