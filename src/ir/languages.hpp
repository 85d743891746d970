// Language tags, in lower case.
#pragma once

#include <string_view>

namespace modcore::ir {

// Whether a tag covers another one: "pl" covers "pl" and "pl-pl".
[[nodiscard]] inline bool covers(std::string_view tag, std::string_view lang) noexcept {
  return lang.starts_with(tag) && (lang.size() == tag.size() || lang[tag.size()] == '-');
}

}  // namespace modcore::ir
