#include "lint/solver.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace modcore::lint {
namespace {

constexpr std::size_t most_work = 400000;  // nodes of formulas that are looked at

std::size_t size_of(const Formula& formula) {
  std::size_t size = 1;
  for (const Formula& part : formula.parts) size += size_of(part);
  return size;
}

class Search {
 public:
  Search(const Statements& statements, const Formula& formula)
      : statements_(statements), formula_(formula), order_(atoms_of(formula)),
        truths_(statements.atoms().size(), 0), size_(size_of(formula) + order_.size()) {
    for (const AtomId id : order_) truths_[id] = open(id);
  }

  Answer run() {
    const bool found = extend(0);
    if (gave_up_) return Answer::too_hard;
    return found ? Answer::possible : Answer::impossible;
  }

 private:
  struct Clash {
    AtomId other = 0;
    Truths wrong = 0;
  };

  [[nodiscard]] const Subject& subject_of(AtomId id) const {
    return statements_.subjects()[statements_.atoms()[id].subject];
  }
  [[nodiscard]] bool says_missing(AtomId id) const {
    return statements_.atoms()[id].kind == Atom::Kind::missing;
  }

  // What an atom can be before anything is known.
  [[nodiscard]] Truths open(AtomId id) const {
    const bool three = subject_of(id).can_be_missing && !says_missing(id);
    return static_cast<Truths>(three ? no | unknown | yes : no | yes);
  }

  // Found when it is first asked: most questions are answered by a few atoms.
  const std::vector<Clash>& clashes_of(AtomId id, bool truth) {
    const auto [entry, added] = clashes_.try_emplace({id, truth});
    if (!added) return entry->second;
    for (const AtomId other : order_) {
      for (const bool other_truth : {false, true}) {
        if (other == id || !statements_.clash(id, truth, other, other_truth)) continue;
        entry->second.push_back({other, other_truth ? yes : no});
      }
    }
    return entry->second;
  }

  // Whether the atoms from `depth` on can be chosen so that the formula is true.
  bool extend(std::size_t depth) {
    work_ += size_;
    if (work_ > most_work) gave_up_ = true;
    if (gave_up_) return false;
    const Truths truths = evaluate(formula_, truths_);
    if ((truths & yes) == 0) return false;
    if (truths == yes || depth == order_.size()) return true;
    const AtomId id = order_[depth];
    for (const Truths choice : {yes, no, unknown}) {
      if ((open(id) & choice) == 0) continue;
      truths_[id] = choice;
      if (consistent(id) && extend(depth + 1)) return true;
    }
    truths_[id] = open(id);
    return false;
  }

  [[nodiscard]] bool consistent(AtomId id) {
    const auto wrong = [&](const Clash& clash) { return truths_[clash.other] == clash.wrong; };
    if (truths_[id] != unknown && std::ranges::any_of(clashes_of(id, truths_[id] == yes), wrong)) return false;
    return presence_agrees(id) && feasible(subject_of(id), statements_.atoms(), truths_);
  }

  // A missing subject leaves all that is said of it unknown, and nothing else does.
  [[nodiscard]] bool presence_agrees(AtomId id) const {
    bool there = false;
    bool gone = false;
    for (const AtomId atom : subject_of(id).atoms) {
      const Truths truths = truths_[atom];
      const Truths if_gone = says_missing(atom) ? yes : unknown;
      const bool settled = truths == yes || truths == no || truths == unknown;
      if (!settled) continue;
      gone = gone || truths == if_gone;
      there = there || truths != if_gone;
    }
    return !(there && gone);
  }

  const Statements& statements_;
  const Formula& formula_;
  std::vector<AtomId> order_;
  std::vector<Truths> truths_;  // of atoms; none of those that the formula does not name
  std::size_t size_;
  std::size_t work_ = 0;
  std::map<std::pair<AtomId, bool>, std::vector<Clash>> clashes_;
  bool gave_up_ = false;
};

}  // namespace

Answer satisfiable(const Statements& statements, const Formula& formula) {
  return Search(statements, formula).run();
}

bool impossible(const Statements& statements, const Formula& formula) {
  return satisfiable(statements, formula) == Answer::impossible;
}

bool implies(const Statements& statements, const Formula& one, const Formula& other) {
  return impossible(statements, both(is_true(one), negation(is_true(other))));
}

}  // namespace modcore::lint
