// What conditions speak of, and what they say of it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ir/rule_set.hpp"
#include "lint/formula.hpp"

namespace modcore::lint {

using SubjectId = std::uint32_t;

// One statement about a subject: an atom of a condition. It is unknown where the
// subject is missing, and nowhere else.
struct Atom {
  enum class Kind : std::uint8_t {
    opaque,    // itself: nothing follows from it but the same statement
    missing,   // the subject is missing; never unknown
    relation,  // the number stands in `relation` to `limit`
    one_of,    // the text is one of `words`
    contains,
    starts,
    ends,     // the text holds the only one of `words`
    holds,    // the set holds the only one of `words`, or a host under it
    within,   // each element of the set is one of `words`, or lies under one
    nothing,  // the set is empty
  };
  Kind kind = Kind::opaque;
  SubjectId subject = 0;
  ir::Op relation{};
  double limit = 0;
  std::set<std::string> words;
};

struct Subject {
  ir::Expr expr;
  bool can_be_missing = false;
  bool of_domains = false;  // a set of hosts: one may lie under another
  std::vector<AtomId> atoms;
};

// Whether one value of the subject can make its atoms what `truths` says: those
// that are not exactly yes or no are left open. Never false where one can.
[[nodiscard]] bool feasible(const Subject& subject, const std::vector<Atom>& atoms,
                            const std::vector<Truths>& truths);

// The least and the most that a number can be when the atom is true, or false.
struct Bounds {
  bool at_least_one = false;
  bool at_most_zero = false;
};
[[nodiscard]] Bounds bounds_of(const Subject& subject, const Atom& atom, bool truth);

}  // namespace modcore::lint
