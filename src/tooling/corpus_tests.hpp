// What test files say about corpora: files of posts and bounds on what becomes of them.
#pragma once

#include <string>
#include <vector>

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"

namespace modcore::tooling {

struct PlacedBudget {
  Budget budget;
  source::Span span;  // of its amount
};

struct CorpusTest {
  source::Span span;
  std::string name;  // the path as written
  std::string path;  // from where the command runs
  std::string label;
  std::string category;
  std::vector<PlacedBudget> budgets;
};

// Reports what is wrong to the compilation's sink; what could be read is returned.
[[nodiscard]] std::vector<CorpusTest> corpus_tests(api::Compilation& compilation);

}  // namespace modcore::tooling
