#include "cli/output.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/failure.hpp"

namespace modcore::cli {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 10> formats{
    {{"text", Format::text},
     {"json", Format::json},
     {"ndjson", Format::ndjson},
     {"compact", Format::compact},
     {"sarif", Format::sarif},
     {"junit", Format::junit},
     {"github", Format::github},
     {"gitlab", Format::gitlab},
     {"rdjson", Format::rdjson},
     {"markdown", Format::markdown}}};

bool is_standard(std::string_view file) { return file.empty() || file == "-"; }

void refuse_to_overwrite(const std::string& file, const std::vector<std::string>& read) {
  std::error_code ignored;
  for (const std::string& source : read) {
    if (!is_standard(file) && std::filesystem::equivalent(file, source, ignored)) {
      throw Failure(ExitCode::usage,
                    fmt::format("the output `{}` is also read from; name another", printable(file)));
    }
  }
}

// What the file holds stays until there is something to write in its place.
int open_for_writing(const std::string& file) {
  if (is_standard(file)) return STDOUT_FILENO;
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    throw Failure(ExitCode::usage, fmt::format("cannot write `{}`: {}", file, std::strerror(errno)));
  }
  return descriptor;
}

Format find_format(std::string_view name, const std::vector<Format>& allowed) {
  std::string known;
  for (const auto& [spelling, format] : formats) {
    if (std::ranges::count(allowed, format) == 0) continue;
    if (spelling == name) return format;
    known += (known.empty() ? "" : ", ") + std::string(spelling);
  }
  throw Failure(ExitCode::usage,
                fmt::format("--output {}: this verb writes {}", printable(name), known));
}

}  // namespace

std::string_view name_of(Format format) {
  const auto* const found = std::ranges::find(formats, format, &decltype(formats)::value_type::second);
  return found == formats.end() ? "?" : found->first;
}

Output::Output(Format format, const std::string& file, ColorWhen color)
    : format_(format),
      name_(is_standard(file) ? "standard output" : file),
      descriptor_(open_for_writing(file)),
      palette_(wants_color(color, descriptor_)) {}

Output::Output(Output&& other) noexcept
    : format_(other.format_),
      name_(std::move(other.name_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      begun_(other.begun_),
      palette_(other.palette_) {}

Output::~Output() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

void Output::begin() {
  if (begun_) return;
  begun_ = true;
  if (descriptor_ > STDERR_FILENO && ::ftruncate(descriptor_, 0) != 0 && errno != EINVAL) {
    throw Failure(ExitCode::usage, fmt::format("cannot write to {}: {}", name_, std::strerror(errno)));
  }
}

void Output::write(std::string_view text) {
  begin();
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      throw BrokenPipe{};
    } else if (errno != EINTR) {
      throw Failure(ExitCode::usage,
                    fmt::format("cannot write to {}: {}", name_, std::strerror(errno)));
    }
  }
}

std::vector<Output> open_outputs(const std::vector<std::string>& options,
                                 const std::vector<Format>& allowed, Format fallback,
                                 ColorWhen color, const std::vector<std::string>& read) {
  std::vector<Output> outputs;
  if (options.empty()) outputs.emplace_back(fallback, "", color);
  std::vector<std::string> files;
  for (const std::string& option : options) {
    const std::size_t equals = std::min(option.find('='), option.size());
    const Format format = find_format(option.substr(0, equals), allowed);
    std::string file = equals == option.size() ? "-" : option.substr(equals + 1);
    if (file.empty()) throw Failure(ExitCode::usage, "--output: a file name is missing after `=`");
    if (std::ranges::count(files, file) > 0) {
      throw Failure(ExitCode::usage,
                    fmt::format("two outputs go to {}", is_standard(file) ? "standard output" : file));
    }
    refuse_to_overwrite(file, read);
    outputs.emplace_back(format, file, color);
    files.push_back(std::move(file));
  }
  return outputs;
}

bool is_terminal_output() { return isatty(STDOUT_FILENO) == 1; }

void complain(std::string_view message) {
  const std::string line = fmt::format("modcore: {}\n", printable(message));
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace modcore::cli
