// Groups windows of literals so that few places of ordinary texts are left by a gate of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/byte_gate.hpp"

namespace modcore::compiler {

// More windows leave too many places.
inline constexpr std::size_t most_gated = 600;
// More are found quicker by bits where the processor has no sharp gates.
inline constexpr std::size_t most_gated_everywhere = 128;

// How rare the bytes of a window are, each of them alone, in bits.
[[nodiscard]] double bits_of_bytes(std::string_view window) noexcept;

// Of windows of at most ByteGate::size bytes; there must be one.
[[nodiscard]] runtime::ByteGate gate_of(std::vector<std::string> windows);

}  // namespace modcore::compiler
