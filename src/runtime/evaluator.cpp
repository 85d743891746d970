#include "runtime/evaluator.hpp"

#include <algorithm>

#include "runtime/arithmetic.hpp"
#include "runtime/field_functions.hpp"

namespace modcore::runtime {

using program::Instruction;
using program::Opcode;

namespace {

Value of(Truth truth) { return truth == Truth::unknown ? Value() : Value::of(truth == Truth::yes); }

template <typename T>
Value of(const std::optional<T>& value) {
  return value ? Value::of(*value) : Value();
}

// Whether a function need not be measured to the end if only a limit matters.
bool can_stop(ir::Function function) noexcept {
  return function == ir::Function::repeat_ratio || function == ir::Function::unique_word_ratio;
}

template <typename Visit>
void for_each_field(ir::FieldSet fields, const Visit& visit) {
  for (std::uint64_t bits = fields.bits; bits != 0; bits &= bits - 1) {
    visit(static_cast<ir::TextField>(__builtin_ctzll(bits)));
  }
}

}  // namespace

Evaluator::Evaluator(const program::Image& image, Facts& facts, PostText& text, Matcher& matcher,
                     TextPool& pool)
    : image_(image), facts_(facts), text_(text), matcher_(matcher), pool_(pool),
      stack_(image.stack_size + 1), memos_(image.measures.size()) {}

Value Evaluator::run(const program::Fragment& fragment) { return execute<false>(fragment, nullptr); }

void Evaluator::trace(const program::Fragment& fragment, std::vector<Value>& values) {
  values.clear();
  static_cast<void>(execute<true>(fragment, &values));
}

template <bool tracing>
Value Evaluator::execute(const program::Fragment& fragment, std::vector<Value>* values) {
  top_ = stack_.data();
  const Instruction* const code = image_.code.data();
  const std::uint32_t end = fragment.end;
  for (std::uint32_t at = fragment.begin; at < end; ++at) {
    const Instruction instruction = code[at];
    switch (instruction.opcode) {
      case Opcode::jump_if_false:
      case Opcode::jump_if_true:
        if (!tracing && top().is(instruction.opcode == Opcode::jump_if_true)) at = instruction.operand - 1;
        break;
      case Opcode::jump_if_known:
        if (!tracing && top().known()) at = instruction.operand - 1;
        break;
      case Opcode::measure:
        push(measured(instruction.operand, tracing ? std::nullopt : limit_behind(at, end)));
        break;
      case Opcode::matched:
        push(of(matcher_.matched(static_cast<UseId>(instruction.operand))));
        break;
      case Opcode::logic_and: {
        const Value right = pop();
        top() = kleene_and(top(), right);
        break;
      }
      case Opcode::logic_or: {
        const Value right = pop();
        top() = kleene_or(top(), right);
        break;
      }
      case Opcode::push_integer: push(Value::of(image_.integers[instruction.operand])); break;
      case Opcode::push_number: push(Value::of(image_.numbers[instruction.operand])); break;
      case Opcode::compare_integers: compare(instruction); break;
      default: step(instruction); break;
    }
    if constexpr (tracing) values->push_back(top());
  }
  return top();
}

void Evaluator::step(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::load_attribute: return push(facts_.get(instruction.operand));
    case Opcode::is_missing: return push(Value::of(!facts_.get(instruction.operand).known()));
    case Opcode::logic_not: top() = kleene_not(top()); return;
    case Opcode::coalesce: {
      const Value right = pop();
      if (!top().known()) top() = right;
      return;
    }
    case Opcode::hour: return unary([this](Value time) { return local_hour(time.integer()); });
    case Opcode::weekday: return unary([this](Value time) { return local_weekday(time.integer()); });
    default: break;
  }
  if (instruction.opcode <= Opcode::push_set) return push_constant(instruction);
  if (instruction.opcode <= Opcode::followed_by) return ask_matcher(instruction);
  if (instruction.opcode <= Opcode::compare_numbers) return compare(instruction);
  if (instruction.opcode <= Opcode::ends_with) return compare_texts(instruction);
  arithmetic(instruction);
}

void Evaluator::push_constant(const Instruction& instruction) {
  const std::uint32_t index = instruction.operand;
  switch (instruction.opcode) {
    case Opcode::push_boolean: return push(Value::of(index != 0));
    case Opcode::push_integer: return push(Value::of(image_.integers[index]));
    case Opcode::push_number: return push(Value::of(image_.numbers[index]));
    case Opcode::push_text: return push(Value::of(std::string_view(image_.texts[index])));
    default: return push(Value::of(std::span<const std::string_view>(image_.sets[index].views)));
  }
}

