// Groups of patterns: kinds with their items, options, exceptions.
#pragma once

#include <optional>
#include <string_view>

#include "ast/ast.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

// The kind that a key names: `words`, `phrases`...
[[nodiscard]] std::optional<ast::ItemKind> item_kind_of(std::string_view key);

[[nodiscard]] ast::ItemList read_item_list(const YamlEntry& entry, ast::ItemKind kind,
                                           Reporter& reporter);

// A group under its name in `patterns`: phrases, or a map of kinds and options.
[[nodiscard]] ast::Group read_group(const YamlEntry& entry, Reporter& reporter);

}  // namespace modcore::parse
