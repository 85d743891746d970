// Keys of `meta` that were meant to be one.
#include <algorithm>
#include <map>

#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"

namespace modcore::lint::style {
namespace {

std::string plain(std::string_view key) {
  std::string same;
  for (const char c : key) {
    if (c == '-' || c == '_' || c == ' ') continue;
    same += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return same;
}

struct Spelling {
  ast::Name first;
  std::size_t count = 0;
};

}  // namespace

void report_meta_keys(const StyleInput& input) {
  std::map<std::string, std::map<std::string, Spelling>> keys;
  for_each_rule(input, [&](const WrittenRule& one) {
    if (!one.rule->meta || is_shipped(input, one.file->source)) return;
    for (const ast::Field& entry : one.rule->meta->entries) {
      Spelling& spelling = keys[plain(entry.first.value)][entry.first.value];
      if (spelling.count++ == 0) spelling.first = entry.first;
    }
  });
  for (const auto& [same, spellings] : keys) {
    const auto usual = std::ranges::max_element(
        spellings, {}, [](const auto& spelling) { return spelling.second.count; });
    for (const auto& [written, spelling] : spellings) {
      if (written == usual->first) continue;
      input.sink.report(diag::key_spelling, spelling.first.span, {written, usual->first})
          .label(usual->second.first.span, "here")
          .fix(spelling.first.span, usual->first, false);
    }
  }
}

}  // namespace modcore::lint::style
