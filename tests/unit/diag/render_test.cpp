#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "diag/catalogue.hpp"
#include "diag/sink.hpp"

using namespace modcore;

namespace {

struct Fixture {
  source::SourceMap sources;
  diag::Sink sink{sources};

  source::SourceId add(std::string text) { return sources.add("a.rules.yaml", std::move(text)); }
  std::string rendered(bool color = false) { return render(sink.take(), {.color = color}); }
};

TEST_CASE("a report shows message, place, line, carets, notes, help and fix") {
  Fixture f;
  const auto id = f.add("rules:\n  - id: x\n    when: autor.id == 1\n");
  f.sink.report(diag::unknown_name, {id, 27, 35}, {"field", "autor.id"})
      .rule("x")
      .label({id, 15, 16}, "in this rule")
      .note("fields are listed by `modcore list fields`")
      .suggest({id, 27, 35}, "author.id");
  CHECK(f.rendered() == R"(error[M101 unknown-name]: no field named `autor.id`
  --> a.rules.yaml:3:11
   |
 2 |   - id: x
   |         - in this rule
 3 |     when: autor.id == 1
   |           ^^^^^^^^
   = note: in rule x
   = note: fields are listed by `modcore list fields`
   = help: did you mean `author.id`?
   = fix:
 3 ~     when: author.id == 1

1 error
)");
}

TEST_CASE("carets stand under wide and combining characters") {
  Fixture f;
  const auto id = f.add("a: 漢字e\xCC\x81 bad");
  f.sink.report(diag::empty_value, {id, 13, 16}, {"it"});
  CHECK(f.rendered().find("| a: 漢字e\xCC\x81 bad\n   |          ^^^\n") != std::string::npos);
}

TEST_CASE("a range over several lines is underlined to the end of its first") {
  Fixture f;
  const auto id = f.add("when: [a,\n  b]\n");
  f.sink.report(diag::empty_value, {id, 6, 14}, {"it"});
  CHECK(f.rendered().find("   |       ^^^\n") != std::string::npos);
}

TEST_CASE("a label in another file gets an excerpt of its own") {
  Fixture f;
  const auto a = f.add("id: x\n");
  const auto b = f.sources.add("b.rules.yaml", "\n\nid: x\n");
  f.sink.report(diag::duplicate_id, {a, 4, 5}, {"rule", "x"}).label({b, 6, 7}, "first here");
  const std::string text = f.rendered();
  CHECK(text.find("  ::: b.rules.yaml:3:5\n   |\n 3 | id: x\n   |     - first here\n") !=
        std::string::npos);
}

TEST_CASE("a long line is cut around the carets") {
  Fixture f;
  const auto id = f.add(std::string(1000, 'x') + "BAD" + std::string(1000, 'y'));
  f.sink.report(diag::empty_value, {id, 1000, 1003}, {"it"});
  const std::string text = f.rendered();
  CHECK(text.find(" | …" + std::string(60, 'x') + "BADyyy") != std::string::npos);
  CHECK(text.find("|" + std::string(62, ' ') + "^^^\n") != std::string::npos);
}

TEST_CASE("what a file holds cannot disturb the terminal") {
  Fixture f;
  const auto id = f.add("a: \x1b[31m\xE2\x80\xAE \xFF\n");
  f.sink.report(diag::unknown_key, {id, 0, 1}, {"\x1b[31m", "a", "b"});
  const std::string text = f.rendered();
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(text.find('\xFF') == std::string::npos);
}

TEST_CASE("colours are used only when asked for") {
  Fixture f;
  const auto id = f.add("a: 1\n");
  f.sink.report(diag::unused, {id, 0, 1}, {"list", "a"});
  CHECK(f.rendered(true).find("\x1b[1;33m") != std::string::npos);
  f.sink.report(diag::unused, {id, 0, 1}, {"list", "a"});
  CHECK(f.rendered(false).find('\x1b') == std::string::npos);
}

TEST_CASE("a diagnostic without a place is a message alone") {
  Fixture f;
  f.sink.report(diag::file_not_found, {}, {"x.yaml", "no such file"});
  CHECK(f.rendered() ==
        "error[M011 file-not-found]: cannot read `x.yaml`: no such file\n\n1 error\n");
}

TEST_CASE("nothing is rendered of nothing, nor of what comments allow, and something of all else") {
  CHECK(render({}).empty());
  Diagnostic d;
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error}) {
    d.severity = severity;
    d.suppressed = false;
    CHECK_FALSE(render({&d, 1}).empty());
    d.suppressed = true;
    CHECK(render({&d, 1}).empty());
  }
}

TEST_CASE("the public catalogue is sorted and complete") {
  const auto all = diagnostic_catalogue();
  REQUIRE(all.size() > 50);
  for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].id < all[i].id);
  for (const DiagnosticInfo& info : all) CHECK_FALSE(info.summary.empty());
}

}  // namespace
