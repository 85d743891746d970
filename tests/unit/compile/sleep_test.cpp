#include "compile/sleep.hpp"

#include <doctest/doctest.h>

#include "support/ir_builder.hpp"

using namespace modcore;
using namespace modcore::testing;
using compiler::sleeps;

TEST_CASE("a rule sleeps if its condition needs a match") {
  CHECK(sleeps(matched(0)));
  CHECK(sleeps(all({matched(0), verified()})));
  CHECK(sleeps(any({matched(0), at_least(2, {1, 2})})));
  CHECK(sleeps(compare(Op::greater_equal, count(0), integer(3))));
  CHECK(sleeps(compare(Op::greater, node(Op::add, Type::integer, {count(0), count(1)}), integer(1))));
  CHECK(sleeps(boolean(false)));
}

TEST_CASE("a rule that can be true or unknown without a match does not sleep") {
  CHECK_FALSE(sleeps(negate(matched(0))));
  CHECK_FALSE(sleeps(verified()));
  CHECK_FALSE(sleeps(any({matched(0), verified()})));
  CHECK_FALSE(sleeps(compare(Op::less, count(0), integer(3))));
  CHECK_FALSE(sleeps(compare(Op::less, post_count(), integer(3))));
  CHECK_FALSE(sleeps(is_missing(ir::Attribute::author_id)));
  CHECK_FALSE(sleeps(at_least(0, {0, 1})));
}

TEST_CASE("the position of no match is missing, so a comparison with it is unknown") {
  ir::Expr first = call(ir::Function::first, Type::integer);
  first.uses = {use_of(0)};
  CHECK_FALSE(sleeps(compare(Op::less, first, integer(100))));
  CHECK(sleeps(all({matched(0), compare(Op::less, first, integer(100))})));
  const ir::Expr settled = node(Op::coalesce, Type::integer, {first, integer(1000)});
  CHECK(sleeps(compare(Op::less, settled, integer(100))));
}

TEST_CASE("a default for an unknown fact keeps a rule awake only if it can be true") {
  const ir::Expr trusted = node(Op::coalesce, Type::boolean, {verified(), boolean(true)});
  CHECK_FALSE(sleeps(trusted));
  CHECK(sleeps(all({trusted, matched(0)})));
}
