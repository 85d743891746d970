// What the command's exit status says, the same for every verb.
#pragma once

namespace modcore::cli {

enum class ExitCode : int {
  ok = 0,
  findings = 1,     // lines that could not be read, failed tests, findings
  rules = 2,        // the rules do not compile
  usage = 3,        // a wrong option, a missing file, the environment
  internal = 4,
};

}  // namespace modcore::cli
