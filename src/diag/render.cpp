// The report for people: message, place, the line with carets, notes, help, fixes.
#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <modcore/diagnostic.hpp>

#include "diag/display.hpp"

namespace modcore {
namespace {

constexpr std::size_t widest_line = 140;  // longer lines are shown around the carets
constexpr std::size_t cells_before_caret = 60;

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "\x1b[1;31m";
    case Severity::warning:
      return "\x1b[1;33m";
    case Severity::info:
      break;
  }
  return "\x1b[1;36m";
}
constexpr std::string_view gutter_color = "\x1b[1;34m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

// Text that came from a file, fit for a terminal.
std::string shown(std::string_view text) {
  const auto cells = diag::cells_of(text);
  return diag::text_of(cells, 0, cells.size());
}

// A range of one line that is underlined: the place itself or a label.
struct Mark {
  const Location* where = nullptr;
  std::string_view text;
  bool primary = false;
};

bool same_range(const Location& a, const Location& b) {
  return a.file == b.file && a.begin == b.begin && a.end == b.end;
}

// The part of a line that is shown, in cells.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Window&) const = default;
};

Window window_around(const std::vector<diag::Cell>& cells, std::size_t at) {
  if (cells.size() <= widest_line) return {0, cells.size()};
  const std::size_t begin = at > cells_before_caret ? at - cells_before_caret : 0;
  return {begin, std::min(cells.size(), begin + widest_line)};
}

class Renderer {
 public:
  explicit Renderer(const RenderOptions& options) : color_(options.color) {}

  void diagnostic(const Diagnostic& d) {
    header(d);
    digits_ = number_width(d);
    if (!d.where.file.empty()) {
      place("-->", d.where);
      excerpts(d);
    }
    if (!d.rule.empty()) remark("note", "in rule " + d.rule);
    for (const std::string& note : d.notes) remark("note", note);
    if (!d.help.empty()) remark("help", d.help);
    for (const Fix& fix : d.fixes) this->fix(fix);
    out_ += '\n';
  }

