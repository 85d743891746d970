// The version of the library and of what it was built with.
#pragma once

#include <string>

#include <modcore/export.hpp>

#define MODCORE_VERSION_MAJOR 0
#define MODCORE_VERSION_MINOR 1
#define MODCORE_VERSION_PATCH 0
#define MODCORE_VERSION "0.1.0"

namespace modcore {

// The version of the rule language that this library compiles: the number in
// `modcore: 1`.
inline constexpr int language_version = 1;

// The version of the library that is linked, e.g. "0.1.0". It differs from
// MODCORE_VERSION if a program runs with another library than it was built
// against. Thread-safe.
[[nodiscard]] MODCORE_API std::string library_version();

// The matching library and its version as it reports itself, e.g.
// "5.4.0 2023-01-06". Thread-safe.
[[nodiscard]] MODCORE_API std::string matcher_version();

// Empty if this machine can run modcore, otherwise a sentence that says what is
// missing (e.g. a processor without SSSE3). Compiling checks this first, so a
// host need not. Thread-safe.
[[nodiscard]] MODCORE_API std::string platform_problem();

}  // namespace modcore
