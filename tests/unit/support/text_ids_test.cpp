#include <doctest/doctest.h>

#include <string>

#include "support/text_ids.hpp"

using namespace modcore;

TEST_CASE("equal texts bear one number, in the order in which they came") {
  TextIds ids;
  constexpr std::uint32_t count = 5'000;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto [id, is_new] = ids.add(std::to_string(i * 7919 % 100'003));
    REQUIRE(is_new);
    REQUIRE(id == i);
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto [id, is_new] = ids.add(std::to_string(i * 7919 % 100'003));
    REQUIRE(!is_new);
    REQUIRE(id == i);
    REQUIRE(ids[i] == std::to_string(i * 7919 % 100'003));
  }
  CHECK(ids.size() == count);
}

TEST_CASE("the empty text and texts with zeros are texts like others") {
  TextIds ids;
  CHECK(ids.add("").second);
  CHECK(ids.add(std::string_view("\0", 1)).second);
  CHECK(ids.add(std::string_view("\0\0", 2)).second);
  CHECK(ids.add("").first == 0);
  CHECK(ids[2].size() == 2);
}
