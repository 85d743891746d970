// Where a verb writes: `--output FORMAT[=FILE]`, repeatable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.hpp"

namespace modcore::cli {

enum class Format { text, json, ndjson, compact, sarif, junit, github, gitlab, rdjson, markdown };
[[nodiscard]] std::string_view name_of(Format format);

// One place that is written to. Writes at once; throws BrokenPipe when the
// reader has gone and Failure when the disk is full.
class Output {
 public:
  Output(Format format, const std::string& file, ColorWhen color);  // empty or "-": standard output
  ~Output();
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;

  [[nodiscard]] Format format() const noexcept { return format_; }
  [[nodiscard]] bool to_standard_output() const noexcept { return descriptor_ == 1; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }  // of the file
  [[nodiscard]] const Palette& palette() const noexcept { return palette_; }
  // The first call, be its text empty, drops what the file held before.
  void write(std::string_view text);

 private:
  void begin();

  Format format_;
  std::string name_;
  int descriptor_;
  bool begun_ = false;
  Palette palette_;
};

// Opens what the options ask for, or `fallback` on standard output if they ask
// for nothing. Throws Failure for an unknown format, a file that cannot be
// written, two outputs to one place, and a file that is in `read`.
[[nodiscard]] std::vector<Output> open_outputs(const std::vector<std::string>& options,
                                               const std::vector<Format>& allowed, Format fallback,
                                               ColorWhen color,
                                               const std::vector<std::string>& read = {});

[[nodiscard]] bool is_terminal_output();

// A line on standard error, after the name of the command; printable.
void complain(std::string_view message);

}  // namespace modcore::cli
