// How many simple disguises of their own tests' words rules see through.
#pragma once

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"

namespace modcore::tooling {

// Fills the counts of disguises of every rule that finds words.
void measure_disguises(const api::Compilation& compilation, CoverageReport& report);

}  // namespace modcore::tooling
