// Texts of strangers in Markdown.
#pragma once

#include <string>
#include <string_view>

#include <modcore/corpus.hpp>

namespace modcore::tooling {

// On one line, and nothing in it formats, links, mentions or makes HTML.
[[nodiscard]] std::string markdown_text(std::string_view text);

// Title and body of an example as code, shortened.
[[nodiscard]] std::string markdown_excerpt(const BacktestExample& example);
// A text as code on one line, shortened to so many characters.
[[nodiscard]] std::string markdown_code(std::string_view text, std::size_t most = 160);

}  // namespace modcore::tooling
