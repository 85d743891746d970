#include "support/contains.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "support/seed.hpp"

namespace modcore {
namespace {

TEST_CASE("a text contains what find finds, at every length and place") {
  std::mt19937 random(test::announced_seed());
  const auto text_of = [&](std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + random() % 3);
    return text;
  };
  int held = 0, missing = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = text_of(random() % 150);
    const std::string part = text_of(random() % 9);
    const bool expected = text.find(part) != std::string::npos;
    CAPTURE(text);
    CAPTURE(part);
    CHECK(contains(text, part) == expected);
    ++(expected ? held : missing);
  }
  CHECK(held > 2'000);
  CHECK(missing > 2'000);
}

}  // namespace
}  // namespace modcore
