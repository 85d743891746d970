// How hosts write facts: durations, times and numbers as JSON or YAML has them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "api/post_reader.hpp"

namespace modcore::api {

// Each gives nothing if the value is of another type or out of range.
[[nodiscard]] std::optional<std::int64_t> as_integer(const PostValue& value);  // 3, 3.0
[[nodiscard]] std::optional<double> as_number(const PostValue& value);
[[nodiscard]] std::optional<bool> as_boolean(const PostValue& value);
[[nodiscard]] std::optional<std::string_view> as_text(const PostValue& value);
// Seconds, or text: "90 s", "15 min", "1.5 h", "3 days", "2 weeks".
[[nodiscard]] std::optional<std::chrono::seconds> as_duration(const PostValue& value);
// Unix seconds, or RFC 3339 text: "2026-01-01T12:00:00+01:00". Fractions of a
// second are dropped.
[[nodiscard]] std::optional<std::chrono::sys_seconds> as_time(const PostValue& value);

}  // namespace modcore::api
