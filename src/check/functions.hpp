// The functions of the rule language.
#pragma once

#include <span>
#include <string_view>

#include "ir/rule_set.hpp"

namespace modcore::checker {

enum class Parameters : std::uint8_t {
  pattern,
  two_patterns,
  fields,
  two_fields,
  fields_and_script,
  nothing,
  time,
};

struct FunctionInfo {
  std::string_view name;
  std::string_view signature;
  std::string_view summary;
  Parameters parameters = Parameters::nothing;
  ir::Type type{};
  ir::Function function{};
};

[[nodiscard]] std::span<const FunctionInfo> functions() noexcept;  // sorted by name
[[nodiscard]] const FunctionInfo* find_function(std::string_view name) noexcept;

}  // namespace modcore::checker
