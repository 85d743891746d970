// Completes diagnostics with their text and place, and keeps them until taken.
#include "diag/sink.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "diag/catalogue.hpp"

namespace modcore::diag {
namespace {

// A line that no terminal shows whole is not carried along: a file may hold
// thousands of errors in one line of megabytes.
constexpr std::size_t longest_line = 4000;
constexpr std::size_t longest_argument = 600;
constexpr std::size_t most_diagnostics = 5000;

// Names come from files: a message stays one line of bearable length.
std::string one_line(std::string_view argument) {
  const bool cut = argument.size() > longest_argument;
  if (cut) argument = argument.substr(0, longest_argument);
  while (cut && !argument.empty() && (static_cast<unsigned char>(argument.back()) & 0x80U) != 0) {
    argument.remove_suffix(1);
  }
  std::string text(argument);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  if (cut) text += "...";
  return text;
}

std::string fill(std::string_view form, std::initializer_list<std::string_view> arguments) {
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool placeholder = form[i] == '{' && i + 2 < form.size() && form[i + 1] >= '0' &&
                             form[i + 1] <= '9' && form[i + 2] == '}';
    if (!placeholder) {
      text += form[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(form[i + 1] - '0');
    if (index < arguments.size()) text += one_line(arguments.begin()[index]);
    i += 2;
  }
  return text;
}

auto order(const Diagnostic& d) {
  return std::tie(d.where.file, d.where.begin, d.where.end, d.id, d.message, d.rule);
}

}  // namespace

Location locate(const source::SourceMap& sources, source::Span span) {
  Location location;
  if (span.source == source::no_source) return location;
  location.file = sources.name(span.source);
  location.begin = span.begin;
  location.end = std::max(span.begin, span.end);
  const source::Position begin = sources.position(span.source, location.begin);
  const source::Position end = sources.position(span.source, location.end);
  location.line = begin.line;
  location.column = begin.column;
  location.end_line = end.line;
  location.end_column = end.column;
  const std::string_view line = sources.line_text(span.source, begin.line);
  if (line.size() <= longest_line) location.line_text = line;
  return location;
}

Report Sink::report(const Entry& entry, source::Span where,
                    std::initializer_list<std::string_view> arguments) {
  if (entry.severity == Severity::error) ++errors_;
  if (diagnostics_.size() == most_diagnostics) {
    overflowed_ = true;
    return {*this, most_diagnostics};
  }
  Diagnostic diagnostic;
  diagnostic.severity = entry.severity;
  diagnostic.id = entry.id;
  diagnostic.name = entry.name;
  diagnostic.message = fill(entry.message, arguments);
  diagnostic.help = fill(entry.help, arguments);
  diagnostic.where = locate(sources_, where);
  diagnostics_.push_back(std::move(diagnostic));
  return {*this, diagnostics_.size() - 1};
}

void Sink::add(Sink&& other) {
  allowances_.add(std::move(other.allowances_));
  const std::size_t count = std::min(other.diagnostics_.size(), most_diagnostics - diagnostics_.size());
  overflowed_ = overflowed_ || other.overflowed_ || count < other.diagnostics_.size();
  errors_ += other.errors_;
  std::move(other.diagnostics_.begin(), other.diagnostics_.begin() + static_cast<std::ptrdiff_t>(count),
            std::back_inserter(diagnostics_));
  other.diagnostics_.clear();
}

std::vector<Diagnostic> Sink::take() {
  settle();
  std::vector<Diagnostic> taken = std::exchange(diagnostics_, {});
  std::stable_sort(taken.begin(), taken.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
  const auto end =
      std::unique(taken.begin(), taken.end(),
                  [](const Diagnostic& a, const Diagnostic& b) { return order(a) == order(b); });
  taken.erase(end, taken.end());
  if (std::exchange(overflowed_, false)) {
    report(limit_exceeded, {}, {"the number of diagnostics", std::to_string(most_diagnostics)})
        .help("the others are not listed: correct these first");
    taken.push_back(std::move(diagnostics_.back()));
    diagnostics_.clear();
  }
  errors_ = 0;
  return taken;
}

Diagnostic* Report::diagnostic() {
  return index_ < sink_.diagnostics_.size() ? &sink_.diagnostics_[index_] : nullptr;
}

Report& Report::label(source::Span span, std::string text) {
  if (Diagnostic* d = diagnostic())
    d->labels.push_back({locate(sink_.sources_, span), std::move(text)});
  return *this;
}

Report& Report::note(std::string text) {
  if (Diagnostic* d = diagnostic()) d->notes.push_back(std::move(text));
  return *this;
}

Report& Report::help(std::string text) {
  if (Diagnostic* d = diagnostic()) d->help = std::move(text);
  return *this;
}

Report& Report::fix(source::Span span, std::string replacement, bool safe) {
  Diagnostic* d = diagnostic();
  if (d == nullptr) return *this;
  Location where = locate(sink_.sources_, span);
  if (where.line != 0) d->fixes.push_back({std::move(where), std::move(replacement), safe});
  return *this;
}

Report& Report::suggest(source::Span span, std::string_view replacement) {
  if (replacement.empty()) return *this;
  help("did you mean `" + std::string(replacement) + "`?");
  return fix(span, std::string(replacement));
}

Report& Report::rule(std::string_view id) {
  if (Diagnostic* d = diagnostic()) d->rule = id;
  return *this;
}

Report& Report::severity(Severity severity) {
  Diagnostic* d = diagnostic();
  if (d == nullptr) return *this;
  if (severity == Severity::error && d->severity != Severity::error) ++sink_.errors_;
  if (severity != Severity::error && d->severity == Severity::error) --sink_.errors_;
  d->severity = severity;
  return *this;
}

}  // namespace modcore::diag
