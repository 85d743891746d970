// See rules_oracle.hpp.
#include "differential/rules_oracle.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

namespace differential {
namespace {

using Kind = Condition::Kind;

Kleene from(bool value) { return value ? Kleene::yes : Kleene::no; }

Kleene negated(Kleene value) {
  return value == Kleene::unknown ? value : from(value == Kleene::no);
}

template <typename Number>
Kleene compared(Number left, const std::string& comparison, Number right) {
  if (comparison == "<") return from(left < right);
  if (comparison == "<=") return from(left <= right);
  if (comparison == ">") return from(left > right);
  if (comparison == ">=") return from(left >= right);
  if (comparison == "==") return from(left == right);
  return from(left != right);
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Leftmost, then longest, without overlap, per piece.
std::int64_t without_overlap(std::vector<Found> found) {
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.source, a.piece, a.begin, b.end) < std::tie(b.source, b.piece, b.begin, a.end);
  });
  std::int64_t count = 0;
  const Found* last = nullptr;
  for (const Found& one : found) {
    if (last != nullptr && last->source == one.source && last->piece == one.piece && one.begin < last->end) continue;
    last = &one;
    ++count;
  }
  return count;
}

// Words strictly between a and b where a comes first; 0 if they overlap.
std::int64_t distance(const Found& a, const Found& b) {
  return std::max<std::int64_t>(0, b.words_before - a.words_until);
}

struct Evaluator {
  const Rule& rule;
  const Facts& facts;
  const Search& search;
  const Measure& measure;

  std::vector<Found> found(const Condition& condition, std::size_t pattern = 0) const {
    return search(rule, condition.patterns[pattern], condition.fields);
  }

  Kleene joined(const Condition& condition, Kleene decisive) const {
    Kleene result = negated(decisive);
    for (const Condition& child : condition.children) {
      const Kleene value = evaluate(child);
      if (value == decisive) return decisive;
      if (value == Kleene::unknown) result = value;
    }
    return result;
  }

  Kleene at_least(const Condition& condition) const {
    std::size_t matched = 0;
    for (std::size_t i = 0; i < condition.patterns.size(); ++i) matched += found(condition, i).empty() ? 0U : 1U;
    if (condition.quantifier == "any") return from(matched >= 1);
    if (condition.quantifier == "all") return from(matched == condition.patterns.size());
    if (condition.quantifier == "none") return from(matched == 0);
    return from(matched >= std::stoul(condition.quantifier));
  }

  Kleene near(const Condition& condition, bool ordered) const {
    for (const Found& a : found(condition, 0)) {
      for (const Found& b : found(condition, 1)) {
        if (a.source != b.source || a.piece != b.piece) continue;
        const bool itself = condition.patterns[0] == condition.patterns[1] && a.begin == b.begin && a.end == b.end;
        if (itself) continue;
        if (a.end <= b.begin && distance(a, b) <= condition.number) return Kleene::yes;
        if (!ordered && b.end <= a.begin && distance(b, a) <= condition.number) return Kleene::yes;
        const bool overlap = a.begin < b.end && b.begin < a.end;
        if (!ordered && overlap) return Kleene::yes;
      }
    }
    return Kleene::no;
  }

  Kleene with_integer(const Condition& condition, std::int64_t scale) const {
    const auto it = facts.integers.find(condition.attribute);
    if (it == facts.integers.end()) return Kleene::unknown;
    return compared(it->second, condition.comparison, condition.number * scale);
  }

  Kleene with_text(const Condition& condition) const {
    const auto it = facts.texts.find(condition.attribute);
    if (it == facts.texts.end()) return Kleene::unknown;
    const bool member = std::any_of(condition.texts.begin(), condition.texts.end(), [&](const std::string& text) {
      return lower(text) == lower(it->second);
    });
    return from(member != (condition.comparison == "!="));
  }

  Kleene with_roles(const Condition& condition) const {
    if (!facts.roles) return Kleene::unknown;
    return from(std::any_of(facts.roles->begin(), facts.roles->end(),
                            [&](const std::string& role) { return lower(role) == lower(condition.texts[0]); }));
  }

  Kleene distinct(const Condition& condition) const {
    std::set<std::uint32_t> items;
    for (const Found& one : found(condition)) items.insert(one.distinct);
    return compared(static_cast<std::int64_t>(items.size()), condition.comparison, condition.number);
  }

