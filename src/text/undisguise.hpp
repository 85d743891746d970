// Takes the disguise off links that only a person can follow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/range.hpp"

namespace modcore::text {

enum class Disguise : std::uint8_t {
  marked,   // "hxxp://", "http[:]//", "[.]", "(dot)", "&#46;"
  spelled,  // " dot "
};

// Something that was replaced.
struct Edit {
  Range plain;     // in the text without disguises
  Range original;  // in the text as written
  Disguise kind = Disguise::marked;
};

// Whether a text may hold marked disguises. Quick, for most texts hold none.
[[nodiscard]] bool may_be_disguised(std::string_view text) noexcept;
// Whether a word for a dot stands behind a blank.
[[nodiscard]] bool may_be_spelled(std::string_view text) noexcept;

// Writes the text to `plain` with what is disguised up to `kind` replaced by what it
// stands for; white space around a disguised dot goes with it. Linear.
void undisguise(std::string_view text, Disguise kind, std::string& plain, std::vector<Edit>& edits);

// Where a range of the plain text stands in the original. Edits are whole.
[[nodiscard]] Range original_range(const std::vector<Edit>& edits, Range plain) noexcept;

}  // namespace modcore::text
