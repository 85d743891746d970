#include "runtime/value.hpp"

#include <array>
#include <limits>

#include <doctest/doctest.h>

#include "runtime/arithmetic.hpp"

using namespace modcore::runtime;

namespace {

constexpr Value yes = Value::of(true);
constexpr Value no = Value::of(false);
constexpr Value unknown;

bool same(Value left, Value right) {
  return left.known() == right.known() && (!left.known() || left.boolean() == right.boolean());
}

}  // namespace

TEST_CASE("and, or and not are strong Kleene logic") {
  struct Row {
    Value left, right, both, either;
  };
  const std::array<Row, 9> table = {{{yes, yes, yes, yes}, {yes, no, no, yes}, {yes, unknown, unknown, yes},
                                     {no, yes, no, yes}, {no, no, no, no}, {no, unknown, no, unknown},
                                     {unknown, yes, unknown, yes}, {unknown, no, no, unknown},
                                     {unknown, unknown, unknown, unknown}}};
  for (const Row& row : table) {
    CHECK(same(kleene_and(row.left, row.right), row.both));
    CHECK(same(kleene_or(row.left, row.right), row.either));
  }
  CHECK(same(kleene_not(yes), no));
  CHECK(same(kleene_not(no), yes));
  CHECK(same(kleene_not(unknown), unknown));
}

TEST_CASE("arithmetic that does not fit is missing") {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  CHECK_FALSE(add(most, 1).known());
  CHECK_FALSE(subtract(least, 1).known());
  CHECK_FALSE(multiply(most, 2).known());
  CHECK_FALSE(negate(least).known());
  CHECK_FALSE(divide(1.0, 0.0).known());
  CHECK_FALSE(if_finite(std::numeric_limits<double>::infinity()).known());
  CHECK_FALSE(nearest_whole(1e19).known());
  CHECK_FALSE(nearest_whole(std::numeric_limits<double>::quiet_NaN()).known());
  CHECK(add(most, -1).integer() == most - 1);
  CHECK(divide(1.0, 4.0).number() == 0.25);
  CHECK(nearest_whole(-2.75).integer() == -3);
}
