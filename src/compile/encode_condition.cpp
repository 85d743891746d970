#include "compile/encode_condition.hpp"

#include <algorithm>
#include <limits>

#include "text/fold.hpp"

namespace modcore::compiler {

using ir::Expr;
using ir::Function;
using ir::Op;
using program::Opcode;
using program::Relation;

namespace {

char letter(const Expr& expr) { return program::stack_type(expr.type); }

bool is_domain(const Expr& expr) {
  return expr.type == ir::Type::domain || expr.type == ir::Type::domain_set;
}

std::string folded(const std::string& text, bool fold) {
  return fold ? text::fold(text, text::Level::case_) : text;
}

// What a function of fields costs beside others, roughly, per character.
int cost(Function function) {
  switch (function) {
    case Function::length: return 16;
    case Function::words:
    case Function::lines:
    case Function::caps_ratio:
    case Function::digit_ratio:
    case Function::symbol_ratio:
    case Function::links:
    case Function::mentions:
    case Function::hashtags: return 64;
    case Function::repeat_ratio:
    case Function::unique_word_ratio:
    case Function::similar: return 512;
    default: return 128;
  }
}

// The number of a constant in its table, added at first sight.
template <typename Value, typename Table>
std::uint32_t intern(std::map<Value, std::uint32_t>& known, Table& table, const Value& value) {
  const auto [place, added] = known.emplace(value, static_cast<std::uint32_t>(table.size()));
  if (added) table.push_back(value);
  return place->second;
}

}  // namespace

// What a node costs beside others, roughly: functions of texts read the post, and so
// does a pattern that nothing narrows down.
int ConditionEncoder::cost(const Expr& expr) {
  int total = 1;
  if (expr.op == Op::call) {
    // What counts or compares matches needs all of them.
    total = program::is_measure(expr.function) ? compiler::cost(expr.function) : expr.uses.empty() ? 8 : 40;
  }
  for (const ir::PatternUse& use : expr.uses) total += cost(use);
  for (const Expr& argument : expr.args) total += cost(argument);
  return total;
}

int ConditionEncoder::cost(const ir::PatternUse& use) {
  return unfiltered_.contains(use.pattern) ? 256 : 0;
}

program::Fragment ConditionEncoder::encode(const Expr& condition) {
  program::Fragment fragment;
  fragment.begin = here();
  fragment.nodes_begin = static_cast<std::uint32_t>(image_.nodes.size());
  depth_ = 0;
  node(condition);
  fragment.end = here();
  fragment.nodes_end = static_cast<std::uint32_t>(image_.nodes.size());
  return fragment;
}

void ConditionEncoder::node(const Expr& expr) {
  const std::size_t first = image_.nodes.size();
  code(expr);
  add_node(expr, first);
}

void ConditionEncoder::add_node(const Expr& expr, std::size_t first) {
  const auto below = static_cast<std::uint32_t>(image_.nodes.size() - first);
  image_.nodes.push_back(
      {.text = expr.text, .instruction = here() - 1, .nodes = below + 1, .type = expr.type});
}

void ConditionEncoder::code(const Expr& expr) {
  switch (expr.op) {
    case Op::constant: return constant(expr);
    case Op::attribute: emit(Opcode::load_attribute, expr.attribute); return;
    case Op::is_missing: emit(Opcode::is_missing, expr.attribute); return;
    case Op::logic_and: return logic(expr, Opcode::jump_if_false, Opcode::logic_and);
    case Op::logic_or: return logic(expr, Opcode::jump_if_true, Opcode::logic_or);
    case Op::logic_not: node(expr.args.front()); emit(Opcode::logic_not); return;
    case Op::equal: return compare(expr, Relation::equal);
    case Op::not_equal: return compare(expr, Relation::not_equal);
    case Op::less: return compare(expr, Relation::less);
    case Op::less_equal: return compare(expr, Relation::less_equal);
    case Op::greater: return compare(expr, Relation::greater);
    case Op::greater_equal: return compare(expr, Relation::greater_equal);
    case Op::in_set: return with_texts(expr, Opcode::in_set);
    case Op::overlaps: return with_texts(expr, Opcode::overlaps);
    case Op::subset_of: return with_texts(expr, Opcode::subset_of);
    case Op::contains: return with_texts(expr, Opcode::contains);
    case Op::starts_with: return with_texts(expr, Opcode::starts_with);
    case Op::ends_with: return with_texts(expr, Opcode::ends_with);
    case Op::coalesce: return coalesce(expr);
    case Op::add: return arithmetic(expr, Opcode::add_integers, Opcode::add_numbers);
    case Op::subtract: return arithmetic(expr, Opcode::subtract_integers, Opcode::subtract_numbers);
    case Op::multiply: return arithmetic(expr, Opcode::multiply_integers, Opcode::multiply_numbers);
    case Op::divide: return arithmetic(expr, Opcode::divide_numbers, Opcode::divide_numbers);
    case Op::negate: return arithmetic(expr, Opcode::negate_integer, Opcode::negate_number);
    case Op::to_number: operands(expr, true); return;
    case Op::matched: emit(Opcode::matched, use(expr.uses.front())); return;
    case Op::at_least: return at_least(expr);
    case Op::call: return call(expr);
  }
}

void ConditionEncoder::constant(const Expr& expr) {
  struct Push {
    ConditionEncoder& encoder;
    void operator()(bool value) const { encoder.emit(Opcode::push_boolean, value ? 1 : 0); }
    void operator()(std::int64_t value) const { encoder.push_integer(value); }
    void operator()(double value) const {
      encoder.emit(Opcode::push_number, intern(encoder.numbers_, encoder.image_.numbers, value));
    }
    void operator()(const std::string& value) const { encoder.push_text(value); }
    void operator()(const std::vector<std::string>& value) const { encoder.push_set(value); }
  };
  std::visit(Push{*this}, expr.constant);
}

void ConditionEncoder::logic(const Expr& expr, Opcode jump, Opcode join) {
  // The order makes no difference to the answer, so what is cheap comes first.
  std::vector<const Expr*> arguments;
  for (const Expr& argument : expr.args) arguments.push_back(&argument);
  std::ranges::stable_sort(arguments, {}, [this](const Expr* argument) { return cost(*argument); });
  std::vector<std::uint32_t> jumps;
  node(*arguments.front());
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    jumps.push_back(here());
    emit(jump);
    node(*arguments[i]);
    emit(join);
  }
  land(jumps);
}