  void summary(std::size_t errors, std::size_t warnings) {
    const auto counted = [](std::size_t n, std::string_view noun) {
      return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
    };
    if (errors + warnings == 0) return;
    std::string text = errors != 0 ? counted(errors, "error") : "";
    if (errors != 0 && warnings != 0) text += ", ";
    if (warnings != 0) text += counted(warnings, "warning");
    out_ += text + '\n';
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void painted(std::string_view color, std::string_view text) {
    if (color_) out_ += color;
    out_ += text;
    if (color_) out_ += plain;
  }

  void header(const Diagnostic& d) {
    painted(color_of(d.severity), fmt::format("{}[{} {}]", to_string(d.severity), d.id, d.name));
    painted(bold, fmt::format(": {}", shown(d.message)));
    out_ += '\n';
  }

  static std::size_t number_width(const Diagnostic& d) {
    std::uint32_t last = d.where.line;
    for (const Label& label : d.labels) last = std::max(last, label.where.line);
    for (const Fix& fix : d.fixes) last = std::max(last, fix.where.line);
    return std::max<std::size_t>(2, std::to_string(last).size());
  }

  void gutter(std::string_view number, std::string_view bar) {
    painted(gutter_color, fmt::format("{:>{}} {}", number, digits_, bar));
  }

  void place(std::string_view arrow, const Location& where) {
    painted(gutter_color, fmt::format("{:>{}}{}", "", digits_, arrow));
    out_ += ' ' + shown(where.file);
    if (where.line != 0) out_ += fmt::format(":{}:{}", where.line, where.column);
    out_ += '\n';
  }

  // The marks of the diagnostic's own file by line, then those in other files.
  void excerpts(const Diagnostic& d) {
    std::vector<Mark> marks = marks_of(d);
    const auto elsewhere = [&](const Mark& mark) { return mark.where->file != d.where.file; };
    std::stable_sort(marks.begin(), marks.end(), [&](const Mark& a, const Mark& b) {
      return std::tuple(elsewhere(a), std::string_view(a.where->file), a.where->line,
                        a.where->begin) < std::tuple(elsewhere(b), std::string_view(b.where->file),
                                                     b.where->line, b.where->begin);
    });
    std::string_view file = d.where.file;
    begin_excerpt();
    for (const Mark& mark : marks) {
      if (mark.where->line_text.empty()) continue;
      if (mark.where->file != file) {
        file = mark.where->file;
        place(":::", *mark.where);
        begin_excerpt();
      }
      underlined(mark, d.severity);
    }
  }

  static std::vector<Mark> marks_of(const Diagnostic& d) {
    std::vector<Mark> marks{{&d.where, {}, true}};
    for (const Label& label : d.labels) {
      const bool on_the_place = same_range(label.where, d.where) && marks.front().text.empty();
      if (on_the_place)
        marks.front().text = label.text;
      else
        marks.push_back({&label.where, label.text, false});
    }
    return marks;
  }

  void begin_excerpt() {
    gutter("", "|");
    out_ += '\n';
    line_shown_ = 0;
  }

  void underlined(const Mark& mark, Severity severity) {
    const Location& where = *mark.where;
    const auto cells = diag::cells_of(where.line_text);
    const std::size_t begin = std::min<std::size_t>(where.column - 1, cells.size());
    const bool one_line = where.end_line == where.line;
    const std::size_t end =
        one_line ? std::min<std::size_t>(where.end_column - 1, cells.size()) : cells.size();
    const Window window = window_around(cells, begin);
    source_line(where.line, cells, window);
    gutter("", "|");
    const std::size_t indent =
        diag::width_of(cells, window.begin, begin) + (window.begin > 0 ? 1 : 0);
    const std::size_t width =
        std::max<std::size_t>(1, diag::width_of(cells, begin, std::min(end, window.end)));
    out_ += std::string(indent + 1, ' ');
    std::string line(width, mark.primary ? '^' : '-');
    if (!mark.text.empty()) line += ' ' + shown(mark.text);
    painted(mark.primary ? color_of(severity) : gutter_color, line);
    out_ += '\n';
  }

  void source_line(std::uint32_t number, const std::vector<diag::Cell>& cells, Window window) {
    if (line_shown_ == number && window == window_shown_) return;
    line_shown_ = number;
    window_shown_ = window;
    gutter(std::to_string(number), "|");
    out_ += ' ' + cut_line(cells, window) + '\n';
  }

  static std::string cut_line(const std::vector<diag::Cell>& cells, Window window) {
    std::string text = window.begin > 0 ? "…" : "";
    text += diag::text_of(cells, window.begin, window.end);
    if (window.end < cells.size()) text += "…";
    return text;
  }

  void remark(std::string_view kind, std::string_view text) {
    painted(gutter_color, fmt::format("{:>{}} =", "", digits_));
    painted(bold, fmt::format(" {}: ", kind));
    out_ += shown(text) + '\n';
  }

  void fix(const Fix& fix) {
    const Location& where = fix.where;
    const std::string_view kind = fix.safe ? "fix" : "possible fix";
    if (inserts_line(fix)) return new_line(kind, fix);
    if (removes_line(fix)) return remark(kind, fmt::format("remove line {}", where.line));
    const bool one_line = where.end_line == where.line && !where.line_text.empty();
    if (!one_line || fix.replacement.find('\n') != std::string::npos) {
      return remark(kind,
                    fmt::format("write `{}` at {}:{}", fix.replacement, where.line, where.column));
    }
    const auto cells = diag::cells_of(where.line_text);
    const std::string corrected = diag::text_of(cells, 0, where.column - 1) +
                                  shown(fix.replacement) +
                                  diag::text_of(cells, where.end_column - 1, cells.size());
    const auto corrected_cells = diag::cells_of(corrected);
    painted(gutter_color, fmt::format("{:>{}} =", "", digits_));
    painted(bold, fmt::format(" {}:\n", kind));
    gutter(std::to_string(where.line), "~");
    out_ +=
        ' ' + cut_line(corrected_cells, window_around(corrected_cells, where.column - 1)) + '\n';
  }

  static bool inserts_line(const Fix& fix) {
    return fix.where.begin == fix.where.end && fix.where.column == 1 &&
           fix.replacement.find('\n') + 1 == fix.replacement.size();
  }

  static bool removes_line(const Fix& fix) {
    return fix.replacement.empty() && fix.where.column == 1 && fix.where.end_column == 1 &&
           fix.where.end_line == fix.where.line + 1;
  }

  void new_line(std::string_view kind, const Fix& fix) {
    painted(gutter_color, fmt::format("{:>{}} =", "", digits_));
    painted(bold, fmt::format(" {}:\n", kind));
    gutter(std::to_string(fix.where.line), "+");
    out_ +=
        ' ' + shown(std::string_view(fix.replacement).substr(0, fix.replacement.size() - 1)) + '\n';
  }

  std::string out_;
  bool color_;
  std::size_t digits_ = 2;
  std::uint32_t line_shown_ = 0;
  Window window_shown_;
};

std::size_t count(std::span<const Diagnostic> diagnostics, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [severity](const Diagnostic& d) {
                      return d.severity == severity && !d.suppressed;
                    }));
}

}  // namespace

std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

std::string render(std::span<const Diagnostic> diagnostics, const RenderOptions& options) {
  Renderer renderer(options);
  for (const Diagnostic& d : diagnostics) {
    if (!d.suppressed) renderer.diagnostic(d);
  }
  renderer.summary(count(diagnostics, Severity::error), count(diagnostics, Severity::warning));
  return renderer.take();
}

bool has_errors(std::span<const Diagnostic> diagnostics) noexcept {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

}  // namespace modcore
