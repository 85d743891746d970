// Declarations that stand in more than one kind of file.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

void check_name(const YamlNode& name, std::string_view of, bool hyphens, Reporter& reporter);

// With its name given, as in a policy, or under the key `name`, as in a rule file.
[[nodiscard]] std::optional<ast::CategoryDeclaration> read_category(const YamlNode& node,
                                                                    std::optional<ast::Name> name,
                                                                    Reporter& reporter);

[[nodiscard]] ast::ListDeclaration read_list_declaration(const YamlEntry& entry,
                                                         Reporter& reporter);

// `author.plan: text`, or nested under `author:`.
[[nodiscard]] std::vector<ast::AttributeDeclaration> read_attributes(const YamlNode& node,
                                                                     std::string_view what,
                                                                     Reporter& reporter);

}  // namespace modcore::parse
