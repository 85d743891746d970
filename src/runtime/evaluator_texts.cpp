// The evaluator's comparisons of texts and sets.
#include <algorithm>

#include "runtime/arithmetic.hpp"
#include "runtime/evaluator.hpp"
#include "runtime/text_compare.hpp"
#include "text/hosts.hpp"

namespace modcore::runtime {

using program::Instruction;
using program::Opcode;

void Evaluator::compare_texts(const Instruction& instruction) {
  const bool of_sets = instruction.opcode == Opcode::in_set ||
                       instruction.opcode == Opcode::overlaps ||
                       instruction.opcode == Opcode::subset_of;
  binary([&](Value left, Value right) {
    return of_sets ? set_relation(instruction, left, right) : text_relation(instruction, left, right);
  });
}

std::string_view Evaluator::text_operand(Value value, bool fold, bool ready) {
  return fold && !ready ? pool_.folded(value.text()) : value.text();
}

std::span<const std::string_view> Evaluator::set_operand(Value value, bool fold, bool ready) {
  if (!fold || ready) return value.set();
  std::vector<std::string_view>& folded = pool_.set();
  for (const std::string_view text : value.set()) folded.push_back(pool_.folded(text));
  return folded;
}

Value Evaluator::text_relation(const Instruction& instruction, Value left, Value right) {
  const bool fold = (instruction.mode & program::ignore_case) != 0;
  const std::string_view a = text_operand(left, fold, (instruction.mode & program::left_ready) != 0);
  const std::string_view b = text_operand(right, fold, (instruction.mode & program::right_ready) != 0);
  switch (instruction.opcode) {
    case Opcode::same_domain: return Value::of(text::host_under(a, b));
    case Opcode::contains: return Value::of(a.find(b) != std::string_view::npos);
    case Opcode::starts_with: return Value::of(a.starts_with(b));
    case Opcode::ends_with: return Value::of(a.ends_with(b));
    default: return Value::of(holds(instruction.relation, a <=> b));
  }
}

// In the empty set's favour, as in mathematics: it is a subset of every set.
Value Evaluator::set_relation(const Instruction& instruction, Value left, Value right) {
  const bool fold = (instruction.mode & program::ignore_case) != 0;
  const bool ready = (instruction.mode & program::left_ready) != 0;
  const bool sorted = (instruction.mode & program::right_ready) != 0;
  const bool domains = (instruction.mode & program::domains) != 0;
  const Texts set = set_operand(right, fold, sorted);
  const auto is_in_set = [&](std::string_view text) { return is_member(text, set, domains, sorted); };
  if (instruction.opcode == Opcode::in_set) {
    return Value::of(is_in_set(text_operand(left, fold, ready)));
  }
  const Texts texts = set_operand(left, fold, ready);
  return Value::of(instruction.opcode == Opcode::overlaps ? std::ranges::any_of(texts, is_in_set)
                                                          : std::ranges::all_of(texts, is_in_set));
}

}  // namespace modcore::runtime
