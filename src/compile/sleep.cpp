#include "compile/sleep.hpp"

#include <algorithm>
#include <cmath>

namespace modcore::compiler {

namespace {

using program::bit_of;
using program::Trait;
using program::Traits;
using ir::Constant;
using ir::Expr;
using ir::Function;
using ir::Op;

// Some characters fold to several words: U+FDFA has three bytes and four words.
constexpr double words_of_a_byte = 2;

constexpr std::uint8_t no = 1;
constexpr std::uint8_t yes = 2;
constexpr std::uint8_t unknown = 4;
constexpr std::uint8_t any_truth = no | yes | unknown;

// What a node can be in a post that lacks something.
struct Reach {
  std::uint8_t truths = any_truth;   // of a bool: the truth values that can occur
  bool missing = false;              // of anything else: it is always missing...
  std::optional<double> number;      // ... or always this number
  std::optional<double> at_least;    // ... or never a number below this one
  std::optional<double> at_most;     // ... or above this one
  const Constant* text = nullptr;    // ... or always this text or set of texts
};

Reach truth(std::uint8_t truths) { return {.truths = truths}; }
Reach always(bool value) { return truth(value ? yes : no); }
Reach nothing() { return {.truths = unknown, .missing = true}; }

// Beyond 2^53 a double is not exact any more and proves nothing.
Reach number(double value) {
  if (std::fabs(value) > 9007199254740992.0) return {};
  return {.number = value};
}

std::uint8_t negated(std::uint8_t truths) {
  return static_cast<std::uint8_t>((truths & unknown) | ((truths & no) != 0 ? yes : 0) |
                                   ((truths & yes) != 0 ? no : 0));
}

// Strong Kleene `and`, over all pairs.
std::uint8_t both(std::uint8_t a, std::uint8_t b) {
  std::uint8_t result = (a | b) & no;
  if ((a & yes) != 0 && (b & yes) != 0) result |= yes;
  if (((a & unknown) != 0 && (b & (yes | unknown)) != 0) || ((a & yes) != 0 && (b & unknown) != 0)) {
    result |= unknown;
  }
  return result;
}

Reach of_constant(const Expr& expr) {
  if (const auto* value = std::get_if<bool>(&expr.constant)) return always(*value);
  if (const auto* value = std::get_if<std::int64_t>(&expr.constant)) {
    return number(static_cast<double>(*value));
  }
  if (const auto* value = std::get_if<double>(&expr.constant)) return number(*value);
  return {.text = &expr.constant};
}

bool compared(Op op, double left, double right) {
  switch (op) {
    case Op::equal: return left == right;
    case Op::not_equal: return left != right;
    case Op::less: return left < right;
    case Op::less_equal: return left <= right;
    case Op::greater: return left > right;
    default: return left >= right;
  }
}

// A number that is at least `least`, compared with one.
Reach of_large(Op op, double least, double other) {
  switch (op) {
    case Op::equal:
    case Op::less_equal: return least > other ? always(false) : Reach();
    case Op::less: return least >= other ? always(false) : Reach();
    case Op::not_equal:
    case Op::greater: return least > other ? always(true) : Reach();
    case Op::greater_equal: return least >= other ? always(true) : Reach();
    default: return {};
  }
}

// A number that is at most `most`, compared with one.
Reach of_small(Op op, double most, double other) {
  switch (op) {
    case Op::equal:
    case Op::greater_equal: return most < other ? always(false) : Reach();
    case Op::greater: return most <= other ? always(false) : Reach();
    case Op::not_equal:
    case Op::less: return most < other ? always(true) : Reach();
    case Op::less_equal: return most <= other ? always(true) : Reach();
    default: return {};
  }
}

bool is_empty(const Constant* constant) {
  if (constant == nullptr) return false;
  if (const auto* set = std::get_if<std::vector<std::string>>(constant)) return set->empty();
  const auto* text = std::get_if<std::string>(constant);
  return text != nullptr && text->empty();
}

// Of texts and sets only what is empty tells something.
Reach of_texts(const Expr& expr, const Reach& left, const Reach& right) {
  if (!is_empty(left.text)) return {};
  const auto* set = right.text == nullptr ? nullptr : std::get_if<std::vector<std::string>>(right.text);
  const auto* text = right.text == nullptr ? nullptr : std::get_if<std::string>(right.text);
  const bool other = text != nullptr && !text->empty();
  switch (expr.op) {
    case Op::overlaps: return always(false);
    case Op::subset_of: return always(true);
    case Op::in_set: return set != nullptr && std::ranges::none_of(*set, &std::string::empty) ? always(false) : Reach();
    case Op::equal:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with: return other ? always(false) : Reach();
    case Op::not_equal: return other ? always(true) : Reach();
    default: return {};
  }
}

// The trait without which a function is 0, its set empty or its number not small; no bit of others.
Traits traits_of(Function function) {
  switch (function) {
    case Function::links:
    case Function::hosts:
    case Function::domains: return bit_of(Trait::link);
    case Function::mentions:
    case Function::emails: return bit_of(Trait::mention_sign);
    case Function::hashtags: return bit_of(Trait::hash_sign);
    case Function::marks_run: return bit_of(Trait::mark);
    case Function::emoji: return bit_of(Trait::emoji);
    case Function::invisible: return bit_of(Trait::invisible);
    case Function::mixed_script: return bit_of(Trait::beyond_ascii);
    case Function::cards: return bit_of(Trait::card_digits);
    case Function::words: return bit_of(Trait::few_words);
    case Function::misleading_link: return bit_of(Trait::anchor_sign);
    default: return 0;
  }
}

// The most that a function is for a text of so many bytes, whatever it says.
std::optional<double> most_of(Function function, std::uint32_t bytes) {
  switch (function) {
    case Function::length: return bytes;  // code points
    case Function::words: return bytes * words_of_a_byte;
    case Function::caps_ratio:
    case Function::digit_ratio:
    case Function::symbol_ratio:
    case Function::repeat_ratio: return bytes == 0 ? std::optional(0.0) : std::nullopt;
    default: return std::nullopt;
  }
}

// Whether all these fields are made of those of the other set.
bool lie_within(ir::FieldSet fields, ir::FieldSet others) {
  return (fields.bits & ~others.bits) == 0;
}

// Fields that hold no more than title and body do.
constexpr ir::FieldSet title_and_body{(std::uint64_t{1} << static_cast<unsigned>(ir::TextField::attachment_names)) - 1};
constexpr ir::FieldSet title_field{std::uint64_t{1} << static_cast<unsigned>(ir::TextField::title)};

// Whether the host always passes the fields, be they empty.
bool are_content(ir::FieldSet fields) {
  for (std::size_t bit = static_cast<std::size_t>(ir::TextField::author_name); bit < ir::max_text_fields; ++bit) {
    if (fields.has(static_cast<ir::TextField>(bit))) return false;
  }
  return true;
}

class Reacher {
 public:
  explicit Reacher(const Absent& absent) : absent_(absent) {}