void Evaluator::compare(const Instruction& instruction) {
  const program::Relation relation = instruction.relation;
  binary([&](Value left, Value right) {
    switch (instruction.opcode) {
      case Opcode::compare_booleans:
        return Value::of(holds(relation, left.boolean() <=> right.boolean()));
      case Opcode::compare_integers:
        return Value::of(holds(relation, left.integer() <=> right.integer()));
      default: return Value::of(holds(relation, left.number() <=> right.number()));
    }
  });
}

void Evaluator::arithmetic(const Instruction& instruction) {
  using V = Value;
  switch (instruction.opcode) {
    case Opcode::add_integers: return binary([](V a, V b) { return add(a.integer(), b.integer()); });
    case Opcode::subtract_integers:
      return binary([](V a, V b) { return subtract(a.integer(), b.integer()); });
    case Opcode::multiply_integers:
      return binary([](V a, V b) { return multiply(a.integer(), b.integer()); });
    case Opcode::negate_integer: return unary([](V a) { return negate(a.integer()); });
    case Opcode::add_numbers: return binary([](V a, V b) { return if_finite(a.number() + b.number()); });
    case Opcode::subtract_numbers:
      return binary([](V a, V b) { return if_finite(a.number() - b.number()); });
    case Opcode::multiply_numbers:
      return binary([](V a, V b) { return if_finite(a.number() * b.number()); });
    case Opcode::divide_numbers: return binary([](V a, V b) { return divide(a.number(), b.number()); });
    case Opcode::negate_number: return unary([](V a) { return V::of(-a.number()); });
    case Opcode::to_number: return unary([](V a) { return V::of(static_cast<double>(a.integer())); });
    case Opcode::to_integer: return unary([](V a) { return nearest_whole(a.number()); });
    default: return;
  }
}

void Evaluator::ask_matcher(const Instruction& instruction) {
  const auto use = static_cast<UseId>(instruction.operand);
  const auto pair = [&](std::uint32_t i) {
    return static_cast<UseId>(image_.operands[instruction.operand + i]);
  };
  switch (instruction.opcode) {
    case Opcode::at_least: return push(at_least(instruction.operand));
    case Opcode::count: return push(of(matcher_.count(use)));
    case Opcode::distinct: return push(of(matcher_.distinct(use)));
    case Opcode::first: return push(of(matcher_.first(use)));
    case Opcode::last: return push(of(matcher_.last(use)));
    case Opcode::disguised:
      return push(of(matcher_.disguised(use)));
    case Opcode::near:
      return unary([&](Value words) { return of(matcher_.near(pair(0), pair(1), words.integer())); });
    default:
      return unary(
          [&](Value words) { return of(matcher_.followed_by(pair(0), pair(1), words.integer())); });
  }
}

Value Evaluator::at_least(std::uint32_t operands) {
  const std::uint32_t wanted = image_.operands[operands];
  const std::uint32_t uses = image_.operands[operands + 1];
  std::uint32_t matched = 0;
  std::uint32_t open = 0;
  // Until enough have matched, or too few are left.
  for (std::uint32_t i = 0; i < uses && matched < wanted && matched + open + (uses - i) >= wanted; ++i) {
    const Truth truth = matcher_.matched(static_cast<UseId>(image_.operands[operands + 2 + i]));
    if (truth == Truth::yes) ++matched;
    if (truth == Truth::unknown) ++open;
  }
  if (matched >= wanted) return Value::of(true);
  return matched + open < wanted ? Value::of(false) : Value();
}

Value Evaluator::measured(std::uint32_t index, std::optional<double> limit) {
  Memo& memo = memos_[index];
  if (memo.epoch == epoch_) return memo.value;
  // Measured up to a limit at most once: another condition may have another one.
  if (limit && memo.limited_epoch != epoch_) {
    memo.limited_epoch = epoch_;
    return measure(image_.measures[index], limit);
  }
  memo.epoch = epoch_;
  return memo.value = measure(image_.measures[index], {});
}

// The number that a measure is only compared with.
std::optional<double> Evaluator::limit_behind(std::uint32_t at, std::uint32_t end) const {
  if (end - at < 3 || !can_stop(image_.measures[image_.code[at].operand].function)) return {};
  const bool compared = image_.code[at + 1].opcode == Opcode::push_number &&
                        image_.code[at + 2].opcode == Opcode::compare_numbers;
  return compared ? std::optional(image_.numbers[image_.code[at + 1].operand]) : std::nullopt;
}

