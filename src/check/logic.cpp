#include "check/logic.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "check/nodes.hpp"
#include "check/possible_values.hpp"
#include "text/fold.hpp"

namespace modcore::checker {

using ir::Expr;
using ir::Op;
using ir::Type;

namespace {

constexpr std::size_t max_atoms = 12;
constexpr double exact_integers = 9007199254740992.0;  // 2^53

enum class Truth : std::uint8_t { no, unknown, yes };

Truth negate(Truth truth) {
  return static_cast<Truth>(2 - static_cast<int>(truth));
}

bool is_logic(const Expr& expr) {
  return expr.op == Op::logic_and || expr.op == Op::logic_or || expr.op == Op::logic_not;
}

// A node of a condition that is neither `and`, `or` nor `not`.
struct Atom {
  Expr subject;  // what it says something of
  std::string subject_key;
  std::optional<Op> relation;  // to `limit`
  double limit = 0;
  std::set<std::string> words;  // or: is it one of these
  bool negated = false;         // of the words: is it none of these
  bool missing = false;         // is the attribute missing
  bool can_be_unknown = false;
};

bool is_comparison(Op op) {
  return op >= Op::equal && op <= Op::greater_equal;
}

// Whether some post leaves the value unknown.
bool can_be_unknown(const Expr& expr) {
  if (expr.op == Op::constant || expr.op == Op::is_missing) return false;
  if (expr.op == Op::attribute) {
    const auto attribute = static_cast<ir::Attribute>(expr.attribute);
    return attribute > ir::Attribute::attachment_names && attribute != ir::Attribute::now;
  }
  const bool position = expr.op == Op::call && (expr.function == ir::Function::first ||
                                                expr.function == ir::Function::last);
  if (position || expr.op == Op::divide || expr.op == Op::multiply) return true;
  for (std::size_t index = 0; index < ir::max_text_fields; ++index) {
    const auto field = static_cast<ir::TextField>(index);
    if (expr.fields.has(field) && field >= ir::TextField::author_name) return true;
  }
  return std::ranges::any_of(expr.args, can_be_unknown);
}

std::set<std::string> words_of(const Expr& constant, bool ignore_case) {
  std::set<std::string> words;
  const auto add = [&](const std::string& word) {
    words.insert(ignore_case ? text::fold(word, text::Level::case_) : word);
  };
  if (const auto* one = std::get_if<std::string>(&constant.constant)) add(*one);
  if (const auto* many = std::get_if<std::vector<std::string>>(&constant.constant)) {
    std::ranges::for_each(*many, add);
  }
  return words;
}

class Solver {
 public:
  Solver(const ir::RuleSet& rules, const Expr& condition) : rules_(rules), condition_(condition) {
    collect(condition);
  }

  Verity solve() {
    if (atoms_.size() > max_atoms) return Verity::depends;
    if (never()) return Verity::never_true;
    return always() ? Verity::always_true : Verity::depends;
  }

 private:
  void collect(const Expr& expr) {
    if (is_constant(expr)) return;
    if (is_logic(expr)) {
      for (const Expr& part : expr.args) collect(part);
      return;
    }
    const auto [entry, added] = numbers_.try_emplace(dump(rules_, expr), atoms_.size());
    if (added) atoms_.push_back(atom_of(expr));
    places_.emplace(&expr, entry->second);
  }

  Atom atom_of(const Expr& expr) {
    Atom atom;
    atom.can_be_unknown = can_be_unknown(expr);
    atom.subject = expr;
    const bool against_constant = expr.args.size() == 2 && is_constant(expr.args[1]);
    if (expr.op == Op::is_missing) {
      atom.missing = true;
      atom.subject = node(Op::attribute, Type::boolean, {}, {});
      atom.subject.attribute = expr.attribute;
    } else if (expr.op == Op::matched) {
      // It matches where it is counted at least once.
      atom.subject = node(Op::call, Type::integer, {}, {});
      atom.subject.function = ir::Function::count;
      atom.subject.uses = expr.uses;
      atom.relation = Op::greater_equal;
      atom.limit = 1;
    } else if (against_constant && (is_comparison(expr.op) || expr.op == Op::in_set)) {
      describe(expr, atom);
    }
    atom.subject_key = dump(rules_, atom.subject);
    return atom;
  }

