// The tests that stand in rule files, run against what was compiled from them.
#pragma once

#include <vector>

#include <modcore/corpus.hpp>
#include <modcore/tooling.hpp>

#include "api/compilation.hpp"

namespace modcore::tooling {

// A result and the place that a diagnostic about it points at.
struct RanTest {
  TestResult result;
  source::Span span;
  bool unreadable = false;  // a corpus whose file cannot be read
};

// In order of rule, kind and index. The compilation must have an engine. What is wrong
// with the corpora of test files goes to its sink.
[[nodiscard]] std::vector<RanTest> run_tests(api::Compilation& compilation, const TestFilter& filter = {});

}  // namespace modcore::tooling
