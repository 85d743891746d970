#include "lint/word_lists.hpp"

#include <algorithm>

namespace modcore::lint {
namespace {

std::string name_of(std::string_view language) {
  if (language == "en") return "English";
  return language == "fr" ? "French" : "Polish";
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool speaks(const ir::RuleSet& rules, std::string_view language) {
  if (rules.languages.empty()) return true;
  return std::ranges::any_of(rules.languages, [&](const std::string& tag) {
    return tag == language || tag.starts_with(std::string(language) + "-");
  });
}

}  // namespace

std::vector<WordList> word_lists(const ir::RuleSet& rules) {
  std::vector<WordList> lists;
  for (const EmbeddedWords& words : embedded_words()) {
    if (!speaks(rules, words.language)) continue;
    WordList list;
    list.language = words.language;
    list.name = name_of(words.language);
    list.words = lines_of(words.lines);
    lists.push_back(std::move(list));
  }
  return lists;
}

}  // namespace modcore::lint
