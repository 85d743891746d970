// See random_rules.hpp.
#include "differential/random_rules.hpp"

#include <algorithm>
#include <iterator>

namespace differential {
namespace {

using Kind = Condition::Kind;

const std::vector<std::string> vocabulary = {
    "buy",   "cheap", "pills",  "online", "casino", "garden", "rose",  "été",     "forêt",  "łąka",
    "żółw",  "idiot", "you",    "are",    "not",    "free",   "money", "now",     "Straße", "naïve"};

std::size_t below(Random& random, std::size_t bound) { return random() % bound; }
bool chance(Random& random, unsigned percent) { return random() % 100 < percent; }

template <typename List>
const auto& pick(Random& random, const List& list) {
  return list[below(random, std::size(list))];
}

// ---- Patterns ----------------------------------------------------------------

std::string random_word_item(Random& random) {
  std::string word = pick(random, vocabulary);
  switch (below(random, 6)) {
    case 0: return word.substr(0, 3 + (static_cast<unsigned char>(word[2]) >= 0xC0 ? 1 : 0)) + "*";
    case 1: return word.size() > 4 && static_cast<unsigned char>(word[2]) < 0x80 ? "*" + word.substr(2) : word;
    default: return word;
  }
}

std::string random_phrase_item(Random& random) {
  std::string phrase = pick(random, vocabulary);
  for (std::size_t more = 1 + below(random, 2); more > 0; --more) {
    if (chance(random, 25)) phrase += " <0-" + std::to_string(1 + below(random, 2)) + ">";
    if (chance(random, 15)) {
      phrase += " (" + pick(random, vocabulary) + "|" + pick(random, vocabulary) + ")";
    } else {
      phrase += " " + pick(random, vocabulary);
    }
  }
  return phrase;
}

std::string random_regex_item(Random& random) {
  static const std::vector<std::string> forms = {
      "\\bcas\\w+", "(?<!not )free", "m.?ney", "\\d{2,4}", "(.)\\1\\1", "ch(?:ea|ee)p", "^buy", "now$",
      "[éà]t[éà]", "stra(?:ss|ß)e", "\\bnot\\b(?! you)", "x+y"};
  return pick(random, forms);
}

std::string quoted_list(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const std::string& item : items) {
    if (text.size() > 1) text += ", ";
    text += '\'';
    for (const char c : item) text += c == '\'' ? "''" : std::string(1, c);
    text += '\'';
  }
  return text + "]";
}

std::vector<std::string> distinct_items(Random& random, std::size_t count, std::string (*make)(Random&)) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < count; ++i) {
    std::string item = make(random);
    if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(std::move(item));
  }
  return items;
}

std::string random_kind(Random& random) {
  const std::size_t count = 1 + below(random, 3);
  switch (below(random, 6)) {
    case 0:
    case 1: return "words: " + quoted_list(distinct_items(random, count, random_word_item)) + "\n";
    case 2: return "phrases: " + quoted_list(distinct_items(random, count, random_phrase_item)) + "\n";
    case 3: return "substrings: " + quoted_list({pick(random, std::vector<std::string>{"asin", "heap", "oney", "forê"})}) + "\n";
    case 4: return "regex: " + quoted_list(distinct_items(random, count, random_regex_item)) + "\n";
    default: return "domains: [evil.example, shop.example/sale]\n";
  }
}

Group random_group(Random& random, std::size_t index) {
  Group group{.name = "g" + std::to_string(index), .yaml = random_kind(random)};
  const bool regex = group.yaml.starts_with("regex");
  if (chance(random, 25)) group.yaml += "tolerance: " + std::string(chance(random, 50) ? "case" : "exact") + "\n";
  if (chance(random, 30)) {
    group.yaml += "in: " + std::string(pick(random, std::vector<std::string>{
                               "title", "body", "own", "[title, body]", "quote", "code"})) + "\n";
  }
  if (!regex && chance(random, 15)) {
    group.yaml += "at: " + std::string(pick(random, std::vector<std::string>{"start", "end", "whole"})) + "\n";
    if (chance(random, 50)) group.yaml += "unit: line\n";
  }
  if (chance(random, 50)) {
    group.has_except = true;
    group.yaml += "except:\n  words: " + quoted_list(distinct_items(random, 6, random_word_item)) + "\n";
    if (chance(random, 60)) {
      group.yaml += "  phrases: " + quoted_list(distinct_items(random, 4, random_phrase_item)) + "\n";
    }
  }
  return group;
}

