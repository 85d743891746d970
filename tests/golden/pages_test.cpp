// docs/diagnostics: each page's first rules show its diagnostic and nothing else, and
// the second ones show nothing at all.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/modcore.hpp>

#include "diag/catalogue.hpp"

using namespace modcore;

namespace {

// Nothing that stands in a rule file shows these, or only measuring or the
// whole report of another verb does: tests/unit/lint, tests/unit/tooling.
const std::set<std::string_view> without_rules{
    "M020", "M021", "M022", "M118", "M304", "M504", "M508", "M509",
    "M510", "M513", "M514", "M710", "M711", "M801", "M802", "M803", "M805", "M807", "M905"};

// 2026-01-01T12:00:00Z, as in tests of rules.
constexpr std::chrono::sys_seconds now{std::chrono::seconds(1767268800)};

std::string latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      bytes += text[i];
    } else {
      const auto next = static_cast<unsigned char>(text[++i]);
      bytes += static_cast<char>(((c & 0x1FU) << 6U) | (next & 0x3FU));
    }
  }
  return bytes;
}

// The blocks of a page whose fence says this, each a file: named by its first line,
// `# NAME`, or else our.rules.yaml.
std::vector<Source> blocks(std::string_view page, std::string_view mark) {
  std::vector<Source> found;
  for (std::size_t at = page.find("\n```"); at != std::string_view::npos;) {
    const std::size_t text = page.find('\n', at + 1) + 1;
    const std::size_t end = page.find("\n```", text - 1);
    const std::string fence(page.substr(at + 4, text - at - 5));
    at = page.find("\n```", end + 4);
    if (fence.find(" " + std::string(mark)) == std::string::npos) continue;
    std::string_view body = page.substr(text, end + 1 - text);
    Source source{"our.rules.yaml", {}};
    const std::string_view first = body.substr(0, body.find('\n'));
    const bool named = first.starts_with("# ") && first.find(' ', 2) == std::string_view::npos &&
                       (first.ends_with(".yaml") || first.ends_with(".txt"));
    if (named) {
      source.name = first.substr(2);
      body.remove_prefix(first.size() + 1);
    }
    source.text = fence.find("latin-1") == std::string::npos ? std::string(body) : latin1(body);
    found.push_back(std::move(source));
  }
  return found;
}

CheckReport check_blocks(std::string_view id, const std::vector<Source>& sources) {
  CheckOptions options;
  options.now = now;
  if (id == "M901") options.compile.attributes = {{"author.country", "text"}};
  return check_rules(sources, options);
}

std::string ids_of(const CheckReport& report) {
  std::set<std::string> ids;
  for (const Diagnostic& d : report.diagnostics) {
    if (!d.suppressed) ids.insert(d.id);
  }
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : " ") + id;
  return text;
}

std::string what_to_add(const DiagnosticInfo& info) {
  const std::string id(info.id);
  return "write docs/diagnostics/" + id + ".md:\n\n# " + id + " " + std::string(info.name) +
         "\n\n(what it means)\n\n## Shows it\n\n```yaml bad\n(rules that show " + id +
         " and nothing else)\n```\n\n## Put right\n\n```yaml good\n(the same without any finding)\n"
         "```\n\n## How to mend it\n\n(in words for who wrote the rules)\n\nA block that begins "
         "with `# policy.yaml` is that file; several blocks stand together. Then configure anew.";
}

TEST_CASE("every diagnostic has a page that shows it and what it looks like put right") {
  std::size_t shown = 0;
  for (const DiagnosticInfo& info : diagnostic_catalogue()) {
    CAPTURE(info.id);
    const std::string_view page = diagnostic_page(info.id);
    if (page.empty()) {
      FAIL_CHECK(what_to_add(info));
      continue;
    }
    const std::string heading = "# " + std::string(info.id) + " " + std::string(info.name) + "\n";
    CHECK(page.substr(0, heading.size()) == heading);
    CHECK(page.find("\n## How to mend it\n") != std::string_view::npos);
    if (without_rules.contains(info.id)) continue;
    const std::vector<Source> bad = blocks(page, "bad");
    const std::vector<Source> good = blocks(page, "good");
    if (bad.empty() || good.empty()) {
      FAIL_CHECK(what_to_add(info));
      continue;
    }
    const CheckReport worse = check_blocks(info.id, bad);
    CHECK_MESSAGE(ids_of(worse) == info.id, "the rules under `bad` show: ", render(worse.diagnostics));
    const CheckReport better = check_blocks(info.id, good);
    CHECK_MESSAGE(ids_of(better).empty(), "the rules under `good` show: ", render(better.diagnostics));
    ++shown;
  }
  CHECK(shown + without_rules.size() == diagnostic_catalogue().size());
}

TEST_CASE("a page speaks of an id that exists") {
  CHECK(diagnostic_page("M999").empty());
  CHECK(diagnostic_page("").empty());
  CHECK_FALSE(diagnostic_page("M001").empty());
}

}  // namespace
