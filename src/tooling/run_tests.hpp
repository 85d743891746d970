// The tests that stand in rule files, run against what was compiled from them.
#pragma once

#include <vector>

#include <modcore/tooling.hpp>

#include "api/compilation.hpp"

namespace modcore::tooling {

// A result and the place that a diagnostic about it points at.
struct RanTest {
  TestResult result;
  source::Span span;
};

// In order of rule, kind and index. The compilation must have an engine.
[[nodiscard]] std::vector<RanTest> run_tests(const api::Compilation& compilation);

}  // namespace modcore::tooling