// ---- Conditions ----------------------------------------------------------------

std::string random_comparison(Random& random) {
  return pick(random, std::vector<std::string>{"<", "<=", ">", ">=", "==", "!="});
}

std::vector<std::string> some_patterns(Random& random, const std::vector<std::string>& names) {
  std::vector<std::string> some = names;
  std::shuffle(some.begin(), some.end(), random);
  some.resize(1 + below(random, some.size()));
  return some;
}

Condition random_fact(Random& random) {
  Condition condition;
  switch (below(random, 9)) {
    case 0:
      condition = {.kind = Kind::flag, .attribute = "author.verified"};
      break;
    case 1:
      condition = {.kind = Kind::text_equal, .attribute = chance(random, 50) ? "channel.name" : "author.plan",
                   .comparison = chance(random, 70) ? "==" : "!=", .texts = {chance(random, 50) ? "general" : "FREE"}};
      break;
    case 2:
      condition = {.kind = Kind::text_in, .attribute = "channel.name", .texts = {"general", "sale"}};
      break;
    case 3:
      condition = {.kind = Kind::roles, .texts = {chance(random, 50) ? "staff" : "partner"}};
      break;
    case 4:
      condition = {.kind = chance(random, 50) ? Kind::missing : Kind::present, .attribute = "author.post_count"};
      break;
    case 5:
      condition = {.kind = Kind::default_compare, .attribute = "author.strikes",
                   .comparison = random_comparison(random), .number = static_cast<std::int64_t>(below(random, 4)),
                   .fallback = static_cast<std::int64_t>(below(random, 3))};
      break;
    case 6:
      condition = {.kind = Kind::words, .comparison = random_comparison(random),
                   .number = static_cast<std::int64_t>(below(random, 12)),
                   .fields = chance(random, 50) ? "body" : "title"};
      break;
    case 7:
      condition = {.kind = Kind::links, .comparison = random_comparison(random),
                   .number = static_cast<std::int64_t>(below(random, 2)), .fields = "text"};
      break;
    default:
      condition = {.kind = Kind::compare,
                   .attribute = pick(random, std::vector<std::string>{"author.post_count", "author.strikes", "author.account_age"}),
                   .comparison = random_comparison(random), .number = static_cast<std::int64_t>(below(random, 5))};
  }
  return condition;
}

Condition random_pattern_condition(Random& random, const std::vector<std::string>& names) {
  const std::string fields = chance(random, 25) ? pick(random, std::vector<std::string>{"title", "body", "title + body", "own"}) : "";
  Condition condition{.patterns = {pick(random, names)}, .fields = fields};
  switch (below(random, 8)) {
    case 0:
      condition.kind = Kind::count;
      condition.comparison = random_comparison(random);
      condition.number = static_cast<std::int64_t>(below(random, 3));
      condition.fields.clear();
      break;
    case 1:
      condition.kind = Kind::distinct;
      condition.comparison = random_comparison(random);
      condition.number = static_cast<std::int64_t>(below(random, 3));
      condition.fields.clear();
      break;
    case 2:
      condition.kind = chance(random, 50) ? Kind::near : Kind::followed_by;
      condition.patterns.push_back(pick(random, names));
      condition.number = static_cast<std::int64_t>(below(random, 6));
      condition.fields.clear();
      break;
    case 3:
    case 4: {
      condition.kind = Kind::at_least;
      condition.patterns = some_patterns(random, names);
      static const std::vector<std::string> quantities = {"any", "all", "none", "1", "2"};
      condition.quantifier = pick(random, quantities);
      if (condition.quantifier == "2" && condition.patterns.size() < 2) condition.quantifier = "any";
      break;
    }
    default:
      condition.kind = Kind::matched;
  }
  return condition;
}

Condition random_condition(Random& random, const std::vector<std::string>& names, int depth) {
  if (depth == 0 || chance(random, 30)) {
    return !names.empty() && chance(random, 60) ? random_pattern_condition(random, names) : random_fact(random);
  }
  Condition condition;
  switch (below(random, 5)) {
    case 0: condition.kind = Kind::logic_not; break;
    case 1:
    case 2: condition.kind = Kind::logic_or; break;
    default: condition.kind = Kind::logic_and;
  }
  const std::size_t children = condition.kind == Kind::logic_not ? 1 : 2 + below(random, 2);
  for (std::size_t i = 0; i < children; ++i) condition.children.push_back(random_condition(random, names, depth - 1));
  return condition;
}

