// Makes disguises: the adversary that tests play against the engine.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/tooling.hpp>

#include "text/range.hpp"

namespace modcore::tooling {

// Disguises the words that lie in `ranges` (in order, without overlap), as mutate()
// does for a whole text. The rest stays, but for white space beside letters that
// are spaced out.
[[nodiscard]] Mutation disguise(std::string_view text, std::span<const text::Range> ranges,
                                DisguiseKind kind, std::uint64_t seed);

}  // namespace modcore::tooling
