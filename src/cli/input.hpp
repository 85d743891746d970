// Lines from files and standard input, in batches as they arrive.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/corpus.hpp>
#include <modcore/engine.hpp>

namespace modcore::cli {

struct Line {
  std::string_view text;      // without its end; lives as long as its batch
  std::uint64_t number = 0;   // from 1, in its input
  std::string_view problem;   // set if the line could not be read; as long as its batch
};

struct Batch {
  std::string input;  // the file's name, "standard input"
  std::string data;   // what the lines point into
  std::vector<Line> lines;
  std::deque<std::string> problems;  // of rows of a table, for their lines to point into

  Batch() = default;
  // Moving `data` could move the characters of the lines.
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
};

// Reads whole lines, as many as are there: from a pipe each batch ends where
// the writer paused, so that nobody waits for a post that is already here.
class BatchReader {
 public:
  // No inputs, or "-": standard input. Throws Failure for a missing file or a folder.
  // Reading ends soon after `stop` becomes true.
  BatchReader(std::vector<std::string> inputs, const std::atomic<bool>& stop);
  ~BatchReader();
  BatchReader(const BatchReader&) = delete;
  BatchReader& operator=(const BatchReader&) = delete;

  // Inputs that end in .csv or .tsv are tables, or all of them; a row becomes a line
  // that holds a post in JSON. To be called before the first next().
  void read_tables(const Engine& engine, std::vector<FieldName> names, bool all);

  // Bytes read so far, and of all inputs; the latter 0 where it is not known.
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t bytes_in_all() const noexcept { return bytes_in_all_; }

  // Nothing at the end of the last input. A batch may be empty.
  [[nodiscard]] std::unique_ptr<Batch> next();

  [[nodiscard]] bool several_inputs() const noexcept { return inputs_.size() > 1; }

 private:
  bool open_next();
  void close_input();
  bool read_chunk();  // false at the end of the input
  bool has_line();
  void drop_long_line();
  std::unique_ptr<Batch> take_lines(bool at_end);
  std::unique_ptr<Batch> next_rows();

  std::vector<std::string> inputs_;
  const std::atomic<bool>& stop_;
  std::size_t next_input_ = 0;
  int descriptor_ = -1;
  std::string name_;
  std::string pending_;      // read, not yet handed out
  std::size_t searched_ = 0;  // there is no line end in pending_ before this
  std::uint64_t line_ = 0;   // lines handed out of this input
  bool at_start_ = true;
  bool skipping_ = false;    // within a line that was too long
  std::string_view problem_;  // why this input cannot be read on
  std::optional<Engine> engine_;  // set if there may be tables
  std::vector<FieldName> names_;
  bool all_tables_ = false;
  std::unique_ptr<CsvReader> table_;  // of this input, if it is one
  std::atomic<std::uint64_t> bytes_read_{0};
  std::uint64_t bytes_in_all_ = 0;
};

}  // namespace modcore::cli
