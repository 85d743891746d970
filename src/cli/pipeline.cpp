#include "cli/pipeline.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace modcore::cli {
namespace {

using Write = std::function<void(JudgedBatch&&)>;

// Batches on their way: read, being judged, or waiting for an earlier one.
class Queue {
 public:
  Queue(std::size_t most, std::atomic<bool>& stop, const Write& write)
      : most_(most), stop_(stop), write_(write) {}

  // Waits while too many batches are on their way.
  void push(std::unique_ptr<Batch> batch) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return read_ - written_ < most_ || stop_.load(); });
    waiting_.emplace_back(read_++, std::move(batch));
    work_.notify_one();
  }

  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    work_.notify_all();
  }

  void work(Judge& judge) {
    for (;;) {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [&] { return !waiting_.empty() || closed_ || stop_.load(); });
      if (stop_.load() || waiting_.empty()) return;
      auto [number, batch] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      JudgedBatch judged = judge.judge(*batch);
      lock.lock();
      judged_.emplace(number, std::move(judged));
      write_what_is_next();
    }
  }

  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = error;
    stop_.store(true);
    work_.notify_all();
    room_.notify_all();
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  // Whoever completes the sequence writes it, under the lock.
  void write_what_is_next() {
    for (auto next = judged_.find(written_); next != judged_.end() && !stop_.load();
         next = judged_.find(written_)) {
      write_(std::move(next->second));
      judged_.erase(next);
      ++written_;
      room_.notify_one();
    }
  }

  const std::size_t most_;
  std::atomic<bool>& stop_;
  const Write& write_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable room_;
  std::deque<std::pair<std::size_t, std::unique_ptr<Batch>>> waiting_;
  std::map<std::size_t, JudgedBatch> judged_;
  std::size_t read_ = 0;
  std::size_t written_ = 0;
  bool closed_ = false;
  std::exception_ptr error_;
};

void run_parallel(BatchReader& reader, const Engine& engine, const JudgeOptions& options,
                  std::size_t jobs, std::atomic<bool>& stop, const Write& write) {
  Queue queue(4 * jobs, stop, write);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < jobs; ++i) {
    threads.emplace_back([&] {
      try {
        Judge judge(engine, options);
        queue.work(judge);
      } catch (...) {
        queue.fail(std::current_exception());
      }
    });
  }
  try {
    while (auto batch = reader.next()) queue.push(std::move(batch));
  } catch (...) {
    queue.fail(std::current_exception());
  }
  queue.close();
  for (std::thread& thread : threads) thread.join();
  queue.rethrow();
}

}  // namespace

void run_pipeline(BatchReader& reader, const Engine& engine, const JudgeOptions& options,
                  std::size_t jobs, std::atomic<bool>& stop, const Write& write) {
  if (jobs > 1) return run_parallel(reader, engine, options, jobs, stop, write);
  Judge judge(engine, options);
  while (auto batch = reader.next()) write(judge.judge(*batch));
}

}  // namespace modcore::cli
