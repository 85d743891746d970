// Three-valued formulas over numbered atoms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace modcore::lint {

using AtomId = std::uint32_t;

// The truth values that something can still have, as a set of bits.
using Truths = std::uint8_t;
inline constexpr Truths no = 1;
inline constexpr Truths unknown = 2;
inline constexpr Truths yes = 4;

struct Formula {
  // is_true: yes where its part is, otherwise no, never unknown.
  enum class Kind : std::uint8_t { constant, atom, negation, all, any, at_least, is_true };
  Kind kind = Kind::constant;
  Truths value = yes;     // constant
  AtomId atom = 0;        // atom
  std::size_t count = 0;  // at_least
  std::vector<Formula> parts;
};

[[nodiscard]] Formula constant(bool value);
[[nodiscard]] Formula atom(AtomId id);
[[nodiscard]] Formula negation(Formula part);
[[nodiscard]] Formula is_true(Formula part);
[[nodiscard]] Formula all(std::vector<Formula> parts);
[[nodiscard]] Formula any(std::vector<Formula> parts);
[[nodiscard]] Formula at_least(std::size_t count, std::vector<Formula> parts);
[[nodiscard]] Formula both(Formula a, Formula b);

// What the formula can be, given what its atoms can be: exact where each atom can
// be one thing only, never too little.
[[nodiscard]] Truths evaluate(const Formula& formula, const std::vector<Truths>& atoms);

// The atoms that occur, each once, in the order of their first place.
[[nodiscard]] std::vector<AtomId> atoms_of(const Formula& formula);

}  // namespace modcore::lint