bool mentions(const Condition& condition, const std::string& name) {
  return std::find(condition.patterns.begin(), condition.patterns.end(), name) != condition.patterns.end() ||
         std::any_of(condition.children.begin(), condition.children.end(),
                     [&](const Condition& child) { return mentions(child, name); });
}

// Each declared group must be used somewhere: an unused one is an error.
void use_every_group(Rule& rule) {
  if (!rule.when) return;
  for (const Group& group : rule.groups) {
    const bool used = mentions(*rule.when, group.name) ||
                      std::any_of(rule.unless.begin(), rule.unless.end(),
                                  [&](const Condition& one) { return mentions(one, group.name); });
    if (used) continue;
    Condition both{.kind = Kind::logic_or};
    both.children.push_back(std::move(*rule.when));
    both.children.push_back({.kind = Kind::matched, .patterns = {group.name}});
    rule.when = std::move(both);
  }
}

Rule random_rule(Random& random, std::size_t index) {
  static const std::vector<std::string> categories = {"spam", "self-promotion", "harassment", "off-topic"};
  static const std::vector<std::string> verdicts = {"flag", "hide", "escalate", "flag"};
  Rule rule{.id = "r" + std::to_string(index), .category = pick(random, categories), .verdict = pick(random, verdicts)};
  std::vector<std::string> names;
  for (std::size_t groups = below(random, 5), i = 0; i < groups; ++i) {
    rule.groups.push_back(random_group(random, i));
    names.push_back(rule.groups.back().name);
  }
  if (names.empty() || chance(random, 75)) rule.when = random_condition(random, names, 3);
  if (chance(random, 30)) rule.unless.push_back(random_condition(random, names, 1));
  use_every_group(rule);
  if (chance(random, 25)) rule.score = static_cast<std::int64_t>(1 + below(random, 9));
  if (rule.score && chance(random, 50)) rule.verdict.reset();
  rule.final = chance(random, 10);
  if (chance(random, 10)) rule.status = chance(random, 70) ? "shadow" : "off";
  return rule;
}

std::string indented(const std::string& text, std::size_t spaces) {
  std::string result;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin) + 1;
    result += std::string(spaces, ' ') + text.substr(begin, end - begin);
    begin = end;
  }
  return result;
}

std::string single_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

std::string write(const Rule& rule) {
  std::string text = "  - id: " + rule.id + "\n    category: " + rule.category + "\n    status: " + rule.status + "\n";
  if (rule.verdict) text += "    verdict: " + *rule.verdict + "\n";
  if (rule.score) text += "    score: " + std::to_string(*rule.score) + "\n";
  if (rule.final) text += "    final: true\n";
  if (!rule.suppresses.empty()) {
    text += rule.suppresses.front() == "everything" ? "    suppresses: everything\n"
                                                    : "    suppresses: " + quoted_list(rule.suppresses) + "\n";
  }
  if (!rule.groups.empty()) text += "    patterns:\n";
  for (const Group& group : rule.groups) text += "      " + group.name + ":\n" + indented(group.yaml, 8);
  if (rule.when) text += "    when: " + single_quoted(differential::write(*rule.when)) + "\n";
  if (!rule.unless.empty()) text += "    unless:\n";
  for (const Condition& one : rule.unless) text += "      - " + single_quoted(differential::write(one)) + "\n";
  return text;
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) list += (list.size() > 1 ? ", \"" : "\"") + text + "\"";
  return list + "]";
}

int precedence(const Condition& condition) {
  switch (condition.kind) {
    case Kind::logic_or: return 0;
    case Kind::logic_and: return 1;
    case Kind::logic_not: return 2;
    default: return 3;
  }
}

std::string joined(const Condition& condition, const std::string& word) {
  std::string text;
  for (const Condition& child : condition.children) {
    if (!text.empty()) text += " " + word + " ";
    const bool parentheses = precedence(child) < precedence(condition);
    text += parentheses ? "(" + write(child) + ")" : write(child);
  }
  return text;
}

std::string set_of(const Condition& condition) {
  std::string set = "(";
  for (const std::string& name : condition.patterns) set += (set.size() > 1 ? ", $" : "$") + name;
  return set + ")";
}

std::string relation(const Condition& condition) {
  return " " + condition.comparison + " " + std::to_string(condition.number);
}

}  // namespace

