#include "tooling/allowances.hpp"

#include <algorithm>

#include "diag/catalogue.hpp"
#include "tooling/named_diagnostic.hpp"

namespace modcore::tooling {
namespace {

class Reporter {
 public:
  Reporter(const source::SourceMap& sources, diag::Sink& sink) : sources_(sources), sink_(sink) {}

  void comment(const diag::Allowance& allowance, bool complete) {
    if (allowance.reason.empty()) {
      std::string ids;
      for (const diag::AllowedId& id : allowance.ids) ids += (ids.empty() ? "" : ", ") + id.text;
      sink_.report(diag::suppression_without_reason, allowance.comment, {ids});
    }
    for (const diag::AllowedId& id : allowance.ids) {
      const DiagnosticInfo* info = named_diagnostic(id.text, id.span, sink_);
      if (info == nullptr) continue;
      if (is_always_error(*info)) {
        sink_.report(diag::error_not_negotiable, id.span, {info->id, "allowed"});
      } else if (complete && !id.used && !allowance.reason.empty()) {
        unused(allowance, id);
      }
    }
  }

 private:
  void unused(const diag::Allowance& allowance, const diag::AllowedId& id) {
    const bool whole = std::ranges::none_of(allowance.ids, &diag::AllowedId::used);
    sink_.report(diag::unused_suppression, id.span, {id.text})
        .fix(whole ? comment_and_blanks(allowance.comment) : id_and_comma(allowance, id), "");
  }

  // The whole line, if nothing else stands on it.
  [[nodiscard]] source::Span comment_and_blanks(source::Span comment) const {
    const std::string_view text = sources_.text(comment.source);
    std::uint32_t begin = comment.begin;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
    const std::size_t line_break = text.find('\n', comment.end);
    const bool own_line = begin == 0 || text[begin - 1] == '\n';
    if (!own_line || line_break == std::string_view::npos) return {comment.source, begin, comment.end};
    return {comment.source, begin, static_cast<std::uint32_t>(line_break + 1)};
  }

  static source::Span id_and_comma(const diag::Allowance& allowance, const diag::AllowedId& id) {
    const auto at = static_cast<std::size_t>(&id - allowance.ids.data());
    source::Span span = id.span;
    if (at + 1 < allowance.ids.size()) {
      span.end = allowance.ids[at + 1].span.begin;
    } else {
      span.begin = allowance.ids[at - 1].span.end;
    }
    return span;
  }

  const source::SourceMap& sources_;
  diag::Sink& sink_;
};

}  // namespace

void report_allowances(const source::SourceMap& sources, bool complete, diag::Sink& sink) {
  if (sink.allowances().empty()) return;
  sink.settle();
  Reporter reporter(sources, sink);
  for (const diag::Allowance* allowance : sink.allowances().all()) {
    // What a shipped pack allows depends on the policy that it stands in.
    const bool shipped = sources.name(allowance->comment.source).starts_with("shipped:");
    reporter.comment(*allowance, complete && !shipped && !sink.allowances().is_excused(*allowance));
  }
}

}  // namespace modcore::tooling
