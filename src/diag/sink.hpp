// Where every phase reports what is wrong with rule files.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "diag/allowances.hpp"
#include "source/source_map.hpp"

namespace modcore::diag {

struct Entry;  // diag/catalogue.hpp

// A place for people; line 0 for a span without a source.
[[nodiscard]] Location locate(const source::SourceMap& sources, source::Span span);

// A reported diagnostic while it is being completed. Refers into the sink: use
// it in the statement that reports.
//
//   sink.report(unknown_name, name.span, {"pattern", name.text}).rule(rule.id).suggest(name.span,
//   nearest);
class Report {
 public:
  Report& label(source::Span span, std::string text);
  Report& note(std::string text);
  Report& help(std::string text);  // replaces the catalogue's help
  // Left out where the span is of no text, such as an argument of the command.
  Report& fix(source::Span span, std::string replacement, bool safe = true);
  // A fix, and "did you mean `x`?" as the help; nothing if the replacement is empty.
  Report& suggest(source::Span span, std::string_view replacement);
  Report& rule(std::string_view id);
  Report& severity(Severity severity);  // another one than the catalogue has

 private:
  friend class Sink;
  Report(class Sink& sink, std::size_t index) : sink_(sink), index_(index) {}
  Diagnostic* diagnostic();  // null if the sink is full
  class Sink& sink_;
  std::size_t index_;
};

// Collects diagnostics; never throws them, never stops at the first. Keeps at most
// 5,000: past that, one more says that there are others.
class Sink {
 public:
  explicit Sink(const source::SourceMap& sources) : sources_(sources), allowances_(sources) {}

  // `arguments` fill {0}, {1}... of the message and the help in the catalogue.
  Report report(const Entry& entry, source::Span where,
                std::initializer_list<std::string_view> arguments = {});

  // Was any error reported since the beginning or the last take()?
  [[nodiscard]] bool has_errors() const noexcept { return errors_ != 0; }
  [[nodiscard]] std::size_t error_count() const noexcept { return errors_; }
  [[nodiscard]] std::size_t size() const noexcept { return diagnostics_.size(); }
  // Sorted by file, place and id, without exact duplicates; what comments allow is
  // marked as suppressed.
  [[nodiscard]] std::vector<Diagnostic> take();

  // What another sink of the same sources has collected, comments that allow findings too.
  void add(Sink&& other);

  [[nodiscard]] Allowances& allowances() noexcept { return allowances_; }
  // Marks what is allowed already now, which tells the comments that are used.
  void settle() { allowances_.settle(diagnostics_); }

 private:
  friend class Report;
  const source::SourceMap& sources_;
  Allowances allowances_;
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
  bool overflowed_ = false;
};

// The name in `names` that `name` was probably meant to be, or empty: edit
// distance at most a third of its length, case and `-`/`_` ignored, ties to the
// smaller name.
[[nodiscard]] std::string_view nearest(std::string_view name,
                                       const std::vector<std::string_view>& names);

}  // namespace modcore::diag
