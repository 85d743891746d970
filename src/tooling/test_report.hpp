// What a failed test is called in a report.
#pragma once

#include <string>

#include <modcore/tooling.hpp>

namespace modcore::tooling {

[[nodiscard]] bool has_failed(const TestResult& result);

struct FailureTexts {
  std::string message;
  std::string help;
};
[[nodiscard]] FailureTexts failure_texts(const TestResult& result);

}  // namespace modcore::tooling
