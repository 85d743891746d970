// parse/NAME.yaml (or .txt, a list file) gives the syntax tree NAME.ast and the
// diagnostics NAME.diag.
#include <doctest/doctest.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "ast/dump.hpp"
#include "parse/parse.hpp"
#include "support/golden.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(MODCORE_SOURCE_DIR) / "tests/golden/parse";
constexpr std::size_t case_count = 69;

struct Outcome {
  std::string tree;
  std::vector<Diagnostic> diagnostics;
};

std::string list_text(const std::vector<ast::Name>& items, const source::SourceMap& sources) {
  std::string text;
  for (const ast::Name& item : items) {
    const auto at = sources.position(item.span.source, item.span.begin);
    text += "item <" + item.value + "> @" + std::to_string(at.line) + ":" +
            std::to_string(at.column) + "\n";
  }
  return text;
}

Outcome outcome_of(const fs::path& file) {
  source::SourceMap sources;
  const std::string name = file.filename().string();
  const source::SourceId id = sources.add(name, golden::read(file));
  diag::Sink sink(sources);
  Outcome outcome;
  if (file.extension() == ".txt") {
    outcome.tree = list_text(parse::parse_list(sources, id, sink), sources);
  } else {
    const auto tree = parse::parse_file(sources, id, parse::kind_of(name, sources.text(id)), sink);
    outcome.tree = tree ? ast::dump(*tree, sources) : "nothing\n";
  }
  outcome.diagnostics = sink.take();
  return outcome;
}

TEST_CASE("every input gives its syntax tree and its diagnostics") {
  const auto files = golden::inputs(folder, {".yaml", ".txt"});
  CHECK(files.size() == case_count);
  for (const fs::path& file : files) {
    const Outcome outcome = outcome_of(file);
    golden::compare(fs::path(file).replace_extension(".ast"), outcome.tree);
    golden::compare(fs::path(file).replace_extension(".diag"), render(outcome.diagnostics));
  }
}

TEST_CASE("every diagnostic of the reader has an input that shows it") {
  const std::set<std::string> wanted{"M001", "M002", "M003", "M004", "M005", "M006", "M007", "M008",
                                     "M009", "M012", "M013", "M014", "M015", "M016", "M018", "M019",
                                     "M106", "M113", "M117", "M119", "M120"};
  std::set<std::string> seen;
  for (const fs::path& file : golden::inputs(folder, {".yaml", ".txt"})) {
    for (const Diagnostic& d : outcome_of(file).diagnostics) seen.insert(d.id);
  }
  for (const std::string& id : wanted) CHECK_MESSAGE(seen.contains(id), id);
}

// Every place must be inside the file, and the columns must lead to what stands there.
TEST_CASE("lines, columns and bytes of every diagnostic agree") {
  std::size_t checked = 0;
  for (const fs::path& file : golden::inputs(folder, {".yaml", ".txt"})) {
    const std::string text = golden::read(file);
    for (const Diagnostic& d : outcome_of(file).diagnostics) {
      CAPTURE(file.filename().string());
      CAPTURE(d.id);
      REQUIRE(d.where.begin <= d.where.end);
      REQUIRE(d.where.end <= text.size());
      if (d.where.line_text.empty()) continue;
      // The bytes of the line before the place, counted by hand.
      const std::size_t line_begin = text.substr(0, d.where.begin).find_last_of("\r\n");
      std::string before =
          text.substr(line_begin == std::string::npos ? 0 : line_begin + 1,
                      d.where.begin - (line_begin == std::string::npos ? 0 : line_begin + 1));
      if (before.starts_with("\xEF\xBB\xBF")) before.erase(0, 3);
      const auto columns = std::count_if(before.begin(), before.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
      });
      CHECK(d.where.column == static_cast<std::uint32_t>(columns) + 1);
      ++checked;
    }
  }
  CHECK(checked > 60);
}

}  // namespace
