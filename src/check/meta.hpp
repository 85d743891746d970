// `meta:` as the JSON text that hosts get.
#pragma once

#include <string>

#include "ast/ast.hpp"

namespace modcore::checker {

// Keys sorted, no white space; invalid UTF-8 cannot occur in a rule file.
[[nodiscard]] std::string to_json(const ast::Value& value);

}  // namespace modcore::checker
