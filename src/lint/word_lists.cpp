#include "lint/word_lists.hpp"

#include <algorithm>
#include <unordered_set>

#include "support/utf8.hpp"

namespace modcore::lint {
namespace {

constexpr std::size_t longest_word = 64;  // bytes; what is longer is no word
// More words than anybody would write down as the ones that matter.
constexpr std::size_t many_words = 100'000;

using Known = std::unordered_set<std::string_view>;

template <typename Take>
void each_line(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool speaks(const ir::RuleSet& rules, std::string_view language) {
  if (rules.languages.empty()) return true;
  return std::ranges::any_of(rules.languages, [&](const std::string& tag) {
    return tag == language || tag.starts_with(std::string(language) + "-");
  });
}

WordList commonest(const EmbeddedWords& words) {
  WordList list;
  list.language = words.language;
  list.name = language_name(words.language);
  each_line(words.lines, [&](std::string_view line) {
    if (!line.empty()) list.words.push_back(line);
  });
  return list;
}

WordList list_of(const WordFile& file, Known known) {
  WordList list;
  list.language = file.language;
  list.name = file.name;
  each_line(file.text, [&](std::string_view line) {
    const std::string_view word = word_of_line(line);
    if (!word.empty() && known.insert(word).second) list.words.push_back(word);
  });
  const bool all = file.dictionary || list.words.size() > many_words;
  list.kind = all ? WordList::Kind::dictionary : WordList::Kind::given;
  return list;
}

// What lists before it hold of the same language, or of any if it has none.
Known known_to(const std::vector<WordList>& lists, const std::string& language) {
  Known known;
  for (const WordList& list : lists) {
    if (language.empty() || list.language == language) known.insert(list.words.begin(), list.words.end());
  }
  return known;
}

}  // namespace

std::string language_name(std::string_view tag) {
  if (tag == "en") return "English";
  if (tag == "fr") return "French";
  return tag == "pl" ? "Polish" : std::string(tag);
}

std::string_view word_of_line(std::string_view line) {
  if (line.starts_with('#')) return {};
  const std::string_view word = line.substr(0, line.find_first_of("/ \t\r"));
  const bool fits = word.size() <= longest_word && utf8::count(word) > 1;
  const bool number = word.find_first_not_of("0123456789") == std::string_view::npos;
  return fits && !number ? word : std::string_view();
}

std::vector<WordList> word_lists(const ir::RuleSet& rules, std::span<const WordFile> files) {
  std::vector<WordList> lists;
  for (const EmbeddedWords& words : embedded_words()) {
    if (speaks(rules, words.language)) lists.push_back(commonest(words));
  }
  for (const WordFile& file : files) {
    lists.push_back(list_of(file, known_to(lists, file.language)));
  }
  return lists;
}

}  // namespace modcore::lint
