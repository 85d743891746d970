#include "lint/subject.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "lint/possible_values.hpp"
#include "text/hosts.hpp"

namespace modcore::lint {
namespace {

using Kind = Atom::Kind;

// The statements of one subject that are settled.
class Said {
 public:
  Said(const Subject& subject, const std::vector<Atom>& atoms, const std::vector<Truths>& truths)
      : subject_(subject) {
    for (const AtomId id : subject.atoms) {
      if (truths[id] == yes) yes_[atoms[id].kind].push_back(&atoms[id]);
      if (truths[id] == no) no_[atoms[id].kind].push_back(&atoms[id]);
    }
  }

  [[nodiscard]] bool possible() {
    return numbers() && texts() && elements();
  }

 private:
  using Atoms = std::vector<const Atom*>;

  [[nodiscard]] bool numbers() {
    PossibleValues values(subject_.expr);
    for (const Atom* atom : yes_[Kind::relation]) values.restrict(atom->relation, atom->limit, true);
    for (const Atom* atom : no_[Kind::relation]) values.restrict(atom->relation, atom->limit, false);
    for (const Atom* atom : yes_[Kind::one_of]) values.restrict(atom->words, true);
    for (const Atom* atom : no_[Kind::one_of]) values.restrict(atom->words, false);
    return !values.empty();
  }

  // ---- Texts
  static bool holds(Kind kind, const std::string& text, const std::string& part) {
    if (kind == Kind::starts) return text.starts_with(part);
    if (kind == Kind::ends) return text.ends_with(part);
    return text.find(part) != std::string::npos;
  }

  // Every text with the one has the other.
  static bool implies(Kind kind, const std::string& text, Kind other, const std::string& part) {
    if (other == Kind::contains) return holds(Kind::contains, text, part);
    return kind == other && holds(kind, text, part);
  }

  [[nodiscard]] bool texts() {
    constexpr std::array kinds{Kind::contains, Kind::starts, Kind::ends};
    for (const Kind kind : kinds) {
      for (const Atom* atom : yes_[kind]) {
        const std::string& text = *atom->words.begin();
        for (const Kind other : kinds) {
          for (const Atom* against : no_[other]) {
            if (implies(kind, text, other, *against->words.begin())) return false;
          }
        }
        for (const Atom* beside : yes_[kind]) {
          const std::string& second = *beside->words.begin();
          if (kind != Kind::contains && !holds(kind, text, second) && !holds(kind, second, text)) {
            return false;
          }
        }
      }
    }
    return yes_[Kind::one_of].empty() || std::ranges::any_of(words(), [&](const std::string& word) {
             return std::ranges::all_of(kinds, [&](Kind kind) { return fits(word, kind); });
           });
  }

  [[nodiscard]] bool fits(const std::string& word, Kind kind) {
    const auto has = [&](const Atom* atom) { return holds(kind, word, *atom->words.begin()); };
    return std::ranges::all_of(yes_[kind], has) && std::ranges::none_of(no_[kind], has);
  }

  // Those that every `one_of` leaves.
  [[nodiscard]] std::set<std::string> words() {
    std::set<std::string> left = yes_[Kind::one_of].front()->words;
    for (const Atom* atom : yes_[Kind::one_of]) {
      std::erase_if(left, [&](const std::string& word) { return !atom->words.contains(word); });
    }
    for (const Atom* atom : no_[Kind::one_of]) {
      std::erase_if(left, [&](const std::string& word) { return atom->words.contains(word); });
    }
    return left;
  }

  // ---- Sets
  [[nodiscard]] bool under(const std::string& element, const std::string& above) const {
    return element == above || (subject_.of_domains && text::host_under(element, above));
  }
  [[nodiscard]] bool related(const std::string& a, const std::string& b) const {
    return under(a, b) || under(b, a);
  }
  [[nodiscard]] bool covered(const std::string& word, const std::set<std::string>& by) const {
    return std::ranges::any_of(by, [&](const std::string& above) { return under(word, above); });
  }

  [[nodiscard]] bool elements() {
    for (const Atom* atom : yes_[Kind::holds]) {
      const std::string& element = *atom->words.begin();
      const auto shuts_out = [&](const Atom* within) {
        return std::ranges::none_of(within->words, [&](const std::string& word) {
          return related(word, element);
        });
      };
      if (!yes_[Kind::nothing].empty()) return false;
      if (std::ranges::any_of(yes_[Kind::within], shuts_out)) return false;
      for (const Atom* lacks : no_[Kind::holds]) {
        if (under(element, *lacks->words.begin())) return false;
      }
    }
    for (const Atom* outside : no_[Kind::within]) {
      if (!yes_[Kind::nothing].empty()) return false;
      for (const Atom* within : yes_[Kind::within]) {
        if (!leaves_room(*within, *outside)) return false;
      }
    }
    return true;
  }

  // Whether a set within the one can have an element outside the other.
  [[nodiscard]] bool leaves_room(const Atom& within, const Atom& outside) {
    return std::ranges::any_of(within.words, [&](const std::string& word) {
      return !covered(word, outside.words) &&
             std::ranges::none_of(no_[Kind::holds], [&](const Atom* lacks) {
               return under(word, *lacks->words.begin());
             });
    });
  }

  const Subject& subject_;
  std::map<Kind, Atoms> yes_, no_;
};

}  // namespace

bool feasible(const Subject& subject, const std::vector<Atom>& atoms,
              const std::vector<Truths>& truths) {
  return Said(subject, atoms, truths).possible();
}

Bounds bounds_of(const Subject& subject, const Atom& atom, bool truth) {
  if (atom.kind != Atom::Kind::relation) return {};
  PossibleValues values(subject.expr);
  values.restrict(atom.relation, atom.limit, truth);
  PossibleValues some = values;
  some.restrict(ir::Op::greater_equal, 1, true);
  values.restrict(ir::Op::less, 1, true);
  return {.at_least_one = values.empty(), .at_most_zero = some.empty()};
}

}  // namespace modcore::lint
