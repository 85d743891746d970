// Makes disguises: the adversary that tests play against the engine.
#pragma once

#include <cstdint>

#include <modcore/tooling.hpp>

#include "tooling/written_words.hpp"

namespace modcore::tooling {

// Disguises the words that may change, as mutate() does for a whole text. The rest stays,
// but for white space beside letters that are spaced out.
[[nodiscard]] Mutation disguise(WrittenWords written, DisguiseKind kind, std::uint64_t seed);

}  // namespace modcore::tooling
