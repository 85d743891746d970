// Values of conditions as the rule language writes them.
#pragma once

#include <string>

#include "ir/types.hpp"
#include "runtime/value.hpp"

namespace modcore::api {

// "true", "2", "3 days", "2026-01-01T12:00:00Z", "\"general\"", "[\"a\"]";
// "unknown" for a missing one.
[[nodiscard]] std::string value_text(runtime::Value value, ir::Type type);

}  // namespace modcore::api