  Kleene evaluate(const Condition& condition) const {
    switch (condition.kind) {
      case Kind::logic_and: return joined(condition, Kleene::no);
      case Kind::logic_or: return joined(condition, Kleene::yes);
      case Kind::logic_not: return negated(evaluate(condition.children.front()));
      case Kind::flag: {
        const auto it = facts.booleans.find(condition.attribute);
        return it == facts.booleans.end() ? Kleene::unknown : from(it->second);
      }
      case Kind::compare: return with_integer(condition, condition.attribute == "author.account_age" ? 86400 : 1);
      case Kind::default_compare: {
        const auto it = facts.integers.find(condition.attribute);
        return compared(it == facts.integers.end() ? condition.fallback : it->second, condition.comparison, condition.number);
      }
      case Kind::text_equal:
      case Kind::text_in: return with_text(condition);
      case Kind::roles: return with_roles(condition);
      case Kind::missing: return from(!facts.integers.contains(condition.attribute));
      case Kind::present: return from(facts.integers.contains(condition.attribute));
      case Kind::matched: return from(!found(condition).empty());
      case Kind::at_least: return at_least(condition);
      case Kind::count: return compared(without_overlap(found(condition)), condition.comparison, condition.number);
      case Kind::distinct: return distinct(condition);
      case Kind::near: return near(condition, false);
      case Kind::followed_by: return near(condition, true);
      case Kind::words:
      case Kind::links: return compared(measure(condition.kind, condition.fields), condition.comparison, condition.number);
    }
    return Kleene::unknown;
  }
};

Kleene when_of(const Rule& rule, const Evaluator& evaluator) {
  if (rule.when) return evaluator.evaluate(*rule.when);
  return from(std::any_of(rule.groups.begin(), rule.groups.end(), [&](const Group& group) {
    return !evaluator.search(rule, group.name, "").empty();
  }));
}

// Does the rule fire? Notes what stayed open.
bool fires(const Rule& rule, const Evaluator& evaluator, Expected& expected) {
  const Kleene when = when_of(rule, evaluator);
  if (when == Kleene::unknown) {
    ++expected.unknowns;
    if (rule.status == "active") expected.undetermined.insert(rule.id + "/when");
  }
  if (when != Kleene::yes) return false;
  bool open = false;
  for (const Condition& one : rule.unless) {
    const Kleene value = evaluator.evaluate(one);
    if (value == Kleene::yes) return false;
    open = open || value == Kleene::unknown;
  }
  if (open) ++expected.unknowns;
  if (open && rule.status == "active") expected.undetermined.insert(rule.id + "/unless");
  return true;
}

bool suppresses(const Rule& allow, const Rule& other) {
  if (other.verdict == "allow" || other.final) return false;
  return std::any_of(allow.suppresses.begin(), allow.suppresses.end(), [&](const std::string& target) {
    return target == "everything" || target == other.id || target == "category:" + other.category;
  });
}

int rank(const std::string& verdict) {
  return verdict == "escalate" ? 3 : verdict == "hide" ? 2 : verdict == "flag" ? 1 : 0;
}

void combine(const std::vector<const Rule*>& fired, Expected& expected) {
  int strongest = 0;
  std::map<std::string, std::int64_t> points;
  for (const Rule* rule : fired) {
    const int one = rule->verdict ? rank(*rule->verdict) : 0;
    expected.hidden = expected.hidden || one >= 2;
    strongest = std::max(strongest, one);
    points[rule->category] += rule->score.value_or(0);
  }
  for (const auto& [category, sum] : points) {
    if (sum >= 8) expected.hidden = true;
    strongest = std::max(strongest, sum >= 8 ? 2 : sum >= 4 ? 1 : 0);
  }
  static const char* const names[] = {"allow", "flag", "hide", "escalate"};
  expected.verdict = names[strongest];
}

}  // namespace

Expected expect(const std::vector<Rule>& rules, const Facts& facts, const Search& search, const Measure& measure) {
  Expected expected;
  std::vector<const Rule*> firing;
  for (const Rule& rule : rules) {
    if (rule.status == "off") continue;
    if (fires(rule, {rule, facts, search, measure}, expected)) firing.push_back(&rule);
  }
  std::vector<const Rule*> deciding;
  for (const Rule* rule : firing) {
    if (rule->status == "shadow") {
      expected.shadow.insert(rule->id);
      continue;
    }
    const bool suppressed = std::any_of(firing.begin(), firing.end(), [&](const Rule* allow) {
      return allow->status == "active" && suppresses(*allow, *rule);
    });
    (suppressed ? expected.suppressed : expected.fired).insert(rule->id);
    if (!suppressed) deciding.push_back(rule);
  }
  combine(deciding, expected);
  return expected;
}

}  // namespace differential
