// How a verb ends early.
#pragma once

#include <stdexcept>
#include <string>

#include "cli/exit_code.hpp"

namespace modcore::cli {

// Ends the command with a message on standard error.
class Failure : public std::runtime_error {
 public:
  Failure(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] ExitCode code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

// The reader of our output has gone; ends the command without a word.
struct BrokenPipe {};

}  // namespace modcore::cli
