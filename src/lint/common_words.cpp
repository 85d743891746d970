#include "lint/common_words.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "lint/false_friends.hpp"
#include "lint/scope.hpp"
#include "lint/word_lists.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"

namespace modcore::lint {
namespace {

constexpr std::size_t most_shown = 5;       // victims in a message
constexpr std::size_t everyday = 5000;      // ranks below it are words that everybody uses
constexpr std::size_t known_to_all = 1500;  // ranks of words that stand in every other post
constexpr std::size_t ending = 3;           // letters that an inflection may add
constexpr std::size_t many_by_star = 30;    // words that a `*` may find before it is worth a remark

struct Victim {
  std::string_view word;
  std::size_t rank = 0;
  bool everyday = false;  // somebody will write it before long
};

// What an item finds among ordinary words.
struct Found {
  std::vector<Victim> victims;    // words that are not what it is written for
  std::vector<Victim> endings;    // words that its `*` is for, and others
};

// How an item is written, as far as it matters here.
struct Writing {
  enum class Kind : std::uint8_t { other, word, open_end, wildcard, inside, regex };
  Kind kind = Kind::other;
  std::string stem;   // folded, without wildcards
  std::string cased;  // as written, case folded
};

Writing writing_of(const ir::Item& item) {
  Writing writing;
  if (const auto* inside = std::get_if<ir::SubstringItem>(&item.what)) {
    return {Writing::Kind::inside, inside->accents, inside->cased};
  }
  if (std::holds_alternative<ir::RegexItem>(item.what)) return {Writing::Kind::regex, {}, {}};
  const auto* words = std::get_if<ir::WordsItem>(&item.what);
  if (words == nullptr || words->alternatives.size() != 1 || words->alternatives[0].size() != 1) {
    return writing;
  }
  const ir::WordPattern* word = words->alternatives[0].front().word();
  if (word == nullptr) return writing;
  writing.stem = word->accents.front();
  writing.cased = word->cased.front();
  writing.kind = Writing::Kind::word;
  if (word->accents.size() == 2 && word->accents[1].empty()) {
    writing.kind = Writing::Kind::open_end;
  } else if (word->accents.size() > 1) {
    writing.kind = Writing::Kind::wildcard;
  }
  return writing;
}

class CommonWords {
 public:
  CommonWords(const Input& input, ItemScan& scan, diag::Sink& sink)
      : rules_(input.checked.rules), scan_(scan), sink_(sink),
        friends_(input), lists_(input.words) {}

  void run() {
    std::size_t first_rank = 0;
    for (const WordList& list : lists_) {
      first_rank_ = list.kind == WordList::Kind::commonest ? 0 : first_rank;
      gather(list);
      first_rank = std::max(first_rank, first_rank_ + list.words.size());
    }
    for (auto& [item, found] : found_) report(item.first, item.second, found);
    friends_.report(used(), sink_);
  }

 private:
  [[nodiscard]] const ir::Pattern& pattern(std::uint32_t id) const { return rules_.patterns[id]; }

  [[nodiscard]] const ir::Rule& rule_of(const ir::Pattern& pattern) const {
    return rules_.rules[static_cast<std::size_t>(pattern.rule)];
  }

  [[nodiscard]] bool concerns(const ir::Pattern& pattern, const std::string& language) const {
    const ir::Rule& rule = rule_of(pattern);
    const bool asked = !pattern.is_except && pattern.at == ir::At::anywhere &&
                       rule.verdict != ir::Verdict::allow && rule.status != ir::Status::off;
    return asked && (language.empty() || rule.languages.empty() ||
                     std::ranges::any_of(rule.languages, [&](const std::string& tag) {
                       return tag.starts_with(language);
                     }));
  }

  void gather(const WordList& list) {
    scan_.run(list.words, list.language, [&](const Hit& hit) {
      const ir::Pattern& group = pattern(hit.item.pattern);
      if (!hit.excused && concerns(group, list.language)) judge(hit, list, group.items[hit.item.item], group);
    });
  }

  void judge(const Hit& hit, const WordList& list, const ir::Item& item, const ir::Pattern& group) {
    const Writing& writing = written(hit.item, item);
    const std::string_view word = list.words[hit.text];
    const Victim victim{word, first_rank_ + hit.text, is_everyday(list, hit.text)};
    const bool whole = hit.range.begin == 0 && hit.range.end == word.size();
    const std::string folded = text::fold(word, text::Level::accents);
    const auto add = [&](bool wanted) {
      if (wanted) found_[{hit.item.pattern, hit.item.item}].victims.push_back(victim);
    };
    switch (writing.kind) {
      case Writing::Kind::other:
        return;
      case Writing::Kind::regex:
        return add(!whole);
      case Writing::Kind::inside:
        return add(!inflected(folded, writing.stem));
      case Writing::Kind::wildcard:
        return add(true);
      case Writing::Kind::open_end:
        if (list.kind != WordList::Kind::dictionary) {
          found_[{hit.item.pattern, hit.item.item}].endings.push_back(victim);
        }
        return add(victim.everyday && !inflected(folded, writing.stem));
      case Writing::Kind::word:
        if (whole && folded == writing.stem) friends_.note(hit.item, list, hit.text);
        return add(whole && fires_on_item(rule_of(group)) && other_word(list, hit.text, folded, writing, group.tolerance));
    }
  }

