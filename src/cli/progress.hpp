// A bar on a terminal while something takes long.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace modcore::cli {

// Shows on standard error, if that is a terminal and the work takes more than half a
// second. Leaves nothing behind.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `total` 0: how much there is, is not known. `note` stands after the bar.
  void show(std::uint64_t done, std::uint64_t total, const std::string& note = {});
  // Takes the bar away, so that something else can be written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool wanted_;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_;
};

}  // namespace modcore::cli
