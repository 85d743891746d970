// The syntax tree as text, with the place of everything, for tests and debugging.
#pragma once

#include <string>

#include "ast/ast.hpp"
#include "source/source_map.hpp"

namespace modcore::ast {

[[nodiscard]] std::string dump(const File& file, const source::SourceMap& sources);
[[nodiscard]] std::string dump(const Expr& expr, const source::SourceMap& sources);

}  // namespace modcore::ast
