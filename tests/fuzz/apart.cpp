// Any bytes as a text: thousands of items searched for together are found where they are
// found when few are, by other means: tables, marks and filters stand in for each other.
#include <algorithm>
#include <array>
#include <span>

#include "fuzz/engine.hpp"

using namespace modcore;

namespace {

using Items = std::vector<std::string>;

// Text that holds some of the items often. Every byte stands for one of these.
constexpr std::array<std::string_view, 32> pieces = {
    "ka", "so", "ri", "te", "mu", "KA", "s\xc3\xb3", "ri\xcc\x81", " ", " ", " ", "-", ".", "\n", "_", "4",
    "12", "@", "#", "%", "&", "/", "!", "(", "\xe2\x80\x8b", "\xef\xbd\x8b", "\xd0\xba", "k", "a", "o", "\xff", "sori ka"};

std::string spoken(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += pieces[static_cast<unsigned char>(c) % pieces.size()];
  return text;
}

constexpr std::size_t shortest_substring = 4;

// More than a table of literals takes at least: of two syllables, three and four.
Items syllables() {
  constexpr std::array<std::string_view, 8> parts = {"ka", "so", "ri", "te", "mu", "s", "a", "4"};
  Items all(parts.begin(), parts.begin() + 5);
  for (std::size_t begin = 0, length = 2; length <= 4; ++length) {
    const std::size_t end = all.size();
    for (std::size_t i = begin; i < end; ++i) {
      for (const std::string_view part : parts) all.push_back(all[i] + std::string(part));
    }
    begin = end;
  }
  std::erase_if(all, [](const std::string& item) { return item.size() < shortest_substring; });
  fuzz::expect(all.size() > 2'000);
  return all;
}

// Neither words nor digits stand in their matches; some have a mark.
Items regexes() {
  Items all = {R"(k\W*a\W*s\W*o\W*r\W*i)", R"(\bt\W*e\W*m\W*u\b)", R"(^\W*[ks]\w\b)", R"(^[ks]a?-)", R"(@\w\w\b)", R"(\w@\d)",
               R"(#[rt]\w{2,4}#)", R"(%\d+)", R"(&\w+;?)", R"([aeiou]{2}\d)", R"([k-m]\W[r-t]\W[a-e])", R"((\w\w)\W\1\b)",
               R"(\d\W\d{2}\b)", R"([!(]{2,})", R"((?<!a)\W[so]{3}\b)", R"(\b[a-e]\w\s[k-o]\b(?!-))", R"(a{2,}$)", R"([^\W\d_]\d[^\W\d_])",
               R"(\bк\w)", R"(\b\w_\w\b)"};
  for (const char c : std::string_view("kastmuo")) all.push_back(std::string(1, c) + R"(\W{2}[aeio]\b)");
  return all;
}

enum class Kind : std::uint8_t { words, substrings, regex };

std::string rule_of(Kind kind, const std::string& id, const std::string& item) {
  const std::string_view key = kind == Kind::words ? "words" : kind == Kind::substrings ? "substrings" : "regex";
  return "  - {id: a." + id + ", verdict: flag, " + std::string(key) + ": ['" + item + "']}\n";
}

Engine engine_of(Kind kind, std::span<const std::string> items, std::size_t first) {
  std::string text = "modcore: 1\ncategory: spam\nrules:\n";
  for (std::size_t i = 0; i < items.size(); ++i) text += rule_of(kind, std::to_string(first + i), items[i]);
  return fuzz::compiled(std::move(text));
}

// Where each rule matched; nothing if one was given up.
std::optional<std::string> told(const std::vector<Decision>& decisions) {
  std::vector<std::string> all;
  for (const Decision& decision : decisions) {
    if (!decision.undetermined.empty()) return std::nullopt;
    for (const FiredRule& rule : decision.fired) {
      std::string& text = all.emplace_back(rule.rule);
      for (const Evidence& at : rule.evidence) text += " " + std::to_string(at.begin) + "-" + std::to_string(at.end);
    }
  }
  std::ranges::sort(all);
  std::string text;
  for (const std::string& one : all) text += one + "\n";
  return text;
}

class Ways {
 public:
  Ways(Kind kind, const Items& items, std::size_t most) : together_(engine_of(kind, items, 0)) {
    for (std::size_t first = 0; first < items.size(); first += most) {
      const auto few = std::span(items).subspan(first, std::min(most, items.size() - first));
      apart_.emplace_back(engine_of(kind, few, first));
    }
  }

  void compare(const Post& post) {
    const Decision all = together_.scan(post);
    fuzz::check(all, post);
    std::vector<Decision> parts;
    for (Scanner& scanner : apart_) parts.push_back(scanner.scan(post));
    const auto expected = told(parts);
    const auto found = told({all});
    fuzz::expect(!expected || !found || *found == *expected);
  }

 private:
  Scanner together_;
  std::vector<Scanner> apart_;
};

}  // namespace

MODCORE_FUZZ_TARGET(apart) {
  // No more than what Hyperscan, and marks, still serve better.
  static std::array ways = {Ways(Kind::words, syllables(), 1'000), Ways(Kind::substrings, syllables(), 1'000),
                            Ways(Kind::regex, regexes(), 1)};
  const std::string text = spoken(input);
  for (Ways& way : ways) {
    way.compare({.body = input});
    way.compare({.body = text});
  }
}
