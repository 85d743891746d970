// Rule sets and posts that touch the whole language: those of the conformance
// cases.
#pragma once

#include <string>
#include <vector>

#include <modcore/modcore.hpp>

namespace modcore::test {

struct Suite {
  std::string name;
  std::vector<Source> sources;
  std::vector<std::string> posts;  // JSON
};

[[nodiscard]] const std::vector<Suite>& suites();

}  // namespace modcore::test
