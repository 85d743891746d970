// Reporting in the name of a rule, and the choice of one word among a few.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"

namespace modcore::checker {

using source::Span;

// Passes everything to the sink with the id of the rule it stands in, if any.
class Reporter {
 public:
  explicit Reporter(diag::Sink& sink, std::string_view rule = {}) : sink_(&sink), rule_(rule) {}

  // The returned report refers into the sink: use it in the same statement.
  diag::Report operator()(const diag::Entry& entry, Span where,
                          std::initializer_list<std::string_view> arguments = {}) const {
    diag::Report report = sink_->report(entry, where, arguments);
    report.rule(rule_);
    return report;
  }
  [[nodiscard]] diag::Sink& sink() const noexcept { return *sink_; }

 private:
  diag::Sink* sink_;
  std::string_view rule_;
};

[[nodiscard]] std::string joined(std::span<const std::string_view> words);

// The place of the word among `words`; reported where it is none of them.
[[nodiscard]] std::optional<std::size_t> choose_index(const Reporter& report, const ast::Name& word,
                                                      std::string_view key,
                                                      std::span<const std::string_view> words);

// The same for an enumeration whose first `count` values have these words.
template <typename Enum, std::size_t count>
[[nodiscard]] std::optional<Enum> choose(const Reporter& report, const ast::Name& word,
                                         std::string_view key) {
  std::array<std::string_view, count> words;
  for (std::size_t index = 0; index < count; ++index) words[index] = to_string(Enum(index));
  const auto index = choose_index(report, word, key, words);
  return index ? std::optional(static_cast<Enum>(*index)) : std::nullopt;
}

// M101 with "did you mean".
void report_unknown(const Reporter& report, std::string_view what, const ast::Name& name,
                    const std::vector<std::string_view>& known);

}  // namespace modcore::checker
