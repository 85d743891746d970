#include "check/report.hpp"

#include <algorithm>

#include "diag/catalogue.hpp"

namespace modcore::checker {

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::optional<std::size_t> choose_index(const Reporter& report, const ast::Name& word,
                                        std::string_view key,
                                        std::span<const std::string_view> words) {
  const auto found = std::ranges::find(words, word.value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  report(diag::enum_value_unknown, word.span, {word.value, key, joined(words)})
      .suggest(word.span, diag::nearest(word.value, {words.begin(), words.end()}));
  return std::nullopt;
}

void report_unknown(const Reporter& report, std::string_view what, const ast::Name& name,
                    const std::vector<std::string_view>& known) {
  report(diag::unknown_name, name.span, {what, name.value})
      .suggest(name.span, diag::nearest(name.value, known));
}

}  // namespace modcore::checker
