// A format that one verb alone writes, beside those of all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/rules.hpp"

namespace modcore::cli {

// Takes `html` or `html=FILE` out of the outputs that were asked for; the files, "-"
// for standard output.
[[nodiscard]] std::vector<std::string> take_outputs(CommonOptions& options, std::string_view format);

// Writes to each. Throws Failure for a file that cannot be written or is in `read`.
void write_own(const std::vector<std::string>& files, const std::string& text,
               const std::vector<std::string>& read);

}  // namespace modcore::cli