void ConditionEncoder::coalesce(const Expr& expr) {
  node(expr.args.front());
  const std::uint32_t jump = here();
  emit(Opcode::jump_if_known);
  node(expr.args.back());
  emit(Opcode::coalesce);
  land({jump});
}

// Operands of numbers: a whole number beside a fraction becomes one.
void ConditionEncoder::operands(const Expr& expr, bool as_numbers) {
  for (const Expr& argument : expr.args) {
    node(argument);
    if (as_numbers && letter(argument) == 'i') emit(Opcode::to_number);
  }
}

void ConditionEncoder::compare(const Expr& expr, Relation relation) {
  if (std::ranges::any_of(expr.args, is_domain)) return compare_domains(expr, relation);
  if (letter(expr.args.front()) == 't') return compare_texts(expr, relation);
  const bool numbers = std::ranges::any_of(expr.args, [](const Expr& e) { return letter(e) == 'n'; });
  const bool booleans = letter(expr.args.front()) == 'b';
  operands(expr, numbers);
  emit(numbers    ? Opcode::compare_numbers
       : booleans ? Opcode::compare_booleans
                  : Opcode::compare_integers)
      .relation = relation;
}

void ConditionEncoder::compare_texts(const Expr& expr, Relation relation) {
  with_texts(expr, Opcode::compare_texts);
  image_.code.back().relation = relation;
}

// The domain is what the rule writes down, on whichever side it stands; the
// other side is the host that may lie below it.
void ConditionEncoder::compare_domains(const Expr& expr, Relation relation) {
  const bool swapped = expr.args.front().op == Op::constant;
  node(swapped ? expr.args.back() : expr.args.front());
  node(swapped ? expr.args.front() : expr.args.back());
  emit(Opcode::same_domain);
  if (relation == Relation::not_equal) emit(Opcode::logic_not);
}

void ConditionEncoder::with_texts(const Expr& expr, Opcode opcode) {
  const bool as_domains = std::ranges::any_of(expr.args, is_domain);
  const bool fold = expr.ignore_case && !as_domains;
  const bool left = text_operand(expr.args.front(), fold);
  const bool right = text_operand(expr.args.back(), fold);
  emit(opcode).mode = static_cast<std::uint8_t>(
      (fold ? program::ignore_case : 0) | (as_domains ? program::domains : 0) |
      (left ? program::left_ready : 0) | (right ? program::right_ready : 0));
}

bool ConditionEncoder::text_operand(const Expr& expr, bool fold) {
  if (expr.op != Op::constant) return node(expr), false;
  const std::size_t first = image_.nodes.size();
  if (const auto* text = std::get_if<std::string>(&expr.constant)) {
    push_text(folded(*text, fold));
  } else {
    auto items = std::get<std::vector<std::string>>(expr.constant);
    for (std::string& item : items) item = folded(item, fold);
    push_set(std::move(items));
  }
  add_node(expr, first);
  return true;
}

