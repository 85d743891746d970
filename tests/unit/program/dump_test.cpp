#include "program/dump.hpp"

#include <doctest/doctest.h>

#include "compile/encode.hpp"
#include "support/ir_builder.hpp"

using namespace modcore;
using namespace modcore::testing;

TEST_CASE("a condition becomes postfix code whose jumps only skip what cannot change the answer") {
  ir::RuleSet rules = rule_set(2);
  add_rule(rules, "a", all({any({matched(0), matched(1)}),
                            compare(Op::less, post_count(), integer(5))}));
  CHECK(program::dump(compiler::encode(rules)) ==
        "rule a\n"
        "  when\n"
        "      0 matched $p0 in title + own\n"
        "      1 jump_if_true 4\n"
        "      2 matched $p1 in title + own\n"
        "      3 logic_or\n"
        "      4 jump_if_false 9\n"
        "      5 load_attribute author.post_count\n"
        "      6 push_integer 5\n"
        "      7 compare_integers <\n"
        "      8 logic_and\n"
        "  evidence $p0 in title + own\n"
        "  evidence $p1 in title + own\n"
        "$p0 of a wakes a\n"
        "$p1 of a wakes a\n"
        "sleepless\n");
}

TEST_CASE("text constants are folded when they are compiled, ids are not") {
  ir::RuleSet rules = rule_set();
  Expr folded = compare(Op::in_set, attribute(ir::Attribute::channel_name, Type::text),
                        set_of({"Sale", "GENERAL", "sale"}));
  Expr exact = compare(Op::equal, attribute(ir::Attribute::author_id, Type::text), quoted("Bob"));
  exact.ignore_case = false;
  add_rule(rules, "a", all({folded, exact}));
  const std::string dump = program::dump(compiler::encode(rules));
  CHECK(dump.find("push_set [\"general\", \"sale\"]\n") != std::string::npos);
  CHECK(dump.find("in_set ignoring case, right is a constant\n") != std::string::npos);
  CHECK(dump.find("push_text \"Bob\"\n") != std::string::npos);
}

TEST_CASE("what stands under not gives no evidence") {
  ir::RuleSet rules = rule_set(2);
  add_rule(rules, "a", all({matched(0), negate(matched(1))}));
  const std::string dump = program::dump(compiler::encode(rules));
  CHECK(dump.find("evidence $p0") != std::string::npos);
  CHECK(dump.find("evidence $p1") == std::string::npos);
}

TEST_CASE("the same rules give the same program") {
  ir::RuleSet rules = rule_set(1);
  add_rule(rules, "a", matched(0));
  CHECK(program::dump(compiler::encode(rules)) == program::dump(compiler::encode(rules)));
}
