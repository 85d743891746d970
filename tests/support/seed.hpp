// The seed of a random test: a new one each run, or MODCORE_TEST_SEED to see a run again.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

namespace modcore::test {

inline unsigned announced_seed() {
  const char* given = std::getenv("MODCORE_TEST_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                                         : std::random_device()();
  MESSAGE("seed " << seed << " (MODCORE_TEST_SEED)");
  return seed;
}

}  // namespace modcore::test
