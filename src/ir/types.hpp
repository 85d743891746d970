// The types of the rule language.
#pragma once

#include <cstdint>
#include <string_view>

namespace modcore::ir {

enum class Type : std::uint8_t {
  boolean, integer, number, duration, time, text, domain, enumeration, text_set, domain_set,
  pattern, fields,
};
[[nodiscard]] std::string_view to_string(Type) noexcept;  // "bool", "int", "set<text>"...

}  // namespace modcore::ir
