// lint/NAME.rules.yaml, or a folder lint/NAME of sources, gives NAME.diag: what
// `check` reports beyond what compiling does. Nothing is a result too: names that
// end in "-is-fine" show what must not be reported.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "support/golden_sources.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(MODCORE_SOURCE_DIR) / "tests/golden/lint";

std::vector<Diagnostic> only_checked(const golden::Case& one) {
  const CompileResult compiled = compile(one.sources);
  REQUIRE_MESSAGE(compiled, render(compiled.diagnostics));
  std::vector<Diagnostic> found = check(one.sources);
  std::erase_if(found, [&](const Diagnostic& d) {
    return std::ranges::any_of(compiled.diagnostics, [&](const Diagnostic& known) {
      return known.id == d.id && known.where.begin == d.where.begin && known.message == d.message;
    });
  });
  return found;
}

TEST_CASE("every input gives what only `check` can tell") {
  const std::vector<golden::Case> all = golden::cases(folder);
  CHECK(all.size() == 20);
  std::set<std::string> seen;
  for (const golden::Case& one : all) {
    CAPTURE(one.name);
    const std::vector<Diagnostic> found = only_checked(one);
    if (one.name.ends_with("-is-fine")) CHECK_MESSAGE(found.empty(), render(found));
    for (const Diagnostic& d : found) seen.insert(d.id);
    golden::compare(folder / (one.name + ".diag"), render(found));
  }
  const std::set<std::string> wanted{"M201", "M202", "M204", "M207", "M208", "M209", "M203", "M205", "M211", "M212", "M214", "M215", "M216", "M217",
                                     "M218", "M219", "M220", "M221", "M305", "M306", "M310", "M311", "M324", "M325",
                                     "M401", "M402", "M403", "M406", "M407", "M408", "M409",
                                     "M411", "M412", "M414", "M707", "M804", "M808"};
  for (const std::string& id : wanted) CHECK_MESSAGE(seen.contains(id), id);
}

}  // namespace
