// Posts cut to what a reader of a report needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <modcore/decision.hpp>

namespace modcore::tooling {

// The surroundings of the evidence in this field, or the beginning of the text; the
// evidence then points into the excerpt, and what lies outside is dropped.
[[nodiscard]] std::string excerpt(std::string_view text, std::string_view field,
                                  std::vector<Evidence>& evidence);

}  // namespace modcore::tooling
