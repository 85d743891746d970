#include "check/time.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <exception>

#include <date/tz.h>

#include "diag/catalogue.hpp"

namespace modcore::checker {
namespace {

constexpr std::int64_t day_seconds = 86400;
// A thousand years: more is a slip of the pen, and sums stay far from overflow.
constexpr double max_seconds = 1000.0 * 366 * day_seconds;

// Where the offsets end; the last one holds from there on.
constexpr date::sys_seconds zone_horizon{date::sys_days{date::year{2100} / 1 / 1}};

std::vector<std::string_view> zone_names() {
  std::vector<std::string_view> names;
  for (const date::time_zone& zone : date::get_tzdb().zones) names.emplace_back(zone.name());
  return names;
}

ir::TimeZone offsets_of(const date::time_zone& zone) {
  ir::TimeZone result;
  result.name = zone.name();
  date::sys_info info = zone.get_info(date::sys_seconds{});
  result.offsets = {{INT64_MIN, static_cast<std::int32_t>(info.offset.count())}};
  while (info.end < zone_horizon) {
    info = zone.get_info(info.end);
    const auto offset = static_cast<std::int32_t>(info.offset.count());
    if (offset == result.offsets.back().second) continue;
    result.offsets.emplace_back(info.begin.time_since_epoch().count(), offset);
  }
  return result;
}

// The first instant at which clocks of the zone show `local` or later.
std::int64_t instant_of(std::int64_t local, const ir::TimeZone& zone) {
  const auto& offsets = zone.offsets;
  for (std::size_t index = 0; index + 1 < offsets.size(); ++index) {
    const std::int64_t instant = std::max(offsets[index].first, local - offsets[index].second);
    if (instant < offsets[index + 1].first) return instant;
  }
  return std::max(offsets.back().first, local - offsets.back().second);
}

// Reads fixed-width decimal fields and separators, and remembers failure.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  int number(std::size_t width) {
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const char c = i < rest_.size() ? rest_[i] : '\0';
      if (c < '0' || c > '9') good_ = false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(std::min(width, rest_.size()));
    return good_ ? value : 0;
  }
  bool accept(std::string_view one_of) {
    if (rest_.empty() || one_of.find(rest_.front()) == std::string_view::npos) return false;
    last_ = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  void expect(std::string_view one_of) { good_ = accept(one_of) && good_; }
  void skip_digits() {
    rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_not_of("0123456789")));
  }
  [[nodiscard]] char last() const noexcept { return last_; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] bool good() const noexcept { return good_; }
  void fail() noexcept { good_ = false; }

 private:
  std::string_view rest_;
  bool good_ = true;
  char last_ = '\0';
};

std::int64_t read_date(Reader& reader) {
  const int year = reader.number(4);
  reader.expect("-");
  const auto month = static_cast<unsigned>(reader.number(2));
  reader.expect("-");
  const auto day = static_cast<unsigned>(reader.number(2));
  const date::year_month_day calendar{date::year{year}, date::month{month}, date::day{day}};
  if (!reader.good() || !calendar.ok()) {
    reader.fail();
    return 0;
  }
  return date::sys_days{calendar}.time_since_epoch().count() * day_seconds;
}

// "12:00:00Z" or "12:00:00+02:00", as seconds of the UTC day.
std::int64_t read_time(Reader& reader) {
  const int hour = reader.number(2);
  reader.expect(":");
  const int minute = reader.number(2);
  reader.expect(":");
  const int second = reader.number(2);
  if (reader.accept(".")) reader.skip_digits();
  int offset = 0;
  reader.expect("Zz+-");
  if (reader.last() == '+' || reader.last() == '-') {
    const int sign = reader.last() == '+' ? 1 : -1;
    const int hours = reader.number(2);
    reader.expect(":");
    offset = sign * (hours * 3600 + reader.number(2) * 60);
  }
  if (hour > 23 || minute > 59 || second > 60) reader.fail();
  return hour * 3600 + minute * 60 + second - offset;
}

}  // namespace

std::optional<std::int64_t> seconds_in(std::string_view unit) noexcept {
  if (unit == "s") return 1;
  if (unit == "min") return 60;
  if (unit == "h" || unit == "hour" || unit == "hours") return 3600;
  if (unit == "day" || unit == "days") return day_seconds;
  if (unit == "week" || unit == "weeks") return 7 * day_seconds;
  return std::nullopt;
}

std::optional<std::int64_t> parse_duration(const Reporter& report, const ast::Name& text) {
  double amount = 0;
  const char* const end = text.value.data() + text.value.size();
  const auto read = std::from_chars(text.value.data(), end, amount);
  std::string_view unit(read.ptr, static_cast<std::size_t>(end - read.ptr));
  unit.remove_prefix(std::min(unit.size(), unit.find_first_not_of(' ')));
  const auto seconds = seconds_in(unit);
  if (read.ec != std::errc{} || !seconds) {
    report(diag::bad_unit, text.span, {"`" + text.value + "` is not a duration"})
        .help("write a number and a unit: 30 s, 15 min, 2 hours, 1 day, 2 weeks");
    return std::nullopt;
  }
  const double total = amount * static_cast<double>(*seconds);
  if (!(total >= 0 && total <= max_seconds)) {
    report(diag::literal_out_of_range, text.span, {text.value, "at most a thousand years"});
    return std::nullopt;
  }
  return std::llround(total);
}

std::optional<ir::TimeZone> find_time_zone(const Reporter& report, const ast::Name& name) {
  if (name.value == "UTC") return ir::TimeZone{};
  try {
    for (const std::string_view known : zone_names()) {
      if (known == name.value) return offsets_of(*date::locate_zone(name.value));
    }
    report_unknown(report, "time zone", name, zone_names());
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    report(diag::unknown_name, name.span, {"time zone", name.value})
        .note(std::string("the system's time zone data cannot be read: ") + error.what());
  }
  return std::nullopt;
}

std::optional<Instants> parse_date(const Reporter& report, const ast::Name& text,
                                   const ir::TimeZone& zone) {
  Reader reader(text.value);
  const std::int64_t day = read_date(reader);
  if (reader.good() && reader.at_end()) {
    return Instants{instant_of(day, zone), instant_of(day + day_seconds, zone)};
  }
  reader.expect("Tt ");
  const std::int64_t second = day + read_time(reader);
  if (reader.good() && reader.at_end()) return Instants{second, second};
  report(diag::literal_out_of_range, text.span, {text.value, "it is not a date"})
      .help("write a date, 2026-12-31, or a time with its offset, 2026-12-31T12:00:00Z");
  return std::nullopt;
}

}  // namespace modcore::checker
