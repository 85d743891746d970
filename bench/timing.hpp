// Time a post, in thread CPU time: the median of several passes over all posts.
#pragma once

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

namespace bench {

constexpr int passes = 7;

inline double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Of all threads: compiling has more than one.
inline double process_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

inline double monotonic_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

template <typename Scan>
double one_pass(const std::vector<std::string>& posts, const Scan& scan) {
  const double begin = thread_seconds();
  for (const std::string& post : posts) scan(post);
  return (thread_seconds() - begin) * 1e9 / static_cast<double>(posts.size());
}

inline double median(std::vector<double> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

struct Pair {
  double first = 0;
  double second = 0;
};

// Nanoseconds a post of two scans, pass by pass in turn: what disturbs the machine
// disturbs both. The first pass lets the buffers grow and is not counted.
template <typename First, typename Second>
Pair in_turn(const std::vector<std::string>& posts, const First& first, const Second& second) {
  std::vector<double> firsts, seconds;
  for (int pass = 0; pass <= passes; ++pass) {
    const Pair times{one_pass(posts, first), one_pass(posts, second)};
    if (pass == 0) continue;
    firsts.push_back(times.first);
    seconds.push_back(times.second);
  }
  return {median(firsts), median(seconds)};
}

}  // namespace bench
