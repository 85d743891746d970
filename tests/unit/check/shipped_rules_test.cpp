#include <doctest/doctest.h>

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