  Reach reach(const Expr& expr) const {
    switch (expr.op) {
      case Op::constant: return of_constant(expr);
      case Op::attribute: return is_absent(expr.attribute) ? nothing() : Reach();
      case Op::logic_and: return of_and(expr);
      case Op::logic_or: return of_or(expr);
      case Op::logic_not: return truth(negated(reach(expr.args.front()).truths));
      case Op::is_missing: return is_absent(expr.attribute) ? always(true) : truth(no | yes);
      case Op::coalesce: return of_coalesce(expr);
      case Op::matched: return absent_.patterns ? always(false) : Reach();
      case Op::at_least: return absent_.patterns || expr.count <= 0 ? always(expr.count <= 0) : Reach();
      case Op::call: return expr.uses.empty() ? of_function(expr) : of_matches(expr);
      default: return of_operands(expr);
    }
  }

 private:
  [[nodiscard]] bool is_absent(std::uint16_t attribute) const {
    return (absent_.attributes & bit_of(static_cast<ir::Attribute>(attribute))) != 0;
  }

  Reach of_and(const Expr& expr) const {
    std::uint8_t truths = yes;
    for (const Expr& argument : expr.args) truths = both(truths, reach(argument).truths);
    return truth(truths);
  }

  Reach of_or(const Expr& expr) const {
    std::uint8_t truths = yes;
    for (const Expr& argument : expr.args) truths = both(truths, negated(reach(argument).truths));
    return truth(negated(truths));
  }

  // Comparison and arithmetic: a missing operand makes the result missing.
  Reach of_operands(const Expr& expr) const {
    std::vector<Reach> values;
    for (const Expr& argument : expr.args) values.push_back(reach(argument));
    if (std::ranges::any_of(values, &Reach::missing)) return nothing();
    if (values.front().at_least && values.back().number) {
      return of_large(expr.op, *values.front().at_least, *values.back().number);
    }
    if (values.front().at_most && values.back().number) {
      return of_small(expr.op, *values.front().at_most, *values.back().number);
    }
    if (!std::ranges::all_of(values, [](const Reach& value) { return value.number.has_value(); })) {
      return of_texts(expr, values.front(), values.back());
    }
    const double left = *values.front().number;
    const double right = *values.back().number;
    switch (expr.op) {
      case Op::add: return number(left + right);
      case Op::subtract: return number(left - right);
      case Op::multiply: return number(left * right);
      case Op::negate: return number(-left);
      case Op::to_number: return number(left);
      case Op::divide: return {};
      default: return always(compared(expr.op, left, right));
    }
  }

