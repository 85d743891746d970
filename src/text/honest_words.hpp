// Words that honest people write: what a disguise must not be mistaken for.
#pragma once

#include <string_view>

namespace modcore::text {

// Whether a short word, folded, is one of everyday English, French or Polish.
[[nodiscard]] bool is_ordinary_word(std::string_view folded) noexcept;

// Whether both are ordinary words of one language: side by side they are two
// words, and not one cut in half ("pen is").
[[nodiscard]] bool are_two_words(std::string_view left, std::string_view right) noexcept;

// Whether the halves of a word, written with a space between, show that it was
// cut: they are not two words, and no initial, article or ending stands alone.
[[nodiscard]] bool is_cut_by_space(std::string_view left, std::string_view right) noexcept;

// Whether a folded word that holds "rn", "cl", "vv" or "uu" is in the dictionary, and
// so is another word with m, d or w for it: "burns" (bums), "click" (dick).
[[nodiscard]] bool is_honest_lookalike(std::string_view folded) noexcept;

}  // namespace modcore::text
