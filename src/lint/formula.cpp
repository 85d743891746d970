#include "lint/formula.hpp"

#include <algorithm>
#include <utility>

namespace modcore::lint {
namespace {

using Kind = Formula::Kind;

Formula of_parts(Kind kind, std::vector<Formula> parts) {
  Formula formula;
  formula.kind = kind;
  formula.parts = std::move(parts);
  return formula;
}

Truths negated(Truths truths) {
  return static_cast<Truths>((truths & unknown) | ((truths & no) != 0 ? yes : 0) |
                             ((truths & yes) != 0 ? no : 0));
}

// Strong Kleene `and` over all pairs.
Truths conjunction(Truths a, Truths b) {
  Truths result = (a | b) & no;
  if ((a & yes) != 0 && (b & yes) != 0) result |= yes;
  const bool pends = ((a & unknown) != 0 && (b & (yes | unknown)) != 0) ||
                     ((a & yes) != 0 && (b & unknown) != 0);
  return pends ? static_cast<Truths>(result | unknown) : result;
}

Truths of_at_least(const Formula& formula, const std::vector<Truths>& atoms) {
  std::size_t surely = 0;    // parts that must be yes
  std::size_t possibly = 0;  // that may be yes
  std::size_t open = 0;      // that may be other than no
  std::size_t pending = 0;   // that may be unknown
  std::size_t settled = 0;   // that must be yes or unknown
  for (const Formula& part : formula.parts) {
    const Truths truths = evaluate(part, atoms);
    surely += truths == yes ? 1 : 0;
    possibly += (truths & yes) != 0 ? 1 : 0;
    open += truths != no ? 1 : 0;
    pending += (truths & unknown) != 0 ? 1 : 0;
    settled += (truths & no) == 0 ? 1 : 0;
  }
  Truths result = 0;
  if (possibly >= formula.count) result |= yes;
  if (settled < formula.count) result |= no;
  if (pending > 0 && open >= formula.count && surely < formula.count) result |= unknown;
  return result;
}

void collect(const Formula& formula, std::vector<bool>& seen, std::vector<AtomId>& found) {
  if (formula.kind == Kind::atom) {
    if (formula.atom >= seen.size()) seen.resize(formula.atom + 1);
    if (!seen[formula.atom]) found.push_back(formula.atom);
    seen[formula.atom] = true;
  }
  for (const Formula& part : formula.parts) collect(part, seen, found);
}

}  // namespace

Formula constant(bool value) {
  Formula formula;
  formula.value = value ? yes : no;
  return formula;
}

Formula atom(AtomId id) {
  Formula formula;
  formula.kind = Kind::atom;
  formula.atom = id;
  return formula;
}

Formula negation(Formula part) {
  std::vector<Formula> parts;
  parts.push_back(std::move(part));
  return of_parts(Kind::negation, std::move(parts));
}

Formula is_true(Formula part) {
  std::vector<Formula> parts;
  parts.push_back(std::move(part));
  return of_parts(Kind::is_true, std::move(parts));
}

Formula all(std::vector<Formula> parts) {
  return of_parts(Kind::all, std::move(parts));
}

Formula any(std::vector<Formula> parts) {
  return of_parts(Kind::any, std::move(parts));
}

Formula at_least(std::size_t count, std::vector<Formula> parts) {
  Formula formula = of_parts(Kind::at_least, std::move(parts));
  formula.count = count;
  return formula;
}

Formula both(Formula a, Formula b) {
  std::vector<Formula> parts;
  parts.push_back(std::move(a));
  parts.push_back(std::move(b));
  return all(std::move(parts));
}

Truths evaluate(const Formula& formula, const std::vector<Truths>& atoms) {
  switch (formula.kind) {
    case Kind::constant:
      return formula.value;
    case Kind::atom:
      return atoms[formula.atom];
    case Kind::negation:
      return negated(evaluate(formula.parts.front(), atoms));
    case Kind::is_true: {
      const Truths part = evaluate(formula.parts.front(), atoms);
      return static_cast<Truths>((part & yes) | ((part & (no | unknown)) != 0 ? no : 0));
    }
    case Kind::at_least:
      return of_at_least(formula, atoms);
    case Kind::all:
    case Kind::any:
      break;
  }
  const bool any_of = formula.kind == Kind::any;
  Truths result = yes;
  for (const Formula& part : formula.parts) {
    const Truths truths = evaluate(part, atoms);
    result = conjunction(result, any_of ? negated(truths) : truths);
    if (result == no) break;
  }
  return any_of ? negated(result) : result;
}

std::vector<AtomId> atoms_of(const Formula& formula) {
  std::vector<AtomId> found;
  std::vector<bool> seen;
  collect(formula, seen, found);
  return found;
}

}  // namespace modcore::lint