void ConditionEncoder::arithmetic(const Expr& expr, Opcode integers, Opcode numbers) {
  const bool as_numbers = expr.op == Op::divide ||
      std::ranges::any_of(expr.args, [](const Expr& e) { return letter(e) == 'n'; });
  operands(expr, as_numbers);
  emit(as_numbers ? numbers : integers);
  if (as_numbers && letter(expr) == 'i') emit(Opcode::to_integer);
}

void ConditionEncoder::at_least(const Expr& expr) {
  const auto begin = static_cast<std::uint32_t>(image_.operands.size());
  const auto uses = static_cast<std::uint32_t>(expr.uses.size());
  const auto wanted = std::clamp<std::int64_t>(expr.count, 0, std::int64_t{uses} + 1);
  image_.operands.push_back(static_cast<std::uint32_t>(wanted));
  image_.operands.push_back(uses);
  std::vector<ir::PatternUse> cheap_first = expr.uses;
  std::ranges::stable_sort(cheap_first, {}, [this](const ir::PatternUse& one) { return cost(one); });
  for (const ir::PatternUse& one : cheap_first) image_.operands.push_back(use(one));
  emit(Opcode::at_least, begin);
}

void ConditionEncoder::call(const Expr& expr) {
  switch (expr.function) {
    case Function::count: emit(Opcode::count, use(expr.uses.front())); return;
    case Function::distinct: emit(Opcode::distinct, use(expr.uses.front())); return;
    case Function::first: emit(Opcode::first, use(expr.uses.front())); return;
    case Function::last: emit(Opcode::last, use(expr.uses.front())); return;
    case Function::disguised:
      emit(Opcode::disguised, use(expr.uses.front()));
      return;
    case Function::near: return use_pair(expr, Opcode::near);
    case Function::followed_by: return use_pair(expr, Opcode::followed_by);
    case Function::hour: node(expr.args.front()); emit(Opcode::hour); return;
    case Function::weekday: node(expr.args.front()); emit(Opcode::weekday); return;
    default: emit(Opcode::measure, measure(expr)); return;
  }
}

void ConditionEncoder::use_pair(const Expr& expr, Opcode opcode) {
  node(expr.args.front());
  const auto begin = static_cast<std::uint32_t>(image_.operands.size());
  image_.operands.push_back(use(expr.uses.front()));
  image_.operands.push_back(use(expr.uses.back()));
  emit(opcode, begin);
}

program::Instruction& ConditionEncoder::emit(Opcode opcode, std::uint32_t operand) {
  const program::OpcodeInfo& what = program::info(opcode);
  depth_ += static_cast<std::uint32_t>(what.pushes.size());
  depth_ -= static_cast<std::uint32_t>(what.pops.size());
  image_.stack_size = std::max(image_.stack_size, depth_);
  return image_.code.emplace_back(program::Instruction{.opcode = opcode, .operand = operand});
}

void ConditionEncoder::land(const std::vector<std::uint32_t>& jumps) {
  for (const std::uint32_t jump : jumps) image_.code[jump].operand = here();
}

std::uint32_t ConditionEncoder::here() const {
  return static_cast<std::uint32_t>(image_.code.size());
}

std::uint32_t ConditionEncoder::use(const ir::PatternUse& use) const {
  const auto found = std::ranges::lower_bound(image_.uses, use);
  return static_cast<std::uint32_t>(found - image_.uses.begin());
}

program::Measure measure_of(const Expr& call) {
  program::Measure measure{call.function, call.fields, call.other_fields, {}};
  if (!call.args.empty()) measure.script = std::get<std::string>(call.args.front().constant);
  return measure;
}

std::uint32_t ConditionEncoder::measure(const Expr& expr) const {
  const program::Measure wanted = measure_of(expr);
  const auto found = std::ranges::lower_bound(image_.measures, wanted);
  return static_cast<std::uint32_t>(found - image_.measures.begin());
}

void ConditionEncoder::push_integer(std::int64_t value) {
  emit(Opcode::push_integer, intern(integers_, image_.integers, value));
}

void ConditionEncoder::push_text(const std::string& text) {
  emit(Opcode::push_text, intern(texts_, image_.texts, text));
}

void ConditionEncoder::push_set(std::vector<std::string> items) {
  std::ranges::sort(items);
  items.erase(std::unique(items.begin(), items.end()), items.end());
  const auto [place, added] = sets_.emplace(items, static_cast<std::uint32_t>(image_.sets.size()));
  if (added) {
    program::ConstantSet& set = image_.sets.emplace_back();
    set.items = std::move(items);
    set.views.assign(set.items.begin(), set.items.end());
  }
  emit(Opcode::push_set, place->second);
}

}  // namespace modcore::compiler
