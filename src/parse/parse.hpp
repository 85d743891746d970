// From a source to its syntax tree.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "source/source_map.hpp"

namespace modcore::parse {

enum class FileKind : std::uint8_t { rules, policy, guidelines, context, test };

// By name, as LANGUAGE says ("x.rules.yaml", "policy.yaml"...); for any other
// *.yaml by its keys, rules if nothing tells.
[[nodiscard]] FileKind kind_of(std::string_view file_name, std::string_view text);

// Reads one file. Reports everything that is wrong with it and returns what
// could be read, or nothing where it is no YAML map at all. A bare expression
// that failed to parse is left out, so that it is reported once.
[[nodiscard]] std::optional<ast::File> parse_file(const source::SourceMap& sources,
                                                  source::SourceId id, FileKind kind,
                                                  diag::Sink& sink);

// The items of a list file, one a line, with their places.
[[nodiscard]] std::vector<ast::Name> parse_list(const source::SourceMap& sources,
                                                source::SourceId id, diag::Sink& sink);

// `.modcore.yaml`: how findings count in this folder and below.
[[nodiscard]] std::optional<ast::ConfigFile> parse_config(const source::SourceMap& sources,
                                                          source::SourceId id, diag::Sink& sink);

}  // namespace modcore::parse
