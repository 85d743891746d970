#include "lint/false_friends.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "lint/samples.hpp"
#include "lint/scope.hpp"

namespace modcore::lint {
namespace {

struct Friend {
  std::string_view word;  // folded: lower case, without accents
  std::string_view language;
  std::string_view meaning;
};

// Words that are insults, bait or trade in one of the three languages and
// everyday words in another. Written for this project.
constexpr Friend friends[] = {
#include "lint/false_friends.inc"
};

constexpr std::size_t least_known = 3;   // words of a group that tell its language
constexpr std::size_t everyday = 2000;   // ranks below it are words that everybody knows

bool is_known(std::string_view word, std::string_view language) {
  return std::ranges::any_of(friends, [&](const Friend& one) {
    return one.word == word && one.language == language;
  });
}

// The folded word of an item that is one plain word.
std::string_view word_of(const ir::Item& item) {
  if (!is_plain(item)) return {};
  const ir::WordSequence sequence = std::get<ir::WordsItem>(item.what).alternatives.front();
  if (sequence.size() != 1) return {};
  return sequence.front().word()->accents.front();
}

}  // namespace

void FalseFriends::note(runtime::ItemRef item, const WordList& list, std::size_t rank) {
  if (!list.language.empty()) groups_[item.pattern][item.item].try_emplace(list.language, Known{&list, rank});
}

bool FalseFriends::is_everyday(const Known& known) {
  return known.list->kind == WordList::Kind::given ||
         (known.list->kind == WordList::Kind::commonest && known.rank < everyday);
}

// Whether posts of any language are searched for it, and nothing else is asked.
bool FalseFriends::any_language(const ir::Pattern& pattern) const {
  const ir::Rule& rule = rules_.rules[static_cast<std::size_t>(pattern.rule)];
  return !pattern.is_except && pattern.languages.empty() && rule.languages.empty() &&
         rule.verdict != ir::Verdict::allow && rule.status != ir::Status::off && fires_on_item(rule);
}

void FalseFriends::report(std::string_view lists, diag::Sink& sink) const {
  for (std::size_t i = 0; i < rules_.patterns.size(); ++i) {
    const ir::Pattern& pattern = rules_.patterns[i];
    if (!any_language(pattern)) continue;
    const auto found = groups_.find(static_cast<std::uint32_t>(i));
    const Items items = found != groups_.end() ? found->second : Items{};
    const std::string_view own = language_of(items);
    known_ones(pattern, own, sink);
    if (!own.empty()) strangers(pattern, own, items, lists, sink);
  }
}

// Rare words, which only dictionaries hold, are no evidence.
std::string_view FalseFriends::language_of(const Items& items) {
  std::map<std::string_view, std::size_t> votes;
  std::size_t known = 0;
  for (const auto& [item, ranks] : items) {
    std::vector<std::string_view> languages;
    for (const auto& [language, one] : ranks) {
      if (one.list->kind != WordList::Kind::dictionary) languages.push_back(language);
    }
    if (languages.size() != 1) continue;
    ++known;
    ++votes[languages.front()];
  }
  if (known < least_known) return {};
  const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
  return most->second * 3 >= known * 2 ? most->first : std::string_view();
}

// English is where most such words are written; there it takes a group of another
// language to make them strange.
void FalseFriends::known_ones(const ir::Pattern& pattern, std::string_view own, diag::Sink& sink) const {
  for (const ir::Item& item : pattern.items) {
    const std::string_view word = word_of(item);
    if (word.empty()) continue;
    for (const Friend& one : friends) {
      const bool spoken = rules_.languages.empty() ||
                          std::ranges::any_of(rules_.languages, [&](const std::string& tag) {
                            return tag.starts_with(one.language);
                          });
      const bool strange = one.language != own && (one.language != "en" || !own.empty());
      if (one.word == word && spoken && strange) tell(pattern, item, one.language, one.meaning, sink);
    }
  }
}

// Everyday words of another language that the group's own does not know.
void FalseFriends::strangers(const ir::Pattern& pattern, std::string_view own, const Items& items,
                             std::string_view lists, diag::Sink& sink) const {
  for (const auto& [index, ranks] : items) {
    const auto& [language, known] = *ranks.begin();
    const bool strange = ranks.size() == 1 && language != own && is_everyday(known);
    if (!strange || is_known(word_of(pattern.items[index]), language)) continue;
    const std::string where = known.list->kind == WordList::Kind::given
                                  ? "it stands in " + known.list->name
                                  : fmt::format("one of its {} commonest words", everyday);
    tell(pattern, pattern.items[index], language,
         fmt::format("{}, in a group of {} words", where, language_name(own)), sink)
        .note(std::string(lists));
  }
}

diag::Report FalseFriends::tell(const ir::Pattern& pattern, const ir::Item& item, std::string_view language,
                                std::string_view meaning, diag::Sink& sink) const {
  auto report = sink.report(diag::false_friend, item.span, {item.source, language_name(language), meaning});
  report.rule(rules_.rules[static_cast<std::size_t>(pattern.rule)].id);
  return report;
}

}  // namespace modcore::lint
