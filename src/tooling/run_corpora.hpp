// The corpora of test files, run against what was compiled.
#pragma once

#include <functional>
#include <vector>

#include "tooling/run_tests.hpp"

namespace modcore::tooling {

// A result for each budget. `wants` chooses by what a result is before it has run.
[[nodiscard]] std::vector<RanTest> run_corpora(api::Compilation& compilation,
                                               const std::function<bool(const RanTest&)>& wants);

}  // namespace modcore::tooling
