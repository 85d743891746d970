// JUnit's XML, as GitHub, GitLab and Jenkins read it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::report {

struct JunitCase {
  enum class Outcome : std::uint8_t { passed, failed, skipped };
  std::string name;
  std::string file;
  std::uint32_t line = 0;
  Outcome outcome = Outcome::passed;
  std::string type;     // of a failure
  std::string message;  // one line; of a failure or what was skipped
  std::string details;  // any lines; what stands in the failure, or what a passed case printed
};

struct JunitSuite {
  std::string name;
  std::vector<JunitCase> cases;
};

[[nodiscard]] std::string junit_document(std::string_view name,
                                         const std::vector<JunitSuite>& suites);

}  // namespace modcore::report
