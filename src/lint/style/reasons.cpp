// Reasons and titles: whom they leave out, and what they give away.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"
#include "support/utf8.hpp"

namespace modcore::lint::style {
namespace {

constexpr std::size_t longest_reason = 300;
constexpr std::size_t shortest_reason = 10;

// `pt` covers `pt-br`, and the other way round it is better than nothing.
bool covers(std::string_view a, std::string_view b) {
  return a.substr(0, a.find('-')) == b.substr(0, b.find('-'));
}

// The rule's plain phrases, " free casino ". A single word is often the subject itself,
// which a reason has to name.
std::set<std::string> plain_phrases(const ir::RuleSet& rules, const ir::Rule& rule) {
  std::set<std::string> phrases;
  for (const ir::PatternId id : rule.patterns) {
    for (const ir::Item& item : rules.patterns[static_cast<std::size_t>(id)].items) {
      const auto* words = std::get_if<ir::WordsItem>(&item.what);
      if (words == nullptr) continue;
      for (const ir::WordSequence sequence : words->alternatives) {
        std::string phrase = " ";
        const bool plain = std::ranges::all_of(sequence, [&phrase](const ir::WordElement element) {
          const ir::WordPattern* word = element.word();
          if (word == nullptr || word->accents.size() != 1) return false;
          phrase += word->accents[0] + ' ';
          return true;
        });
        if (plain && sequence.size() > 1) phrases.insert(std::move(phrase));
      }
    }
  }
  return phrases;
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

// `{{author}}`, `{match}`, `%(name)s`: as other programs write what they fill in. Empty
// without one.
std::string_view placeholder(std::string_view text) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>("{{", "}}"), {"${", "}"}, {"{", "}"}, {"%(", ")s"}}) {
    for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1)) {
      std::size_t end = at + open.size();
      while (end < text.size() && (text[end] == ' ' || is_name(text[end]))) ++end;
      const bool named = text.substr(at + open.size(), end - at - open.size()).find_first_not_of(' ') != std::string_view::npos;
      if (named && text.substr(end).starts_with(close)) return text.substr(at, end + close.size() - at);
    }
  }
  return {};
}

class Texts {
 public:
  Texts(const WrittenRule& one, const StyleInput& input) : one_(one), input_(input) {}

  void run() {
    const ast::Rule& rule = *one_.rule;
    if (rule.title) {
      languages(*rule.title, "title");
      placeholders(*rule.title);
    }
    if (!rule.reason) return;
    languages(*rule.reason, "reason");
    placeholders(*rule.reason);
    const auto phrases = plain_phrases(input_.rules, *one_.meaning);
    for (const auto& [language, text] : rule.reason->entries) {
      length(text);
      leak(text, phrases);
    }
  }

 private:
  diag::Report report(const diag::Entry& entry, source::Span where,
                      std::initializer_list<std::string_view> arguments) {
    diag::Report made = input_.sink.report(entry, where, arguments);
    made.rule(one_.rule->id.value);
    return made;
  }

  // A bare text is for everybody.
  void languages(const ast::LocalizedText& text, std::string_view key) {
    const bool bare = std::ranges::any_of(
        text.entries, [](const auto& entry) { return entry.first.value.empty(); });
    if (bare) return;
    std::string lacking;
    for (const std::string& language : input_.rules.languages) {
      const bool read = one_.meaning->languages.empty() ||
                        std::ranges::any_of(one_.meaning->languages, [&](const std::string& own) {
                          return covers(own, language);
                        });
      const bool there = std::ranges::any_of(text.entries, [&](const auto& entry) {
        return covers(entry.first.value, language);
      });
      if (read && !there) lacking += fmt::format("{}`{}`", lacking.empty() ? "" : ", ", language);
    }
    if (!lacking.empty()) report(diag::missing_language, text.span, {key, lacking});
  }

  void length(const ast::Name& text) {
    const std::size_t characters = utf8::count(text.value);
    if (characters > longest_reason) {
      report(diag::reason_length, text.span,
             {std::to_string(characters),
              fmt::format("say it in at most {}: what is not welcome, and what to do instead",
                          longest_reason)});
    } else if (characters < shortest_reason) {
      report(diag::reason_length, text.span,
             {std::to_string(characters), "tell the author what is not welcome"});
    }
  }

  void placeholders(const ast::LocalizedText& text) {
    for (const auto& [language, words] : text.entries) {
      const std::string_view found = placeholder(words.value);
      if (!found.empty()) report(diag::placeholder_in_reason, words.span, {found});
    }
  }

  void leak(const ast::Name& text, const std::set<std::string>& phrases) {
    const std::string said = spaced_words(text.value);
    for (const std::string& phrase : phrases) {
      if (said.find(phrase) == std::string::npos) continue;
      report(diag::reason_leaks_pattern, text.span, {phrase.substr(1, phrase.size() - 2)});
      return;
    }
  }

  const WrittenRule& one_;
  const StyleInput& input_;
};

}  // namespace

void report_reasons(const StyleInput& input) {
  for_each_rule(input, [&](const WrittenRule& one) {
    if (!is_shipped(input, one.file->source)) Texts(one, input).run();
  });
}

}  // namespace modcore::lint::style
