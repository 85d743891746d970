// What PCRE2 takes for the same letter, beyond ASCII.
#pragma once

namespace modcore::regex {

// Whether everything that PCRE2 takes for this letter without regard to case
// folds to the same at Level::accents.
[[nodiscard]] bool folds_with_its_cases(char32_t code_point) noexcept;
// Whether PCRE2 takes nothing else for it without regard to case, as far as is known here.
[[nodiscard]] bool has_no_case(char32_t code_point) noexcept;

}  // namespace modcore::regex