  const Writing& written(runtime::ItemRef ref, const ir::Item& item) {
    const auto [entry, added] = writings_.try_emplace({ref.pattern, ref.item});
    if (added) entry->second = writing_of(item);
    return entry->second;
  }

  // A list that somebody gives holds what their community writes every day.
  static bool is_everyday(const WordList& list, std::size_t rank) {
    return list.kind == WordList::Kind::given || (list.kind == WordList::Kind::commonest && rank < everyday);
  }

  // The word itself, or with an ending that only bends it.
  static bool inflected(std::string_view word, std::string_view stem) {
    if (!word.starts_with(stem)) return word.ends_with(stem) && word.size() == stem.size();
    return utf8::count(word) - utf8::count(stem) <= ending;
  }

  // Another word that looks the same once accents are gone, or in disguise.
  static bool other_word(const WordList& list, std::size_t rank, const std::string& folded,
                         const Writing& writing, ir::Tolerance tolerance) {
    if (folded != writing.stem) return tolerance == ir::Tolerance::obfuscated;
    if (list.kind != WordList::Kind::commonest) return false;
    const std::string cased = text::fold(list.words[rank], text::Level::case_);
    return rank < known_to_all && cased != writing.cased && knows(list, writing.cased);
  }

  static bool knows(const WordList& list, std::string_view word) {
    return std::ranges::find(list.words, word) != list.words.end();
  }

  // ---- Reports
  void report(std::uint32_t id, std::uint32_t index, Found& found) {
    const ir::Item& item = pattern(id).items[index];
    const Writing::Kind kind = writings_[{id, index}].kind;
    tidy(found.victims);
    tidy(found.endings);
    if (worth_telling(kind, found.victims)) {
      warn(id, item, kind, found.victims);
    } else if (found.endings.size() >= many_by_star) {
      told(diag::bad_inflection_star, id, item, found.endings, {});
    }
  }

  static void tidy(std::vector<Victim>& victims) {
    std::ranges::sort(victims, {}, [](const Victim& v) { return std::pair(v.rank, v.word); });
    const auto same = [](const Victim& a, const Victim& b) { return a.word == b.word; };
    victims.erase(std::unique(victims.begin(), victims.end(), same), victims.end());
  }

  // A single rare word is an accident that nobody will meet.
  static bool worth_telling(Writing::Kind kind, const std::vector<Victim>& victims) {
    if (victims.empty()) return false;
    const bool common = std::ranges::any_of(victims, &Victim::everyday);
    const bool whole = kind == Writing::Kind::word;
    return victims.size() >= 3 || (common && (whole || kind == Writing::Kind::inside));
  }

  void warn(std::uint32_t id, const ir::Item& item, Writing::Kind kind, const std::vector<Victim>& victims) {
    told(diag::hits_common_word, id, item, victims, advice(kind, victims));
  }

  static std::string advice(Writing::Kind kind, const std::vector<Victim>& victims) {
    const std::string spare = "spare them with `except: {words: [" + listed(victims, 3) + "]}`";
    switch (kind) {
      case Writing::Kind::inside:
        return "put it under `words`, where it stands for a whole word, or " + spare;
      case Writing::Kind::open_end:
        return "write out the endings that are meant, or " + spare;
      case Writing::Kind::word:
        return "write `tolerance: case` for this item, or " + spare;
      default:
        return spare;
    }
  }

  static std::string listed(const std::vector<Victim>& victims, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(most, victims.size()); ++i) {
      text += (text.empty() ? "" : ", ") + std::string(victims[i].word);
    }
    return text;
  }

  void told(const diag::Entry& entry, std::uint32_t id, const ir::Item& item,
            const std::vector<Victim>& victims, const std::string& help) {
    const std::string number = victims.size() == 1 ? "an ordinary word"
                                                   : fmt::format("{} ordinary words", victims.size());
    const std::string words = listed(victims, most_shown) + (victims.size() > most_shown ? "..." : "");
    auto report = sink_.report(entry, item.span, {item.source, number, words, help});
    report.rule(rule_of(pattern(id)).id).note(used());
  }

  // Which lists were looked at.
  [[nodiscard]] std::string used() const {
    std::string text;
    for (const WordList& list : lists_) {
      text += fmt::format("{}the {} words of {}", text.empty() ? "among " : ", ", list.words.size(), list.name);
    }
    return text;
  }

  const ir::RuleSet& rules_;
  ItemScan& scan_;
  diag::Sink& sink_;
  FalseFriends friends_;
  std::span<const WordList> lists_;
  std::size_t first_rank_ = 0;  // of the list that is being looked at
  std::map<std::pair<std::uint32_t, std::uint32_t>, Found> found_;  // by pattern and item
  std::map<std::pair<std::uint32_t, std::uint32_t>, Writing> writings_;
};

}  // namespace

void lint_common_words(const Input& input, ItemScan& scan, diag::Sink& sink) {
  CommonWords(input, scan, sink).run();
}

}  // namespace modcore::lint
