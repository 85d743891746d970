// How the two halves of the canonical text write values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace modcore::ir {

// In double quotes, with \" \\ \n and \xNN for control characters.
[[nodiscard]] std::string quoted(std::string_view text);
// Thousandths as a decimal number, "1.5".
[[nodiscard]] std::string decimal(std::int64_t thousandths);

}  // namespace modcore::ir
