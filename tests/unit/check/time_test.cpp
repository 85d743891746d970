#include <doctest/doctest.h>

#include "check/time.hpp"

using namespace modcore;
using namespace modcore::checker;

namespace {

struct Fixture {
  source::SourceMap sources;
  diag::Sink sink{sources};
  Reporter report{sink};
  source::SourceId source = sources.add("x.rules.yaml", "0123456789");

  ast::Name name(std::string text) { return {std::move(text), {source, 0, 1}}; }
  ir::TimeZone zone(const char* text) { return find_time_zone(report, name(text)).value(); }
};

TEST_CASE_FIXTURE(Fixture, "durations are numbers with a unit of fixed length") {
  CHECK(parse_duration(report, name("15 min")) == 900);
  CHECK(parse_duration(report, name("1.5h")) == 5400);
  CHECK(parse_duration(report, name("2 weeks")) == 1209600);
  CHECK_FALSE(sink.has_errors());
  for (const char* bad : {"15", "min", "2 months", "-1 day", "1e300 days", "nan s", ""}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_duration(report, name(bad)).has_value());
  }
  CHECK(sink.error_count() == 7);
}

TEST_CASE_FIXTURE(Fixture, "a zone knows summer and winter") {
  const ir::TimeZone warsaw = zone("Europe/Warsaw");
  const auto summer = parse_date(report, name("2026-07-01"), warsaw);
  const auto winter = parse_date(report, name("2026-01-01"), warsaw);
  REQUIRE(summer);
  REQUIRE(winter);
  CHECK(summer->begin == 1782856800);  // 2026-06-30T22:00:00Z
  CHECK(winter->begin == 1767222000);  // 2025-12-31T23:00:00Z
}

TEST_CASE_FIXTURE(Fixture, "a day is 23 hours when clocks go forward and 25 when they go back") {
  const ir::TimeZone warsaw = zone("Europe/Warsaw");
  const auto spring = parse_date(report, name("2026-03-29"), warsaw);
  const auto autumn = parse_date(report, name("2026-10-25"), warsaw);
  REQUIRE(spring);
  REQUIRE(autumn);
  CHECK(spring->end - spring->begin == 23 * 3600);
  CHECK(autumn->end - autumn->begin == 25 * 3600);
}

// Clocks go from 23:59:59 on Saturday to 01:00:00 on Sunday.
TEST_CASE_FIXTURE(Fixture, "a day that begins later than midnight begins at its first instant") {
  const ir::TimeZone santiago = zone("America/Santiago");
  const auto day = parse_date(report, name("2026-09-06"), santiago);
  REQUIRE(day);
  CHECK(day->begin == 1788667200);  // 2026-09-06T04:00:00Z
  CHECK(day->end - day->begin == 23 * 3600);
}

TEST_CASE_FIXTURE(Fixture, "a time needs its offset") {
  const ir::TimeZone utc;
  const auto instant = parse_date(report, name("2026-01-01T12:00:00+02:00"), utc);
  REQUIRE(instant);
  CHECK(instant->begin == 1767261600);
  CHECK(instant->end == instant->begin);
  for (const char* bad : {"2026-01-01T12:00:00", "2026-13-01", "2026-02-29", "26-01-01", "",
                          "2026-01-01T24:00:00Z", "2026-01-01T12:00Z", "tomorrow"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_date(report, name(bad), utc).has_value());
  }
}

TEST_CASE_FIXTURE(Fixture, "a zone that does not exist is reported with the nearest") {
  CHECK_FALSE(find_time_zone(report, name("Europe/Warszaw")).has_value());
  const auto diagnostics = sink.take();
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].id == "M101");
  CHECK(diagnostics[0].help.find("Europe/Warsaw") != std::string::npos);
}

}  // namespace
