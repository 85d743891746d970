#include "differential/random_cases.hpp"

#include <array>

#include "support/pattern_items.hpp"
#include "support/utf8.hpp"

namespace modcore::test {
namespace {

constexpr std::array vocabulary = {"kill", "yourself", "free", "casino", "na", "naïve", "été", "l'été",
                                   "łódź", "zażółć", "straße", "strasse", "œuvre", "mal", "malin", "12",
                                   "34567", "a1", "spam", "the", "de", "C", "Öl", "promocja", "promocji"};
constexpr std::array separators = {" ", " ", " ", " ", "  ", ", ", ". ", "-", "_", "'", "\n", "\r\n", "…", "\u00a0",
                                   "!!! ", " — ", "\u200b", "/"};
constexpr std::array others = {"https://shop.example.com/maps/x", "http://example.com", "example.com/mapsy", "bücher.example.org",
                               "@name", "#tag", "👍", "👍🏽", "👩🏽‍💻", "🇵🇱", "❤️", "❤", "> ", "\n> ", "`", "`code kill`",
                               "\n```\n", "\xff", "\xc3", "\xed\xa0\x80", "ａｂｃ", "ﬁne", "\u0301", "½", "⑤", "１２３",
                               "1 2-3.45", "3 4 5 6 7", "\"", "”", "\u200d", "K", "ſpam", "İ", "ı", "\t", "٣٤"};
constexpr std::array substrings = {"asin", "ill y", "pam", "été", "ß", "ss", "n", "1", "kill", "'", "na", "ode", "œ"};
constexpr std::array regexes = {"k[il]+l", "\\bspam\\b", "ca.?ino", "(?:free|libre) \\w+", "\\d{2,}", "^kill", "casino$",
                                "(\\w)\\1", "na(?!ï)", "(?<=fr)ee", "é+", "[^\\W\\d_]{6,}", "(?i:STRASSE|stra.e)", "kill.{0,10}free",
                                "s.am", "(?-i:Spam)", "\\p{L}+1", "(?x) m a l", "l.[eé]t[eé]", "promocj[ai]", "o\\b", "\\Bin", ".*the"};
constexpr std::array domains = {"example.com", "shop.example.com", "example.org", "bücher.example.org", "com"};
constexpr std::array emoji_items = {"👍", "👩‍💻", "👩", "💻", "🇵🇱", "❤"};
constexpr std::array numbers = {"12345", "34567", "12", "123", "5", "345"};
constexpr std::array languages = {"", "en", "pl", "pl-pl", "fr"};

}  // namespace

std::string RandomCases::word_with_wildcards() {
  std::string word = any(vocabulary);
  const std::size_t cut = utf8::floor_boundary(word, static_cast<std::size_t>(below(static_cast<int>(word.size()) + 1)));
  switch (below(8)) {
    case 0: return word.substr(0, cut) + "*";
    case 1: return "*" + word.substr(cut);
    case 2: return word.substr(0, cut) + "*" + word.substr(cut);
    default: return word;
  }
}

std::string RandomCases::phrase() {
  std::string text = word_with_wildcards();
  for (int more = below(3); more > 0; --more) {
    static constexpr std::array gaps = {" ", " ", " ", " <0-1> ", " <0-3> ", " <1-2> "};
    text += any(gaps) + word_with_wildcards();
  }
  return text;
}

ir::Item RandomCases::item() {
  switch (below(12)) {
    case 0: return substring(any(substrings));
    case 1:
    case 2: return regex(any(regexes));
    case 3: return below(2) == 0 ? domain(any(domains)) : domain(any(domains), "/maps");
    case 4: return emoji(any(emoji_items));
    case 5: return number(any(numbers));
    case 6: {
      const std::string first = phrase();
      const std::string second = phrase();
      return words({first, second});
    }
    default: return words(phrase());
  }
}

ir::Pattern RandomCases::group() {
  std::vector<ir::Item> items;
  for (int count = 1 + below(5); count > 0; --count) items.push_back(item());
  static constexpr std::array tolerances = {ir::Tolerance::accents, ir::Tolerance::accents, ir::Tolerance::case_, ir::Tolerance::exact};
  ir::Pattern made = pattern(std::move(items), any(tolerances));
  if (below(4) == 0) {
    made.at = static_cast<ir::At>(below(4));
    made.unit = static_cast<ir::Unit>(below(2));
  }
  if (below(8) == 0) made.languages = {"pl"};
  if (below(3) == 0 && made.items.size() > 1) made.items[0].distinct = made.items[1].distinct;
  return made;
}

namespace {

// Each alternative with more words before it, if `in_front()`, or behind it.
template <typename Choice>
ir::Alternatives joined(const ir::Alternatives& alternatives, const ir::WordSequence& more, Choice in_front) {
  ir::WordRows rows;
  for (const ir::WordSequence sequence : alternatives) {
    const bool first = in_front();
    if (first) test::append(rows, more);
    test::append(rows, sequence);
    if (!first) test::append(rows, more);
    rows.end_row();
  }
  return ir::Alternatives(std::move(rows));
}

}  // namespace

// Often excuses a part of what its group finds: the same item, or a longer phrase.
ir::Pattern RandomCases::exception_of(const ir::Pattern& pattern) {
  ir::Pattern except = group();
  except.is_except = true;
  const ir::Item& base = any(pattern.items);
  if (auto* words = std::get_if<ir::WordsItem>(&except.items.front().what); words != nullptr && below(2) == 0) {
    if (const auto* of = std::get_if<ir::WordsItem>(&base.what)) {
      words->alternatives = joined(words->alternatives, of->alternatives.front(), [&] { return below(2) == 0; });
    }
  } else if (below(4) != 0) {
    except.items.front().what = base.what;
  }
  return except;
}

ir::RuleSet RandomCases::rule_set() {
  ir::RuleSet rules;
  rules.has_policy = below(2) == 0;
  if (below(2) == 0) rules.languages = {"en", "pl"};
  for (int groups = 2 + below(4); groups > 0; --groups) {
    rules.patterns.push_back(group());
    if (below(6) == 0) continue;
    ir::Pattern except = exception_of(rules.patterns.back());
    rules.patterns.back().except = static_cast<ir::PatternId>(rules.patterns.size());
    rules.patterns.push_back(std::move(except));
  }
  return rules;
}

ir::FieldSet RandomCases::some_fields() {
  using enum ir::TextField;
  switch (below(8)) {
    case 0: return fields({body});
    case 1: return fields({title});
    case 2: return fields({own, quote, code});
    case 3: return fields({body, own});
    case 4: return fields({attachment_names, author_name});
    case 5: return fields({urls, mentions, hashtags, title});
    default: return ir::text_fields();
  }
}

std::vector<ir::PatternUse> RandomCases::uses(const ir::RuleSet& rules) {
  std::vector<ir::PatternUse> uses;
  for (std::uint32_t i = 0; i < rules.patterns.size(); ++i) {
    if (rules.patterns[i].is_except) continue;
    for (int count = 1 + below(2); count > 0; --count) uses.push_back({static_cast<ir::PatternId>(i), some_fields()});
  }
  return uses;
}

std::string RandomCases::disguised(std::string_view word) {
  std::string out;
  for (const char c : word) {
    const bool letter = c >= 'a' && c <= 'z';
    if (letter && below(12) == 0) {
      out += static_cast<char>(c - 'a' + 'A');
    } else if (letter && below(40) == 0) {
      utf8::append(out, static_cast<char32_t>(c - 'a') + 0xFF41);  // full-width
    } else {
      out += c;
    }
    if (letter && below(40) == 0) out += "\u200b";
    if (letter && below(60) == 0) out += "\u0301";
  }
  return out;
}

std::string RandomCases::text(int words) {
  std::string out;
  for (int i = 0; i < words; ++i) {
    out += below(6) == 0 ? std::string(any(others)) : disguised(any(vocabulary));
    out += any(separators);
  }
  return out;
}

RandomPost RandomCases::post() {
  RandomPost made;
  if (below(2) == 0) made.title = text(below(5));
  made.body = text(below(16));
  if (below(4) == 0) made.attachments = {text(below(3)), text(2)};
  if (below(4) == 0) made.author_name = text(2);
  made.lang = any(languages);
  return made;
}

}  // namespace modcore::test
