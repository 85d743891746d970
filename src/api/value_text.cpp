#include "api/value_text.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

#include "ir/dump.hpp"

namespace modcore::api {

namespace {

// In the largest unit that leaves no rest.
std::string duration_text(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    std::string_view one, many;
  };
  static constexpr std::array<Unit, 3> units = {
      {{86400, "day", "days"}, {3600, "h", "h"}, {60, "min", "min"}}};
  for (const Unit& unit : units) {
    if (seconds == 0 || seconds % unit.seconds != 0) continue;
    const std::int64_t count = seconds / unit.seconds;
    return fmt::format("{} {}", count, count == 1 ? unit.one : unit.many);
  }
  return fmt::format("{} s", seconds);
}

std::string time_text(std::int64_t seconds) {
  const std::int64_t day = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0);
  const std::int64_t rest = seconds - day * 86400;
  // Years of five digits and more have no form in RFC 3339.
  if (day < -700000 || day > 2900000) return fmt::format("{} s since 1970", seconds);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     rest / 3600, rest / 60 % 60, rest % 60);
}

std::string set_text(std::span<const std::string_view> set) {
  std::string text = "[";
  for (const std::string_view item : set) {
    if (text.size() > 1) text += ", ";
    text += ir::quoted(item);
  }
  return text + "]";
}

}  // namespace

std::string value_text(runtime::Value value, ir::Type type) {
  if (!value.known()) return "unknown";
  switch (type) {
    case ir::Type::boolean: return value.boolean() ? "true" : "false";
    case ir::Type::integer: return fmt::format("{}", value.integer());
    case ir::Type::duration: return duration_text(value.integer());
    case ir::Type::time: return time_text(value.integer());
    case ir::Type::number: return fmt::format("{}", value.number());
    case ir::Type::text:
    case ir::Type::domain:
    case ir::Type::enumeration: return ir::quoted(value.text());
    case ir::Type::text_set:
    case ir::Type::domain_set: return set_text(value.set());
    case ir::Type::pattern:
    case ir::Type::fields: return {};
  }
  return {};
}

}  // namespace modcore::api
