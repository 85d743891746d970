#include "api/post_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace modcore::api {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

// Ten thousand years: nothing real lies beyond, and sums of two stay in range.
constexpr double longest_seconds = 315'576'000'000.0;

std::optional<std::int64_t> whole_seconds(double value) {
  if (!std::isfinite(value) || std::abs(value) > longest_seconds) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(value));
}

struct Unit {
  std::string_view name;
  double seconds;
};
constexpr std::array<Unit, 16> units{{
    {"s", 1}, {"sec", 1}, {"second", 1}, {"seconds", 1},
    {"min", 60}, {"minute", 60}, {"minutes", 60},
    {"h", 3600}, {"hour", 3600}, {"hours", 3600},
    {"d", 86400}, {"day", 86400}, {"days", 86400},
    {"week", 604800}, {"weeks", 604800}, {"w", 604800},
}};

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<seconds> parse_duration(std::string_view text) {
  text = trim(text);
  double amount = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view name = trim(text.substr(static_cast<std::size_t>(end - text.data())));
  const auto* unit = std::ranges::find(units, name, &Unit::name);
  if (unit == units.end()) return std::nullopt;
  const auto whole = whole_seconds(amount * unit->seconds);
  return whole ? std::optional(seconds(*whole)) : std::nullopt;
}

// Reads RFC 3339 from left to right.
class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : rest_(text) {}

  std::optional<sys_seconds> read() {
    const auto year = digits(4);
    const bool first = skip("-");
    const auto month = digits(2);
    const bool second = skip("-");
    const auto day = digits(2);
    if (!first || !second || !skip("Tt ")) return std::nullopt;
    const auto since_midnight = clock(60);
    if (!skip_fraction()) return std::nullopt;
    const auto offset = zone();
    if (!since_midnight || !offset || !rest_.empty()) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (year < 0 || month < 0 || day < 0 || !date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + *since_midnight - *offset;
  }

 private:
  // `count` digits as a number, -1 if they are not there.
  int digits(std::size_t count) {
    if (rest_.size() < count) return -1;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  bool skip(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool skip_fraction() {
    if (!skip(".")) return true;
    const std::size_t length = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(length);
    return length > 0;
  }

  std::optional<seconds> hours_and_minutes() {
    const int hour = digits(2);
    const bool colon = skip(":");
    const int minute = digits(2);
    if (!colon || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return seconds(hour * 3600 + minute * 60);
  }

  std::optional<seconds> clock(int last_second) {
    const auto minutes = hours_and_minutes();
    const bool colon = skip(":");
    const int second = digits(2);
    if (!minutes || !colon || second < 0 || second > last_second) return std::nullopt;
    return *minutes + seconds(second);
  }

  std::optional<seconds> zone() {
    if (skip("Zz")) return seconds(0);
    const bool west = !rest_.empty() && rest_.front() == '-';
    if (!skip("+-")) return std::nullopt;
    const auto offset = hours_and_minutes();
    return offset && west ? -*offset : offset;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<std::int64_t> as_integer(const PostValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value.what)) return *integer;
  const auto* number = std::get_if<double>(&value.what);
  // 2^53: from there on a double no longer tells neighbours apart.
  if (number == nullptr || std::abs(*number) > 9007199254740992.0) return std::nullopt;
  if (std::trunc(*number) != *number) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::optional<double> as_number(const PostValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value.what)) {
    return static_cast<double>(*integer);
  }
  const auto* number = std::get_if<double>(&value.what);
  return number != nullptr && std::isfinite(*number) ? std::optional(*number) : std::nullopt;
}

std::optional<bool> as_boolean(const PostValue& value) {
  const auto* boolean = std::get_if<bool>(&value.what);
  return boolean != nullptr ? std::optional(*boolean) : std::nullopt;
}

std::optional<std::string_view> as_text(const PostValue& value) {
  const auto* text = std::get_if<std::string>(&value.what);
  return text != nullptr ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::optional<seconds> as_duration(const PostValue& value) {
  if (const auto text = as_text(value)) return parse_duration(*text);
  const auto number = as_number(value);
  const auto whole = number ? whole_seconds(*number) : std::nullopt;
  return whole ? std::optional(seconds(*whole)) : std::nullopt;
}

std::optional<sys_seconds> as_time(const PostValue& value) {
  if (const auto text = as_text(value)) return TimeReader(*text).read();
  const auto number = as_number(value);
  const auto whole = number ? whole_seconds(*number) : std::nullopt;
  return whole ? std::optional(sys_seconds(seconds(*whole))) : std::nullopt;
}

}  // namespace modcore::api