Value Evaluator::measure(const program::Measure& measure, std::optional<double> limit) {
  bool missing = false;
  for (const ir::FieldSet fields : {measure.fields, measure.other_fields}) {
    for_each_field(fields, [&](ir::TextField field) { missing |= facts_.is_missing(field); });
  }
  if (missing) return {};
  const ir::FieldSet fields = measure.fields;
  switch (measure.function) {
    case ir::Function::length: return Value::of(length(text_, fields));
    case ir::Function::words: return Value::of(words(text_, fields));
    case ir::Function::lines: return Value::of(lines(text_, fields));
    case ir::Function::links: return Value::of(links(text_, fields));
    case ir::Function::misleading_link:
      return Value::of(misleading_links(text_, fields) > 0);
    case ir::Function::mentions: return Value::of(mentions(text_, fields));
    case ir::Function::hashtags: return Value::of(hashtags(text_, fields));
    case ir::Function::emoji: return Value::of(emoji(text_, fields));
    case ir::Function::caps_ratio: return if_finite(caps_ratio(text_, fields));
    case ir::Function::digit_ratio: return if_finite(digit_ratio(text_, fields));
    case ir::Function::repeat_run: return Value::of(repeat_run(text_, fields));
    case ir::Function::symbol_ratio: return if_finite(symbol_ratio(text_, fields));
    case ir::Function::repeat_ratio: return if_finite(repeat_ratio(text_, fields, limit));
    case ir::Function::unique_word_ratio: return if_finite(unique_word_ratio(text_, fields, limit));
    case ir::Function::invisible: return Value::of(invisible(text_, fields));
    case ir::Function::mixed_script: return Value::of(mixed_script(text_, fields));
    case ir::Function::script_ratio: return if_finite(script_ratio(text_, fields, measure.script));
    case ir::Function::marks_run: return Value::of(marks_run(text_, fields));
    case ir::Function::similar: return if_finite(similar(text_, fields, measure.other_fields));
    case ir::Function::phones: return Value::of(phones(text_, fields));
    case ir::Function::emails: return Value::of(emails(text_, fields));
    case ir::Function::cards: return Value::of(cards(text_, fields));
    case ir::Function::ips: return Value::of(ips(text_, fields));
    case ir::Function::quoted_ratio: return if_finite(quoted_ratio(text_));
    case ir::Function::hosts:
    case ir::Function::domains: return host_list(measure);
    default: return {};
  }
}

Value Evaluator::host_list(const program::Measure& measure) {
  std::vector<std::string_view>& list = pool_.set();
  if (measure.function == ir::Function::hosts) {
    hosts(text_, measure.fields, pool_, list);
  } else {
    domains(text_, measure.fields, pool_, list);
  }
  return Value::of(std::span<const std::string_view>(list));
}

// ---- Time ----

Value Evaluator::local_time(std::int64_t time) const {
  const auto& offsets = image_.timezone.offsets;
  const auto next = std::ranges::upper_bound(
      offsets, time, {}, [](const auto& offset) { return offset.first; });
  return add(time, next == offsets.begin() ? 0 : std::prev(next)->second);
}

Value Evaluator::local_hour(std::int64_t time) const {
  const Value local = local_time(time);
  if (!local.known()) return local;
  const std::int64_t second = ((local.integer() % 86400) + 86400) % 86400;
  return Value::of(second / 3600);
}

Value Evaluator::local_weekday(std::int64_t time) const {
  const Value local = local_time(time);
  if (!local.known()) return local;
  const std::int64_t day = local.integer() / 86400 - (local.integer() % 86400 < 0 ? 1 : 0);
  // 1970-01-01 was a Thursday, the fourth day from Monday.
  return Value::of(ir::weekdays()[static_cast<std::size_t>(((day + 3) % 7 + 7) % 7)]);
}

// ---- Why a condition is unknown ----

void add_missing_fields(const program::Image& image, ir::FieldSet fields, Facts& facts,
                        std::set<std::string, std::less<>>& names) {
  for_each_field(fields, [&](ir::TextField field) {
    if (facts.is_missing(field)) names.emplace(program::field_name(image, field));
  });
}

void Evaluator::add_missing(const program::Fragment& fragment, const std::vector<Value>& values,
                            std::set<std::string, std::less<>>& names) {
  // A node that is known hides what is unknown below it, so whole subtrees are skipped.
  for (std::uint32_t i = fragment.nodes_end; i > fragment.nodes_begin;) {
    const program::Node& node = image_.nodes[i - 1];
    if (values[node.instruction - fragment.begin].known()) {
      i -= node.nodes;
      continue;
    }
    --i;
    const Instruction& instruction = image_.code[node.instruction];
    if (instruction.opcode == Opcode::load_attribute) {
      names.emplace(program::attribute_name(image_, instruction.operand));
    } else if (instruction.opcode == Opcode::measure) {
      const program::Measure& measure = image_.measures[instruction.operand];
      add_missing_fields(image_, measure.fields, facts_, names);
      add_missing_fields(image_, measure.other_fields, facts_, names);
    }
  }
}

}  // namespace modcore::runtime
