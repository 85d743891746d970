#include "cli/input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"

namespace modcore::cli {
namespace {

constexpr std::size_t chunk_size = 64 * 1024;
constexpr std::size_t longest_line = 64 * 1024 * 1024;
constexpr std::size_t sniffed = 8 * 1024;
constexpr int poll_milliseconds = 200;

constexpr std::string_view too_long = "the line is longer than 64 MiB; it was skipped";
constexpr std::string_view binary =
    "this input is binary or UTF-16 (a quarter of it is NUL bytes); it was skipped";
constexpr std::string_view unreadable = "reading failed here; the rest of this input was skipped";

bool is_standard(std::string_view name) { return name == "-"; }

bool is_table(std::string_view name) { return name.ends_with(".csv") || name.ends_with(".tsv"); }

// The size of all files together; 0 if one of them is no file, such as a pipe.
std::uint64_t size_of(const std::vector<std::string>& inputs) {
  std::uint64_t size = 0;
  for (const std::string& name : inputs) {
    struct stat status {};
    const bool found = is_standard(name) ? ::fstat(STDIN_FILENO, &status) == 0 : ::stat(name.c_str(), &status) == 0;
    if (!found || !S_ISREG(status.st_mode)) return 0;
    size += static_cast<std::uint64_t>(status.st_size);
  }
  return size;
}

void require_readable(const std::string& name) {
  if (is_standard(name)) return;
  struct stat status {};
  const bool found = ::stat(name.c_str(), &status) == 0;
  if (!found || (!S_ISDIR(status.st_mode) && ::access(name.c_str(), R_OK) != 0)) {
    throw Failure(ExitCode::usage,
                  fmt::format("cannot read `{}`: {}", printable(name), std::strerror(errno)));
  }
  if (S_ISDIR(status.st_mode)) {
    throw Failure(ExitCode::usage,
                  fmt::format("`{}` is a folder; name the files in it", printable(name)));
  }
}

// A stray NUL is part of a post like any other byte.
bool is_binary(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\0')) * 4 >= text.size();
}

// Waits until there is something to read or the end was asked for.
bool wait_for_input(int descriptor, const std::atomic<bool>& stop) {
  while (!stop.load(std::memory_order_relaxed)) {
    pollfd waited{descriptor, POLLIN, 0};
    const int ready = ::poll(&waited, 1, poll_milliseconds);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // read() tells why
  }
  return false;
}

}  // namespace

BatchReader::BatchReader(std::vector<std::string> inputs, const std::atomic<bool>& stop)
    : inputs_(std::move(inputs)), stop_(stop) {
  if (inputs_.empty()) inputs_.emplace_back("-");
  for (const std::string& name : inputs_) require_readable(name);
  bytes_in_all_ = size_of(inputs_);
}

void BatchReader::read_tables(const Engine& engine, std::vector<FieldName> names, bool all) {
  engine_ = engine;
  names_ = std::move(names);
  all_tables_ = all;
}

BatchReader::~BatchReader() { close_input(); }

void BatchReader::close_input() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  descriptor_ = -1;
}

bool BatchReader::open_next() {
  close_input();
  if (next_input_ == inputs_.size()) return false;
  const std::string& input = inputs_[next_input_++];
  name_ = is_standard(input) ? "standard input" : input;
  descriptor_ = is_standard(input) ? STDIN_FILENO : ::open(input.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) {
    throw Failure(ExitCode::usage,
                  fmt::format("cannot read `{}`: {}", printable(name_), std::strerror(errno)));
  }
  line_ = 0;
  at_start_ = true;
  skipping_ = false;
  problem_ = {};
  table_.reset();
  if (engine_ && (all_tables_ || is_table(input))) table_ = std::make_unique<CsvReader>(*engine_, names_);
  return true;
}

