// Units behind numbers.
#pragma once

#include "parse/expression_cursor.hpp"

namespace modcore::parse {

// Reports a unit that does not exist, or has no fixed length.
void check_unit(const Token& number, const Token& unit, ExpressionCursor& cursor);

}  // namespace modcore::parse
