// Corrections on every faulty file at hand: done once, never for the worse, and
// nothing else is touched.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <modcore/tooling.hpp>

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const fs::path golden = fs::path(MODCORE_SOURCE_DIR) / "tests/golden";

std::size_t errors(const std::vector<Diagnostic>& all) {
  return static_cast<std::size_t>(std::ranges::count(all, Severity::error, &Diagnostic::severity));
}

// Paths that can be checked alone: rule files, policies and folders.
std::vector<std::string> inputs() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(golden / "parse")) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  for (const auto& entry : fs::directory_iterator(golden / "check")) {
    if (entry.is_directory() || entry.path().extension() == ".yaml")
      paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

CompileOptions with(const FixReport& report) {
  CompileOptions options;
  for (const FixedFile& file : report.files) options.unsaved.push_back({file.name, file.after});
  return options;
}

std::size_t check_fix(const std::string& path, FixLevel level) {
  CAPTURE(path);
  const std::size_t before = errors(check_files({path}));
  const FixReport report = fix_files({path}, level);
  CHECK(errors(report.remaining) <= before);
  CHECK(report.applied.empty() == report.files.empty());
  const FixReport again = fix_files({path}, level, with(report));
  CHECK(again.applied.empty());
  for (const FixedFile& file : report.files) {
    std::ifstream in(file.name, std::ios::binary);
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == file.before);
  }
  return report.applied.size();
}

TEST_CASE("every faulty file at hand is corrected once, and never for the worse") {
  const std::vector<std::string> paths = inputs();
  CHECK(paths.size() > 80);
  std::size_t applied = 0;
  for (const std::string& path : paths) {
    const std::size_t safe = check_fix(path, FixLevel::safe);
    const std::size_t all = check_fix(path, FixLevel::unsafe);
    CHECK(all >= safe);
    applied += all;
  }
  MESSAGE(paths.size() << " inputs, " << applied << " corrections");
  CHECK(applied > 30);
}

TEST_CASE("a correction that changes a test's outcome is refused, and the others are made") {
  const fs::path path = fs::temp_directory_path() / "modcore-fix-test.rules.yaml";
  std::ofstream(path, std::ios::binary)
      << "modcore: 1\ncategory: spam\nrules:\n  - id: a.b\n    title: 2024\n"
         "    when: caps_ratio(text) > 60\n    verdict: flag\n"
         "    tests:\n      no_match: [THIS IS SHOUTED LOUDLY]\n";
  const FixReport report = fix_files({path.string()}, FixLevel::unsafe);
  fs::remove(path);
  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].diagnostic.id == "M114");
  CHECK(report.refused[0].why.find("THIS IS SHOUTED LOUDLY") != std::string::npos);
  REQUIRE(report.files.size() == 1);
  CHECK(report.files[0].after.find("title: \"2024\"") != std::string::npos);
  CHECK(report.files[0].after.find("> 60\n") != std::string::npos);
}

}  // namespace