std::vector<Rule> random_rules(Random& random) {
  std::vector<Rule> rules;
  for (std::size_t count = 1 + below(random, 5), i = 0; i < count; ++i) rules.push_back(random_rule(random, i));
  if (rules.size() > 2 && chance(random, 40)) {
    Rule& allow = rules.back();
    allow.verdict = "allow";
    allow.score.reset();
    allow.final = false;
    static const std::vector<std::vector<std::string>> targets = {{"r0"}, {"category:spam"}, {"everything"}, {"r0", "category:harassment"}};
    allow.suppresses = pick(random, targets);
  }
  return rules;
}

Post random_post(Random& random) {
  static const std::vector<std::string> separators = {" ", " ", " ", ", ", "! ", "\n", "-", "\u00a0", " \u201c"};
  static const std::vector<std::string> extras = {
      "`cheap pills`", "\n> you are idiot\n", "https://evil.example/x", "http://shop.example/sale/1", "aaa", "12345",
      "caf\u0065\u0301", "fr\u200bee", "ＭＯＮＥＹ", "BUY", "Not", "xxy", "\xff", "@bob", "\n```\nbuy now\n```\n", "strasse"};
  Post post;
  for (std::size_t words = below(random, 24); words > 0; --words) {
    std::string word = chance(random, 25) ? pick(random, extras) : pick(random, vocabulary);
    std::string& where = chance(random, 20) ? post.title : post.body;
    where += word + pick(random, separators);
  }
  const auto maybe = [&](unsigned percent) { return chance(random, percent); };
  if (maybe(70)) post.facts.integers["author.post_count"] = static_cast<std::int64_t>(below(random, 6));
  if (maybe(70)) post.facts.integers["author.strikes"] = static_cast<std::int64_t>(below(random, 4));
  if (maybe(70)) post.facts.integers["author.account_age"] = static_cast<std::int64_t>(below(random, 5)) * 86400;
  if (maybe(70)) post.facts.booleans["author.verified"] = maybe(50);
  if (maybe(70)) post.facts.texts["channel.name"] = pick(random, std::vector<std::string>{"general", "General", "sale", "other"});
  if (maybe(70)) post.facts.texts["author.plan"] = maybe(50) ? "free" : "paid";
  if (maybe(70)) {
    post.facts.roles.emplace();
    if (maybe(50)) post.facts.roles->push_back("staff");
    if (maybe(30)) post.facts.roles->push_back("Partner");
  }
  return post;
}

std::string write(const Condition& condition) {
  const std::string in = condition.fields.empty() ? "" : " in " + condition.fields;
  const auto pattern = [&](std::size_t i) { return "$" + condition.patterns[i]; };
  switch (condition.kind) {
    case Kind::logic_and: return joined(condition, "and");
    case Kind::logic_or: return joined(condition, "or");
    case Kind::logic_not: {
      const Condition& child = condition.children.front();
      return precedence(child) < 2 ? "not (" + write(child) + ")" : "not " + write(child);
    }
    case Kind::flag: return condition.attribute;
    case Kind::compare:
      return condition.attribute + relation(condition) + (condition.attribute == "author.account_age" ? " days" : "");
    case Kind::default_compare:
      return "(" + condition.attribute + " ?? " + std::to_string(condition.fallback) + ")" + relation(condition);
    case Kind::text_equal: return condition.attribute + " " + condition.comparison + " \"" + condition.texts[0] + "\"";
    case Kind::text_in: return condition.attribute + " in " + list_of(condition.texts);
    case Kind::roles: return "author.roles overlaps " + list_of(condition.texts);
    case Kind::missing: return condition.attribute + " is missing";
    case Kind::present: return condition.attribute + " is present";
    case Kind::matched: return pattern(0) + in;
    case Kind::at_least: return condition.quantifier + " of " + set_of(condition) + in;
    case Kind::count: return "count(" + pattern(0) + ")" + relation(condition);
    case Kind::distinct: return "distinct(" + pattern(0) + ")" + relation(condition);
    case Kind::near:
    case Kind::followed_by:
      return std::string(condition.kind == Kind::near ? "near(" : "followed_by(") + pattern(0) + ", " + pattern(1) +
             ", " + std::to_string(condition.number) + " words)";
    case Kind::words: return "words(" + condition.fields + ")" + relation(condition);
    case Kind::links: return "links(" + condition.fields + ")" + relation(condition);
  }
  return {};
}

std::string write(const std::vector<Rule>& rules) {
  std::string text = "modcore: 1\ncontext: {author.plan: text, author.strikes: int}\nrules:\n";
  for (const Rule& rule : rules) text += write(rule);
  return text;
}

}  // namespace differential
