#include "diag/catalogue.hpp"
#include "diag/sink.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace modcore;

namespace {

struct Fixture {
  source::SourceMap sources;
  source::SourceId id = sources.add("a.rules.yaml", "one: 1\ntwö: x\n");
  diag::Sink sink{sources};
  [[nodiscard]] source::Span span(std::uint32_t begin, std::uint32_t end) const {
    return {id, begin, end};
  }
};

TEST_CASE("a diagnostic carries its place by itself") {
  Fixture f;
  f.sink.report(diag::unknown_key, f.span(13, 14), {"x", "a rule", "id, words"});
  const Diagnostic d = f.sink.take().at(0);
  CHECK(d.id == "M002");
  CHECK(d.name == "unknown-key");
  CHECK(d.message == "`x` is not a key of a rule");
  CHECK(d.help == "known keys: id, words");
  CHECK(d.where.file == "a.rules.yaml");
  CHECK(d.where.line == 2);
  CHECK(d.where.column == 6);
  CHECK(d.where.end_column == 7);
  CHECK(d.where.line_text == "twö: x");
}

TEST_CASE("diagnostics are sorted by place and exact duplicates dropped") {
  Fixture f;
  f.sink.report(diag::empty_value, f.span(7, 10), {"b"});
  f.sink.report(diag::empty_value, f.span(0, 3), {"a"});
  f.sink.report(diag::empty_value, f.span(7, 10), {"b"});
  const auto taken = f.sink.take();
  REQUIRE(taken.size() == 2);
  CHECK(taken[0].message == "a is empty");
  CHECK(taken[1].message == "b is empty");
}

TEST_CASE("only errors count as errors, and severity can be raised") {
  Fixture f;
  f.sink.report(diag::unused, f.span(0, 3), {"pattern", "p"});
  CHECK_FALSE(f.sink.has_errors());
  f.sink.report(diag::unused, f.span(0, 3), {"pattern", "p"}).severity(Severity::error);
  CHECK(f.sink.has_errors());
}

TEST_CASE("a suggestion is a fix and a question, and nothing without a name") {
  Fixture f;
  f.sink.report(diag::unknown_name, f.span(0, 3), {"field", "one"}).suggest(f.span(0, 3), "once");
  f.sink.report(diag::unknown_name, f.span(7, 11), {"field", "two"}).suggest(f.span(7, 11), "");
  const auto taken = f.sink.take();
  CHECK(taken.at(0).help == "did you mean `once`?");
  CHECK(taken.at(0).fixes.at(0).replacement == "once");
  CHECK(taken.at(1).help.empty());
  CHECK(taken.at(1).fixes.empty());
}

TEST_CASE("a name that stands in no file gets a question and no fix") {
  Fixture f;
  f.sink.report(diag::unknown_name, {}, {"pack", "spamm"}).suggest({}, "spam");
  const Diagnostic d = f.sink.take().at(0);
  CHECK(d.help == "did you mean `spam`?");
  CHECK(d.fixes.empty());
}

TEST_CASE("an argument from a file cannot break the line or swell the message") {
  Fixture f;
  f.sink.report(diag::unknown_key, f.span(0, 3),
                {"a\nb{1}" + std::string(100000, 'x'), "a rule", ""});
  const Diagnostic d = f.sink.take().at(0);
  CHECK(d.message.find('\n') == std::string::npos);
  CHECK(d.message.find("a b{1}x") == 1);
  CHECK(d.message.size() < 1000);
}

TEST_CASE("a flood of diagnostics is cut and says so") {
  Fixture f;
  for (int i = 0; i < 6000; ++i) {
    f.sink.report(diag::empty_value, f.span(0, 3), {std::to_string(i)}).note("n").suggest({}, "x");
  }
  const auto taken = f.sink.take();
  CHECK(taken.size() == 5001);
  CHECK(taken.back().id == "M012");
  CHECK(taken.back().help.find("correct these first") != std::string::npos);
}

TEST_CASE("a line of megabytes is not copied into each diagnostic") {
  source::SourceMap sources;
  const auto id = sources.add("a", std::string(1000000, 'x'));
  diag::Sink sink(sources);
  sink.report(diag::empty_value, {id, 10, 20}, {"x"});
  CHECK(sink.take().at(0).where.line_text.empty());
}

}  // namespace
