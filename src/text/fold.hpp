// Folding: one map from code points to bytes, used for patterns and text alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace modcore::text {

// exact: canonical decomposition only, so that composed and decomposed letters
// are equal. case_: and full case folding. accents: and no diacritics (Hebrew and
// Arabic points among them; vowel signs, nuktas, voicing marks and hamzas are
// parts of letters and stay), no wide, presentation or ligature forms, no
// invisible or control characters, typographic quotes and dashes as ASCII, white
// space as ' ', every kind of line break as '\n' (CR LF as two).
enum class Level : std::uint8_t { exact, case_, accents };

// Invalid UTF-8 becomes U+FFFD, one for each maximal ill-formed subpart. The
// accents level is a homomorphism: the fold of a text is the fold of its code
// points one after the other. Therefore it does not reorder the few marks that
// stay; what exact or case_ finds equal is equal at accents unless two of those
// were typed in the wrong order.
[[nodiscard]] std::string fold(std::string_view text, Level level);

// Text with invalid UTF-8 replaced in the same way, otherwise as it is.
[[nodiscard]] std::string repair(std::string_view text);

// Letters, marks and digits: what words are made of.
[[nodiscard]] bool is_word(char32_t code_point) noexcept;

// Whether the code point belongs to a script that puts no spaces between words
// (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar...).
[[nodiscard]] bool is_unspaced(char32_t code_point) noexcept;

}  // namespace modcore::text