  Reach of_coalesce(const Expr& expr) const {
    const Reach first = reach(expr.args.front());
    if (first.missing) return reach(expr.args.back());
    if (first.number || first.text != nullptr) return first;
    if (expr.type != ir::Type::boolean || (first.truths & unknown) == 0) return truth(first.truths);
    return truth(static_cast<std::uint8_t>((first.truths & ~unknown) | reach(expr.args.back()).truths));
  }

  Reach of_matches(const Expr& expr) const {
    if (!absent_.patterns) return {};
    switch (expr.function) {
      case Function::count:
      case Function::distinct: return number(0);
      case Function::first:
      case Function::last: return nothing();
      default: return always(false);
    }
  }

  Reach of_function(const Expr& expr) const {
    static const Constant no_texts = std::vector<std::string>();
    if (!are_content(expr.fields)) return {};
    if ((traits_of(expr.function) & absent_.traits) == 0) return of_bytes(expr);
    if (expr.function == Function::misleading_link) return always(false);
    if (expr.function == Function::words) {
      if (!expr.fields.has(ir::TextField::body)) return {};
      return {.at_least = static_cast<double>(program::most_few_words + 1)};
    }
    const bool set = expr.function == Function::hosts || expr.function == Function::domains;
    return set ? Reach{.text = &no_texts} : number(0);
  }

  // What a short text leaves possible.
  Reach of_bytes(const Expr& expr) const {
    const bool of_title = absent_.title_below != 0 && lie_within(expr.fields, title_field);
    const bool of_text = absent_.text_below != 0 && lie_within(expr.fields, title_and_body);
    if (!of_title && !of_text) return {};
    const std::optional<double> most = most_of(expr.function, (of_title ? absent_.title_below : absent_.text_below) - 1);
    if (!most) return {};
    return *most == 0 ? number(0) : Reach{.at_most = most};
  }

  const Absent& absent_;
};

void collect(const Expr& expr, Absent& asked) {
  if (expr.op == Op::attribute || expr.op == Op::is_missing) {
    asked.attributes |= bit_of(static_cast<ir::Attribute>(expr.attribute));
  }
  if (expr.op == Op::call) asked.traits = static_cast<Traits>(asked.traits | traits_of(expr.function));
  for (const Expr& argument : expr.args) collect(argument, asked);
}

// Takes away the bits of `needed` that can be spared one after the other; nothing is left
// if all together do not suffice.
template <typename Bits>
Bits fewest(Bits needed, const Expr& condition, Bits Absent::*lacks) {
  const auto suffices = [&](Bits bits) {
    Absent absent;
    absent.*lacks = bits;
    return only_false(condition, absent);
  };
  if (needed == 0 || !suffices(needed)) return 0;
  for (unsigned bit = 0; bit < 8 * sizeof(Bits); ++bit) {
    const auto fewer = static_cast<Bits>(needed & ~(Bits{1} << bit));
    if (fewer != needed && suffices(fewer)) needed = fewer;
  }
  return needed;
}

// All numbers that a condition names.
void collect(const Expr& expr, std::vector<double>& numbers) {
  if (expr.op == Op::constant) {
    if (const std::optional<double> value = of_constant(expr).number) numbers.push_back(*value);
  }
  for (const Expr& argument : expr.args) collect(argument, numbers);
}

// The most bytes that a text must have for the condition to be anything but false: one of
// the numbers that it names, or one more.
std::uint32_t most_needed(const Expr& condition, std::uint32_t Absent::*below) {
  std::vector<double> numbers;
  collect(condition, numbers);
  std::uint32_t most = 0;
  for (const double value : numbers) {
    if (!(value >= 0 && value < 1'000'000)) continue;
    for (const std::uint32_t bytes : {static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(value) + 1}) {
      Absent absent;
      absent.*below = bytes;
      if (bytes > most && only_false(condition, absent)) most = bytes;
    }
  }
  return most;
}

}  // namespace

bool only_false(const ir::Expr& condition, const Absent& absent) {
  return Reacher(absent).reach(condition).truths == no;
}

program::Needs needs_of(const ir::Expr& condition) {
  Absent asked;
  collect(condition, asked);
  return {.traits = fewest(asked.traits, condition, &Absent::traits),
          .attributes = fewest(asked.attributes, condition, &Absent::attributes),
          .title_bytes = most_needed(condition, &Absent::title_below),
          .text_bytes = most_needed(condition, &Absent::text_below)};
}

}  // namespace modcore::compiler
