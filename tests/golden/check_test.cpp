// check/NAME.rules.yaml, or a folder check/NAME of sources, gives the typed rules
// NAME.ir and the diagnostics NAME.diag.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "check/check.hpp"
#include "load/load.hpp"
#include "support/golden.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(MODCORE_SOURCE_DIR) / "tests/golden/check";
constexpr std::size_t case_count = 29;

struct Case {
  std::string name;
  std::vector<Source> sources;
};

Case read_case(const fs::path& path) {
  if (!fs::is_directory(path)) {
    return {path.stem().stem().string(), {{path.filename().string(), golden::read(path)}}};
  }
  Case result{path.filename().string(), {}};
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    result.sources.push_back(
        {entry.path().lexically_relative(path).generic_string(), golden::read(entry.path())});
  }
  std::ranges::sort(result.sources, {}, &Source::name);
  return result;
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const bool input = entry.is_directory() || entry.path().extension() == ".yaml";
    if (input) all.push_back(read_case(entry.path()));
  }
  std::ranges::sort(all, {}, &Case::name);
  return all;
}

struct Outcome {
  std::string dump;  // nothing after an error
  std::vector<Diagnostic> diagnostics;
};

Outcome outcome_of(const std::vector<Source>& given) {
  source::SourceMap sources;
  diag::Sink sink(sources);
  const ast::Bundle bundle = load::load_sources(given, {}, sources, sink);
  const checker::Result result = checker::check(bundle, {}, sink);
  const bool good = !sink.has_errors();
  return {good ? ir::dump(result.rules) : "", sink.take()};
}

TEST_CASE("every input gives its typed rules and its diagnostics") {
  const std::vector<Case> all = cases();
  CHECK(all.size() == case_count);
  for (const Case& one : all) {
    CAPTURE(one.name);
    const Outcome outcome = outcome_of(one.sources);
    golden::compare(folder / (one.name + ".ir"), outcome.dump);
    golden::compare(folder / (one.name + ".diag"), render(outcome.diagnostics));
  }
}

TEST_CASE("every diagnostic of the check has an input that shows it") {
  const std::set<std::string> wanted{"M011", "M017", "M101", "M102", "M104", "M105", "M106",
                                     "M107", "M108", "M109", "M111", "M112", "M113", "M114",
                                     "M115", "M119", "M120", "M206",
                                     "M301", "M302", "M303", "M306", "M307", "M308", "M309",
                                     "M318", "M319", "M323", "M327", "M328", "M405", "M501", "M601"};
  std::set<std::string> seen;
  for (const Case& one : cases()) {
    for (const Diagnostic& d : outcome_of(one.sources).diagnostics) seen.insert(d.id);
  }
  for (const std::string& id : wanted) CHECK_MESSAGE(seen.contains(id), id);
}

}  // namespace
