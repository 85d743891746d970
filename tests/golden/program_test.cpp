// program/NAME.yaml, a rule file, gives the program NAME.program.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "api/compilation.hpp"
#include "program/dump.hpp"
#include "program/verify.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(MODCORE_SOURCE_DIR) / "tests/golden/program";
constexpr std::size_t case_count = 8;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> inputs() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

TEST_CASE("each rule file becomes the program that stands beside it") {
  const std::vector<fs::path> files = inputs();
  CHECK(files.size() == case_count);
  for (const fs::path& file : files) {
    CAPTURE(file.filename().string());
    const Source source{"golden.rules.yaml", read(file)};
    const auto compilation = api::compile_sources({&source, 1}, {});
    const std::string problems = render(compilation->sink.take());
    CAPTURE(problems);
    REQUIRE(compilation->engine != nullptr);
    const program::Image& image = *compilation->engine->image;
    CHECK(program::verify(image) == "");
    const std::string got = program::dump(image);
    const fs::path expectation = fs::path(file).replace_extension(".program");
    if (std::getenv("MODCORE_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(expectation, std::ios::binary) << got;
    }
    CHECK(got == read(expectation));
  }
}
