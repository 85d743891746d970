// Texts of strangers as HTML, and numbers as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/corpus.hpp>

namespace modcore::tooling {

// Safe as content and in quoted attributes. Control characters, and those that turn the
// reading direction, are written out; invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string html_text(std::string_view text);
[[nodiscard]] std::string html_attribute(std::string_view text);

// The text with the evidence of this field in <mark>.
[[nodiscard]] std::string html_marked(std::string_view text, std::string_view field,
                                      const std::vector<Evidence>& evidence);

[[nodiscard]] std::string grouped(std::uint64_t number);                    // "12,345"
[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole);  // "0.5 %"
[[nodiscard]] std::string percent(double share);
// "93.2 % (88.1 to 96.4)", or "–" if it was measured on nothing.
[[nodiscard]] std::string with_interval(const Rate& rate);

}  // namespace modcore::tooling
