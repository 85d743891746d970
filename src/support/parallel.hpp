// Work on several threads, for what is done once and takes long.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace modcore {

// work(i) for each i below `count`, in no order, on as many threads as there are
// processors; the first exception is thrown again. What can be done by one thread is
// not worth another: `worth_it` says so.
template <typename Work>
void for_each_in_parallel(std::size_t count, bool worth_it, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex lock;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      const std::lock_guard guard(lock);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  const std::size_t processors = worth_it ? std::thread::hardware_concurrency() : 1;
  for (std::size_t i = 1; i < std::min(processors, count); ++i) {
    try {
      threads.emplace_back(run);
    } catch (const std::system_error&) {
      break;  // no thread is to be had: the others do its work
    }
  }
  run();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace modcore
