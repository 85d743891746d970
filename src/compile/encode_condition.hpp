// One condition to code.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compile/wake.hpp"
#include "ir/rule_set.hpp"
#include "program/image.hpp"

namespace modcore::compiler {

// Appends code, nodes and constants to an image whose uses and measures are
// complete. A constant that stands twice is stored once.
// The measure that a call of a function of fields asks for.
[[nodiscard]] program::Measure measure_of(const ir::Expr& call);

class ConditionEncoder {
 public:
  ConditionEncoder(program::Image& image, const ir::RuleSet& rules) : image_(image), unfiltered_(rules) {}

  [[nodiscard]] program::Fragment encode(const ir::Expr& condition);

 private:
  using Opcode = program::Opcode;

  [[nodiscard]] int cost(const ir::Expr& expr);
  [[nodiscard]] int cost(const ir::PatternUse& use);
  void node(const ir::Expr& expr);
  void code(const ir::Expr& expr);
  void operands(const ir::Expr& expr, bool as_numbers);
  void constant(const ir::Expr& expr);
  void logic(const ir::Expr& expr, Opcode jump, Opcode join);
  void coalesce(const ir::Expr& expr);
  void compare(const ir::Expr& expr, program::Relation relation);
  void compare_texts(const ir::Expr& expr, program::Relation relation);
  void compare_domains(const ir::Expr& expr, program::Relation relation);
  void with_texts(const ir::Expr& expr, Opcode opcode);
  void arithmetic(const ir::Expr& expr, Opcode integers, Opcode numbers);
  void at_least(const ir::Expr& expr);
  void call(const ir::Expr& expr);
  void use_pair(const ir::Expr& expr, Opcode opcode);

  // The operand of a text operation: constants are folded here, once. Says
  // whether it was one.
  bool text_operand(const ir::Expr& expr, bool fold);

  program::Instruction& emit(Opcode opcode, std::uint32_t operand = 0);
  void land(const std::vector<std::uint32_t>& jumps);
  [[nodiscard]] std::uint32_t here() const;
  [[nodiscard]] std::uint32_t use(const ir::PatternUse& use) const;
  [[nodiscard]] std::uint32_t measure(const ir::Expr& expr) const;
  void push_integer(std::int64_t value);
  void push_text(const std::string& text);
  void push_set(std::vector<std::string> items);
  void add_node(const ir::Expr& expr, std::size_t first);

  program::Image& image_;
  UnfilteredPatterns unfiltered_;  // dear to ask for
  std::uint32_t depth_ = 0;
  std::map<std::int64_t, std::uint32_t> integers_;
  std::map<double, std::uint32_t> numbers_;
  std::map<std::string, std::uint32_t> texts_;
  std::map<std::vector<std::string>, std::uint32_t> sets_;
};

}  // namespace modcore::compiler