bool BatchReader::read_chunk() {
  const std::size_t before = pending_.size();
  pending_.resize(before + chunk_size);
  ssize_t count = -1;
  do {
    if (!wait_for_input(descriptor_, stop_)) {
      pending_.resize(before);
      return false;
    }
    count = ::read(descriptor_, pending_.data() + before, chunk_size);
  } while (count < 0 && errno == EINTR);
  if (count < 0 && errno == EBADF) {
    throw Failure(ExitCode::usage, fmt::format("cannot read {}: it is closed", name_));
  }
  if (count < 0) problem_ = unreadable;
  pending_.resize(before + static_cast<std::size_t>(count < 0 ? 0 : count));
  if (count > 0) bytes_read_.fetch_add(static_cast<std::uint64_t>(count), std::memory_order_relaxed);
  if (at_start_ && count > 0) {
    at_start_ = false;
    if (pending_.starts_with("\xEF\xBB\xBF")) pending_.erase(0, 3);
    if (is_binary(std::string_view(pending_).substr(0, sniffed))) {
      problem_ = binary;
      pending_.clear();
    }
  }
  return count > 0 && problem_.empty();
}

bool BatchReader::has_line() {
  const bool found = pending_.find('\n', searched_) != std::string::npos;
  searched_ = found ? 0 : pending_.size();
  return found;
}

// Keeps memory bounded however long a line is.
void BatchReader::drop_long_line() {
  if (skipping_ || pending_.size() > longest_line) {
    pending_.clear();
    searched_ = 0;
    skipping_ = true;
  }
}

std::unique_ptr<Batch> BatchReader::take_lines(bool at_end) {
  auto batch = std::make_unique<Batch>();
  batch->input = name_;
  const std::size_t last = pending_.rfind('\n');
  const std::size_t taken = at_end ? pending_.size() : last == std::string::npos ? 0 : last + 1;
  batch->data = pending_.substr(0, taken);
  pending_.erase(0, taken);
  searched_ = pending_.size();

  std::string_view rest = batch->data;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    batch->lines.push_back({text, ++line_, skipping_ ? too_long : std::string_view()});
    skipping_ = false;
  }
  if (at_end && skipping_) batch->lines.push_back({{}, ++line_, too_long});
  if (at_end && !problem_.empty()) batch->lines.push_back({{}, line_ + 1, problem_});
  return batch;
}

// The rows that a chunk completes. Their posts are laid end to end first: the lines
// point into what no longer grows.
std::unique_ptr<Batch> BatchReader::next_rows() {
  auto batch = std::make_unique<Batch>();
  batch->input = name_;
  std::vector<CsvPost> posts;
  const auto take = [&](CsvPost&& post) { posts.push_back(std::move(post)); };
  bool more = true;
  while (more && posts.empty()) {
    more = read_chunk();
    table_->feed(pending_, take);
    pending_.clear();
  }
  if (!more) table_->finish(take);
  if (!table_->error().empty()) {
    throw Failure(ExitCode::usage, fmt::format("cannot read {}: {}", printable(name_), printable(table_->error())));
  }
  for (const CsvPost& post : posts) batch->data += post.json;
  std::size_t at = 0;
  for (CsvPost& post : posts) {
    const std::string_view problem = post.problem.empty() ? std::string_view() : batch->problems.emplace_back(std::move(post.problem));
    batch->lines.push_back({std::string_view(batch->data).substr(at, post.json.size()), post.line, problem});
    at += post.json.size();
  }
  if (!more && !problem_.empty()) batch->lines.push_back({{}, 1, problem_});
  if (!more) close_input();
  if (stop_.load(std::memory_order_relaxed)) return nullptr;
  return batch;
}

std::unique_ptr<Batch> BatchReader::next() {
  if (descriptor_ < 0 && !open_next()) return nullptr;
  if (table_) return next_rows();
  while (read_chunk()) {
    if (has_line()) return take_lines(false);
    drop_long_line();
  }
  auto batch = take_lines(true);
  close_input();
  if (stop_.load(std::memory_order_relaxed)) return nullptr;
  return batch;
}

}  // namespace modcore::cli
