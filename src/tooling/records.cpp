#include "tooling/records.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

namespace modcore::tooling {
namespace {

constexpr std::size_t chunk_size = 256 * 1024;
constexpr std::size_t longest_line = std::size_t{64} << 20U;

bool is_table(std::string_view file) { return file.ends_with(".csv") || file.ends_with(".tsv"); }

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

// Lines of any length, of which the endless ones are skipped.
class LineSplitter {
 public:
  LineSplitter(std::string_view file, const std::function<void(const Record&)>& visit)
      : file_(file), visit_(visit) {}

  void feed(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      pending_ += bytes.substr(0, end);
      if (pending_.size() > longest_line) {
        pending_.clear();
        too_long_ = true;
      }
      if (end == std::string_view::npos) return;
      end_line();
      bytes.remove_prefix(end + 1);
    }
  }
  void finish() {
    if (!pending_.empty() || too_long_) end_line();
  }

 private:
  void end_line() {
    std::string_view text = pending_;
    if (++line_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (too_long_) {
      visit_({file_, line_, {}, "the line is longer than 64 MiB; it was skipped"});
    } else if (!is_blank(text)) {
      visit_({file_, line_, text, {}});
    }
    pending_.clear();
    too_long_ = false;
  }

  std::string_view file_;
  const std::function<void(const Record&)>& visit_;
  std::string pending_;
  std::uint64_t line_ = 0;
  bool too_long_ = false;
};

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

class Reader {
 public:
  Reader(const RecordSource& source, const Engine& engine,
         const std::function<void(const Record&)>& visit)
      : source_(source), engine_(engine), visit_(visit) {
    for (const std::string& file : source.files) {
      std::error_code error;
      const auto size = std::filesystem::file_size(file, error);
      if (!error) total_ += size;
    }
  }

  std::string read(const std::string& name) {
    std::error_code error;
    if (std::filesystem::is_directory(name, error)) return fmt::format("`{}` is a folder; name the files in it", name);
    const File file(std::fopen(name.c_str(), "rb"));
    if (!file) return fmt::format("cannot read `{}`: {}", name, std::strerror(errno));
    std::string problem = is_table(name) ? read_table(name, *file) : read_lines(name, *file);
    if (std::ferror(file.get()) != 0) return fmt::format("cannot read `{}`: reading failed", name);
    return problem;
  }

 private:
  template <typename Feed>
  void pump(std::FILE& file, const Feed& feed) {
    std::string chunk(chunk_size, '\0');
    while (const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), &file)) {
      feed(std::string_view(chunk).substr(0, count));
      done_ += count;
      if (source_.progress) source_.progress(done_, std::max(done_, total_));
    }
  }

  std::string read_lines(const std::string& name, std::FILE& file) {
    LineSplitter splitter(name, visit_);
    pump(file, [&](std::string_view bytes) { splitter.feed(bytes); });
    splitter.finish();
    return {};
  }

  std::string read_table(const std::string& name, std::FILE& file) {
    CsvReader reader(engine_, source_.names);
    const auto take = [&](CsvPost&& post) { visit_({name, post.line, post.json, post.problem}); };
    pump(file, [&](std::string_view bytes) { reader.feed(bytes, take); });
    reader.finish(take);
    return reader.error().empty() ? "" : fmt::format("cannot read `{}`: {}", name, reader.error());
  }

  const RecordSource& source_;
  const Engine& engine_;
  const std::function<void(const Record&)>& visit_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

std::string for_each_record(const RecordSource& source, const Engine& engine,
                            const std::function<void(const Record&)>& visit) {
  Reader reader(source, engine, visit);
  for (const std::string& file : source.files) {
    if (std::string problem = reader.read(file); !problem.empty()) return problem;
  }
  return {};
}

}  // namespace modcore::tooling
