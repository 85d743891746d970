// program/NAME.yaml, a rule file, gives the program NAME.program.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "api/compilation.hpp"
#include "program/dump.hpp"
#include "program/verify.hpp"
#include "support/golden.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(MODCORE_SOURCE_DIR) / "tests/golden/program";
constexpr std::size_t case_count = 8;

}  // namespace

TEST_CASE("each rule file becomes the program that stands beside it") {
  const std::vector<fs::path> files = golden::inputs(folder, {".yaml"});
  CHECK(files.size() == case_count);
  for (const fs::path& file : files) {
    CAPTURE(file.filename().string());
    const Source source{"golden.rules.yaml", golden::read(file)};
    const auto compilation = api::compile_sources({&source, 1}, {});
    const std::string problems = render(compilation->sink.take());
    CAPTURE(problems);
    REQUIRE(compilation->engine != nullptr);
    const program::Image& image = *compilation->engine->image;
    CHECK(program::verify(image) == "");
    const std::string got = program::dump(image);
    golden::compare(fs::path(file).replace_extension(".program"), got);
  }
}
