// A fuzz target: a function of any bytes. With libFuzzer each is a program of its own;
// everywhere else replay.cpp runs all of them on their seeds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace modcore::fuzz {

using Target = void (*)(std::string_view input);

struct Named {
  std::string_view name;
  Target run;
};
std::vector<Named>& targets();

struct Registered {
  Registered(std::string_view name, Target run) { targets().push_back({name, run}); }
};

// What must hold whatever the input is.
inline void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace modcore::fuzz

#ifdef MODCORE_LIBFUZZER
#define MODCORE_FUZZ_TARGET(name)                                                      \
  static void fuzz_##name(std::string_view input);                                     \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  \
    fuzz_##name({reinterpret_cast<const char*>(data), size});                          \
    return 0;                                                                          \
  }                                                                                    \
  static void fuzz_##name(std::string_view input)
#else
#define MODCORE_FUZZ_TARGET(name)                                                 \
  static void fuzz_##name(std::string_view input);                                \
  static const modcore::fuzz::Registered registered_##name{#name, fuzz_##name};   \
  static void fuzz_##name(std::string_view input)
#endif
