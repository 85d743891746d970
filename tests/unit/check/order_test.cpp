// The order of files, rules, keys, items and operands leaves no trace.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "check/check.hpp"
#include "load/load.hpp"

using namespace modcore;

namespace {

using Lines = std::vector<std::string>;

class Shuffler {
 public:
  explicit Shuffler(unsigned seed) : random_(seed) {}

  template <typename T>
  std::vector<T> shuffled(std::vector<T> things) {
    std::ranges::shuffle(things, random_);
    return things;
  }
  std::string join(const Lines& parts, const std::string& between) {
    std::string text;
    for (const std::string& part : shuffled(parts)) text += (text.empty() ? "" : between) + part;
    return text;
  }
  std::string list(const Lines& items) { return "[" + join(items, ", ") + "]"; }
  std::string map(const Lines& entries) { return "{" + join(entries, ", ") + "}"; }
  std::string rule(const Lines& keys) {
    std::string text;
    for (const std::string& key : shuffled(keys)) {
      text += (text.empty() ? "  - " : "    ") + key + "\n";
    }
    return text;
  }
  std::string rules(const std::vector<Lines>& all) {
    std::string text = "rules:\n";
    for (const Lines& keys : shuffled(all)) text += rule(keys);
    return text;
  }
  std::string file(const Lines& keys) {
    std::string text;
    for (const std::string& key : shuffled(keys)) text += key;
    return text;
  }

 private:
  std::mt19937 random_;
};

std::string quote(const std::string& condition) { return "'" + condition + "'"; }

std::string spam_file(Shuffler& any) {
  const std::string when =
      any.join({"links(text) > 2", "fresh", "not (hosts(urls) subset of ok)"}, " and ");
  const std::vector<Lines> rules{
      {"id: spam.casino", "phrases: " + any.list({"online casino", "casino en ligne", "Kasyno"}),
       "words: " + any.list({"c*sino", "bet*", "slots"}), "verdict: hide",
       "reason: " + any.map({"en: no ads", "pl: bez reklam"}),
       "unless: " + any.list({quote("trusted"), quote("\"mod\" in author.roles")})},
      {"id: spam.links", "when: " + quote(when), "score: {points: 2, per: links(text), max: 6}"},
      {"id: spam.named", "patterns: " + any.map({"a: [first thing]", "b: {words: [second]}",
                                                 "c: {list: shops}"})},
      {"id: spam.allow", "words: [plants]", "verdict: allow",
       "suppresses: " + any.list({"spam.casino", "spam.links", "category:rude"})}};
  const std::string macros = any.map({"fresh: author.post_count < 3", "trusted: author.verified"});
  const std::string lists =
      any.map({"shops: {kind: domains, items: " + any.list({"a.example", "b.example"}) + "}",
               "ok: {kind: domains, items: " + any.list({"x.example", "y.example"}) + "}"});
  return any.file({"modcore: 1\n", "category: spam\n", "macros: " + macros + "\n",
                   "lists: " + lists + "\n", any.rules(rules)});
}

std::string rude_file(Shuffler& any) {
  const std::vector<Lines> rules{
      {"id: rude.one", "words: [idiot]", "verdict: escalate", "escalate: {within: 1 h, to: team}"},
      {"id: rude.two",
       "when: " + quote(any.join({"author.name == \"troll\"", "author.reports > 3"}, " or "))}};
  return any.file({"modcore: 1\n", "category: rude\n",
                   "context: " + any.map({"author.plan: text", "author.karma: int"}) + "\n",
                   any.rules(rules)});
}

std::string policy_file(Shuffler& any) {
  const std::vector<Lines> overrides{
      {"rule: rude.two", "set: {severity: high}", "because: so"},
      {"list: spam/shops", "append: [c.example]", "because: so"}};
  std::string changes = "overrides:\n";
  for (const Lines& keys : any.shuffled(overrides)) changes += any.rule(keys);
  return any.file(
      {"modcore: 1\n", "policy: p\n", "languages: [en, pl]\n",
       "packs: " + any.list({"./spam.rules.yaml", "./rude.rules.yaml"}) + "\n",
       "categories: {rude: " + any.map({"route: team", "default_verdict: hide"}) + "}\n",
       "routes: {team: {within: 1 day}}\n",
       "thresholds: " + any.map({"spam: {flag: 3}", "rude: " + any.map({"hide: 9", "flag: 2"})}) +
           "\n",
       changes});
}

std::vector<Source> sources(Shuffler& any) {
  return any.shuffled<Source>({{"policy.yaml", policy_file(any)},
                               {"spam.rules.yaml", spam_file(any)},
                               {"rude.rules.yaml", rude_file(any)}});
}

struct Outcome {
  std::string dump;
  std::multiset<std::string> messages;
};

Outcome check(const std::vector<Source>& given) {
  source::SourceMap map;
  diag::Sink sink(map);
  const ast::Bundle bundle = load::load_sources(given, {}, map, sink);
  const checker::Result result = checker::check(bundle, {}, sink);
  Outcome outcome{ir::dump(result.rules), {}};
  for (const Diagnostic& d : sink.take()) outcome.messages.insert(d.id + " " + d.message);
  return outcome;
}

TEST_CASE("shuffled files, rules, keys, items and operands mean the same") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed " << seed);
  Shuffler any(seed);
  std::set<std::string> dumps;
  std::set<std::multiset<std::string>> messages;
  std::set<std::string> texts;
  for (int round = 0; round < 200; ++round) {
    const std::vector<Source> given = sources(any);
    std::string all;
    for (const Source& source : given) all += source.text;
    texts.insert(all);
    const Outcome outcome = check(given);
    messages.insert(outcome.messages);
    dumps.insert(outcome.dump);
  }
  CHECK(texts.size() > 150);
  CHECK(dumps.size() == 1);
  CHECK(dumps.begin()->find("rule spam.named") != std::string::npos);
  CHECK(messages.size() == 1);
}

}  // namespace
