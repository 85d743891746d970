// Judges batches on several threads and hands the outcome on in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

#include "cli/input.hpp"
#include "cli/judge.hpp"

namespace modcore::cli {

// Reads until the end of the input. `write` is called in the order of the input
// and never twice at the same time. What a thread throws ends the run and is
// thrown here; `stop` is set then, so that the reader ends as well.
void run_pipeline(BatchReader& reader, const Engine& engine, const JudgeOptions& options,
                  std::size_t jobs, std::atomic<bool>& stop,
                  const std::function<void(JudgedBatch&&)>& write);

}  // namespace modcore::cli
