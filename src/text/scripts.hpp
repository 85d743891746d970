// Which scripts the letters of a text belong to.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "text/statistics.hpp"

namespace modcore::text {

enum class Script : std::uint8_t { none = 0 };  // of unicode::Record

// By its name in the Unicode Character Database; "-", " " and "_" are one, and so
// are capitals and small letters.
[[nodiscard]] std::optional<Script> script_named(std::string_view name);
[[nodiscard]] std::string_view script_name(Script script) noexcept;
[[nodiscard]] std::vector<std::string_view> script_names();  // all, in lower case, sorted

// Letters of the script of all letters.
[[nodiscard]] Ratio script_ratio(std::string_view text, Script script);

// Words with letters of several scripts. Han goes with kana, with hangul and with
// bopomofo, as Japanese, Korean and Chinese are written.
[[nodiscard]] std::int64_t count_mixed_script(std::string_view text);

}  // namespace modcore::text
