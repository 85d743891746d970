// Text of strangers as a cell of a Markdown table: shown as it is, never obeyed.
#pragma once

#include <string>
#include <string_view>

namespace modcore::report {

// `code` marks in the text stay, everything else that Markdown or HTML reads is escaped.
[[nodiscard]] std::string text_cell(std::string_view text);
[[nodiscard]] std::string code_cell(std::string_view text);

}  // namespace modcore::report
