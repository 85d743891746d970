#include "program/verify.hpp"

#include <cstring>
#include <random>

#include <doctest/doctest.h>

#include "compile/encode.hpp"
#include "support/ir_builder.hpp"

using namespace modcore;
using namespace modcore::testing;
using program::Opcode;

namespace {

ir::RuleSet rich_rules() {
  ir::RuleSet rules = rule_set(3);
  ir::Expr near = call(ir::Function::near, Type::boolean, {integer(6)});
  near.uses = {use_of(0), use_of(1)};
  ir::Expr ratio = compare(Op::greater, measure(ir::Function::caps_ratio, Type::number), number(0.4));
  ir::Expr name = compare(Op::in_set, attribute(ir::Attribute::channel_name, Type::text), set_of({"a", "b"}));
  ir::Expr reports = node(Op::coalesce, Type::integer,
                          {attribute(ir::Attribute::message_reports, Type::integer), integer(0)});
  add_rule(rules, "a", all({any({near, at_least(2, {0, 1, 2})}), negate(ratio)})).unless = {name};
  add_rule(rules, "b", compare(Op::greater_equal, node(Op::add, Type::integer, {count(2), reports}), integer(3)));
  add_rule(rules, "c", is_missing(ir::Attribute::author_id)).score = ir::Score{2000, count(1), 6000};
  return rules;
}

std::string fault_after(void (*damage)(program::Image&)) {
  program::Image image = compiler::encode(rich_rules());
  damage(image);
  return program::verify(image);
}

}  // namespace

TEST_CASE("what the encoder writes is valid") {
  CHECK(program::verify(compiler::encode(rich_rules())) == "");
  CHECK(program::verify(compiler::encode(rule_set())) == "");
}

TEST_CASE("each kind of damage is found") {
  CHECK(fault_after([](program::Image& i) { i.stack_size = 1; }) != "");
  CHECK(fault_after([](program::Image& i) { i.stack_size = 1U << 20; }) != "");
  CHECK(fault_after([](program::Image& i) { i.uses.pop_back(); }) != "");
  CHECK(fault_after([](program::Image& i) { i.operands.pop_back(); }) != "");
  CHECK(fault_after([](program::Image& i) { i.integers.clear(); }) != "");
  CHECK(fault_after([](program::Image& i) { i.measures.clear(); }) != "");
  CHECK(fault_after([](program::Image& i) { i.categories.clear(); }) != "");
  CHECK(fault_after([](program::Image& i) { i.wake_begin.back() = 1000; }) != "");
  CHECK(fault_after([](program::Image& i) { i.waking.back() = 1000; }) != "");
  CHECK(fault_after([](program::Image& i) { i.rules[0].when.end = 1U << 30; }) != "");
  CHECK(fault_after([](program::Image& i) { i.rules[0].when.end -= 1; }) != "");
  CHECK(fault_after([](program::Image& i) { i.rules[0].when.nodes_end -= 1; }) != "");
  CHECK(fault_after([](program::Image& i) { i.nodes[0].nodes = 2; }) != "");
  CHECK(fault_after([](program::Image& i) {
          // Shown as a set of texts, a boolean would be read as pointers.
          for (program::Node& node : i.nodes) node.type = ir::Type::text_set;
        }) != "");
  CHECK(fault_after([](program::Image& i) { i.rules[0].verdict = ir::Verdict::escalate; }) != "");
  CHECK(fault_after([](program::Image& i) { i.sets[0].items[0] = "z"; }) != "");
}

TEST_CASE("a jump backwards is refused") {
  CHECK(fault_after([](program::Image& image) {
          for (program::Instruction& instruction : image.code) {
            if (instruction.opcode == Opcode::jump_if_false) instruction.operand = 0;
          }
        }) != "");
}

// Whatever the code says, the verifier answers; what it lets pass keeps its stack.
TEST_CASE("random corruption of the code never crashes the verifier") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const program::Image clean = compiler::encode(rich_rules());
  std::size_t refused = 0;
  constexpr std::size_t rounds = 20'000;
  for (std::size_t round = 0; round < rounds; ++round) {
    program::Image image = compiler::encode(rich_rules());
    for (std::size_t hits = 1 + random() % 4; hits > 0; --hits) {
      program::Instruction& instruction = image.code[random() % image.code.size()];
      switch (random() % 4) {
        case 0: instruction.opcode = static_cast<Opcode>(random() % 256); break;
        case 1: instruction.operand = static_cast<std::uint32_t>(random() % 64); break;
        case 2: instruction.operand = static_cast<std::uint32_t>(random()); break;
        default: std::swap(instruction, image.code[random() % image.code.size()]); break;
      }
    }
    if (!program::verify(image).empty()) ++refused;
    else CHECK(image.code.size() == clean.code.size());
  }
  CHECK(refused > rounds / 2);
}
