// Durations, dates and time zones of rules and policies.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

// Seconds of a unit of time ("min", "days"); nothing for any other word.
[[nodiscard]] std::optional<std::int64_t> seconds_in(std::string_view unit) noexcept;

// "15 min" to seconds.
[[nodiscard]] std::optional<std::int64_t> parse_duration(const Reporter& report,
                                                         const ast::Name& text);

// The zone's offsets from the system's data, from 1970 on.
[[nodiscard]] std::optional<ir::TimeZone> find_time_zone(const Reporter& report,
                                                         const ast::Name& name);

// The first second of a date or RFC 3339 time, or the first after it: a date
// alone is the whole day in the zone.
struct Instants {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};
[[nodiscard]] std::optional<Instants> parse_date(const Reporter& report, const ast::Name& text,
                                                 const ir::TimeZone& zone);

}  // namespace modcore::checker