  static void describe(const Expr& expr, Atom& atom) {
    const Expr& limit = expr.args[1];
    const bool domains = limit.type == Type::domain || limit.type == Type::domain_set;
    if (domains) return;  // a host is also what lies above it
    atom.subject = expr.args[0];
    if (limit.type == Type::text || limit.type == Type::enumeration ||
        limit.type == Type::text_set) {
      atom.words = words_of(limit, expr.ignore_case);
      atom.negated = expr.op == Op::not_equal;
    } else if (std::abs(as_number(limit)) < exact_integers) {
      atom.relation = expr.op;
      atom.limit = as_number(limit);
    }
  }

  [[nodiscard]] bool says_missing(unsigned mask, const std::string& subject) const {
    for (std::size_t index = 0; index < atoms_.size(); ++index) {
      const Atom& atom = atoms_[index];
      if (atom.missing && ((mask >> index) & 1U) != 0 && atom.subject_key == subject) return true;
    }
    return false;
  }

  // Each bit is the truth of an atom; can one post have them all?
  [[nodiscard]] bool feasible(unsigned mask) const {
    std::map<std::string_view, PossibleValues> possible;
    for (std::size_t index = 0; index < atoms_.size(); ++index) {
      const Atom& atom = atoms_[index];
      const bool truth = ((mask >> index) & 1U) != 0;
      if (atom.missing || says_missing(mask, atom.subject_key)) continue;
      PossibleValues& values = possible.try_emplace(atom.subject_key, atom.subject).first->second;
      if (atom.relation) values.restrict(*atom.relation, atom.limit, truth);
      if (!atom.words.empty()) values.restrict(atom.words, truth != atom.negated);
    }
    return std::ranges::none_of(possible, [](const auto& entry) { return entry.second.empty(); });
  }

  template <typename Value>
  Truth evaluate(const Expr& expr, const Value& value) const {
    if (const auto truth = constant_truth(expr)) return *truth ? Truth::yes : Truth::no;
    if (!is_logic(expr)) return value(places_.find(&expr)->second);
    if (expr.op == Op::logic_not) return negate(evaluate(expr.args[0], value));
    Truth result = expr.op == Op::logic_and ? Truth::yes : Truth::no;
    for (const Expr& part : expr.args) {
      const Truth truth = evaluate(part, value);
      result = expr.op == Op::logic_and ? std::min(result, truth) : std::max(result, truth);
    }
    return result;
  }

  // More facts never make a true condition unknown, so it is enough to try those
  // posts that answer every question, but for attributes that are said to be
  // missing.
  [[nodiscard]] bool never() const {
    for (unsigned mask = 0; mask < (1U << atoms_.size()); ++mask) {
      const auto value = [&](std::size_t index) {
        const Atom& atom = atoms_[index];
        if (!atom.missing && says_missing(mask, atom.subject_key)) return Truth::unknown;
        return ((mask >> index) & 1U) != 0 ? Truth::yes : Truth::no;
      };
      if (evaluate(condition_, value) == Truth::yes && feasible(mask)) return false;
    }
    return true;
  }

  // Must hold also where every fact that can be missing is.
  [[nodiscard]] bool always() const {
    for (unsigned mask = 0; mask < (1U << atoms_.size()); ++mask) {
      const auto value = [&](std::size_t index) {
        if (atoms_[index].can_be_unknown) return Truth::unknown;
        return ((mask >> index) & 1U) != 0 ? Truth::yes : Truth::no;
      };
      if (evaluate(condition_, value) != Truth::yes && feasible(mask)) return false;
    }
    return true;
  }

  const ir::RuleSet& rules_;
  const Expr& condition_;
  std::vector<Atom> atoms_;
  std::map<std::string, std::size_t> numbers_;  // of atoms, by what they say
  std::map<const Expr*, std::size_t> places_;   // and by where they stand
};

}  // namespace

Verity verity_of(const ir::RuleSet& rules, const Expr& condition) {
  return Solver(rules, condition).solve();
}

}  // namespace modcore::checker
