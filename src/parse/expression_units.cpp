// Abbreviations that people try are known, so that the right one can be offered.
#include "parse/expression_units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"

namespace modcore::parse {
namespace {

constexpr std::array<std::string_view, 13> units{"s",     "min",  "h",    "hour",  "hours",
                                                 "day",   "days", "week", "weeks", "word",
                                                 "words", "char", "chars"};

struct Respelled {
  std::string_view written;
  std::string_view meant;
};

constexpr std::array respelled{
    Respelled{"sec", "s"},           Respelled{"secs", "s"},          Respelled{"second", "s"},
    Respelled{"seconds", "s"},       Respelled{"m", "min"},           Respelled{"mins", "min"},
    Respelled{"minute", "min"},      Respelled{"minutes", "min"},     Respelled{"hr", "h"},
    Respelled{"hrs", "h"},           Respelled{"d", "days"},          Respelled{"w", "weeks"},
    Respelled{"character", "chars"}, Respelled{"characters", "chars"}};

struct LongUnit {
  std::string_view name;
  std::int64_t days;
};

constexpr std::array long_units{LongUnit{"month", 30}, LongUnit{"year", 365}};

std::string_view meant_by(std::string_view word) {
  for (const Respelled& known : respelled) {
    if (known.written == word) return known.meant;
  }
  static const std::vector<std::string_view> names(units.begin(), units.end());
  return diag::nearest(word, names);
}

void report_long_unit(const Token& number, const Token& unit, const LongUnit& known,
                      ExpressionCursor& cursor) {
  auto report = cursor.fault(diag::bad_unit, cursor.span_of(unit),
                             fmt::format("a {} has no fixed length", known.name));
  report.help("write days or weeks");
  std::int64_t count = 0;
  const char* end = number.text.data() + number.text.size();
  const bool whole = std::from_chars(number.text.data(), end, count).ptr == end && count < 10'000;
  if (!whole) return;
  report.fix(ExpressionCursor::joined(cursor.span_of(number), cursor.span_of(unit)),
             fmt::format("{} days", count * known.days), false);
}

}  // namespace

void check_unit(const Token& number, const Token& unit, ExpressionCursor& cursor) {
  if (std::find(units.begin(), units.end(), unit.text) != units.end()) return;
  for (const LongUnit& known : long_units) {
    const bool plural = unit.text == std::string(known.name) + 's';
    if (plural || unit.text == known.name) return report_long_unit(number, unit, known, cursor);
  }
  cursor.fault(diag::bad_unit, cursor.span_of(unit), fmt::format("`{}` is not a unit", unit.text))
      .suggest(cursor.span_of(unit), meant_by(unit.text));
}

}  // namespace modcore::parse
