#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "check/check.hpp"
#include "load/load.hpp"

using namespace modcore;

namespace {

TEST_CASE("the shipped packs have no errors, with every preset") {
  std::size_t presets = 0;
  for (const char* preset : {"", "balanced", "strict", "relaxed", "kids"}) {
    CAPTURE(preset);
    source::SourceMap sources;
    diag::Sink sink(sources);
    CompileOptions options;
    options.preset = preset;
    const ast::Bundle bundle = load::load_paths({}, options, sources, sink);
    const checker::Result result = checker::check(bundle, {}, sink);
    CHECK_FALSE_MESSAGE(sink.has_errors(), render(sink.take()));
    CHECK(result.rules.rules.size() >= 24);
    CHECK(result.tests.size() >= 100);
    ++presets;
  }
  CHECK(presets == 5);
}

// How many rules the file of a preset names.
std::size_t named_in_file(const std::string& preset) {
  std::ifstream file(std::string(MODCORE_SOURCE_DIR) + "/rules/presets/" + preset + ".yaml");
  REQUIRE(file);
  std::size_t named = 0;
  for (std::string line; std::getline(file, line);) named += line.starts_with("  - {rule: ") ? 1U : 0U;
  return named;
}

TEST_CASE("every rule that a preset names is shipped, and rules of packs not loaded are no error") {
  std::size_t named = 0;
  for (const char* preset : {"balanced", "strict", "relaxed", "kids"}) {
    CAPTURE(preset);
    source::SourceMap sources;
    diag::Sink sink(sources);
    CompileOptions options;
    options.preset = preset;
    const ast::Bundle all = load::load_paths({}, options, sources, sink);
    REQUIRE(all.presets.size() == 1);
    CHECK(all.presets[0].overrides.size() == named_in_file(preset));
    named += all.presets[0].overrides.size();
    const std::string spam = std::string(MODCORE_SOURCE_DIR) + "/rules/spam";
    const auto alone = checker::check(load::load_paths({spam}, options, sources, sink), {}, sink);
    CHECK(alone.rules.rules.size() >= 20);
    CHECK_FALSE_MESSAGE(sink.has_errors(), render(sink.take()));
  }
  CHECK(named >= 6);
}

TEST_CASE("the preset `balanced` is what happens without one") {
  const auto dump_with = [](const char* preset) {
    source::SourceMap sources;
    diag::Sink sink(sources);
    CompileOptions options;
    options.preset = preset;
    return ir::dump(checker::check(load::load_paths({}, options, sources, sink), {}, sink).rules);
  };
  CHECK(dump_with("balanced") == dump_with(""));
  CHECK(dump_with("strict") != dump_with(""));
}

}  // namespace
