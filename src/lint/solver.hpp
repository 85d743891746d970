// Whether any post can make a formula true.
#pragma once

#include <cstdint>

#include "lint/formula.hpp"
#include "lint/statements.hpp"

namespace modcore::lint {

enum class Answer : std::uint8_t { impossible, possible, too_hard };

// Tries truth values of the atoms one by one, and gives up after some thousands
// of steps. `impossible` is certain; `possible` says that nothing we know of
// speaks against it.
[[nodiscard]] Answer satisfiable(const Statements& statements, const Formula& formula);

// Certain that every post that makes the one true makes the other one true.
[[nodiscard]] bool implies(const Statements& statements, const Formula& one, const Formula& other);
[[nodiscard]] bool impossible(const Statements& statements, const Formula& formula);

}  // namespace modcore::lint
