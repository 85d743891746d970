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
#include "support/golden_sources.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(MODCORE_SOURCE_DIR) / "tests/golden/check";
constexpr std::size_t case_count = 29;

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
  const std::vector<golden::Case> all = golden::cases(folder);
  CHECK(all.size() == case_count);
  for (const golden::Case& one : all) {
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
  for (const golden::Case& one : golden::cases(folder)) {
    for (const Diagnostic& d : outcome_of(one.sources).diagnostics) seen.insert(d.id);
  }
  for (const std::string& id : wanted) CHECK_MESSAGE(seen.contains(id), id);
}

}  // namespace
