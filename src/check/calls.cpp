// Calls of functions.
#include <charconv>

#include "check/conditions.hpp"
#include "check/expr_text.hpp"
#include "check/functions.hpp"
#include "diag/catalogue.hpp"
#include "text/scripts.hpp"

namespace modcore::checker {

using ast::ExprKind;
using ir::Op;
using ir::Type;

namespace {

constexpr std::int64_t max_distance = 10'000;

std::string kind_of(const ast::Expr& expr) {
  return expr.kind == ExprKind::pattern ? "a pattern" : "`" + to_text(expr) + "`";
}

std::size_t arity(Parameters parameters) {
  switch (parameters) {
    case Parameters::nothing:
      return 0;
    case Parameters::two_patterns:
      return 3;
    case Parameters::two_fields:
    case Parameters::fields_and_script:
      return 2;
    default:
      return 1;
  }
}

std::string arguments(std::size_t count) {
  return count == 0   ? "no argument"
         : count == 1 ? "one argument"
                      : std::to_string(count) + " arguments";
}

}  // namespace

ConditionChecker::Checked ConditionChecker::call(const ast::Expr& expr) {
  const ast::Name name{expr.text, expr.kind == ExprKind::call ? expr.operator_span : expr.span};
  const FunctionInfo* const function = find_function(expr.text);
  if (function == nullptr) {
    std::vector<std::string_view> known;
    for (const FunctionInfo& one : functions()) known.push_back(one.name);
    report_unknown(report_, "function", name, known);
    return std::nullopt;
  }
  const std::size_t expected = arity(function->parameters);
  if (expr.args.size() != expected) {
    report_(diag::wrong_arity, name.span,
            {expr.text, arguments(expected), std::to_string(expr.args.size())})
        .help(std::string(function->signature));
    return std::nullopt;
  }
  switch (function->parameters) {
    case Parameters::pattern:
      return pattern_call(expr, *function);
    case Parameters::two_patterns:
      return distance_call(expr, *function);
    case Parameters::fields:
      return fields_call(expr, *function);
    case Parameters::two_fields:
      return two_fields_call(expr, *function);
    case Parameters::fields_and_script:
      return script_call(expr, *function);
    case Parameters::time:
      return time_call(expr, *function);
    case Parameters::nothing:
      break;
  }
  ir::Expr result = node(Op::call, function->type, {}, origin_of(expr));
  result.function = function->function;
  return result;
}

std::optional<ir::PatternUse> ConditionChecker::pattern_argument(const ast::Expr& call,
                                                                 std::size_t index) {
  const ast::Expr& argument = call.args[index];
  if (argument.kind == ExprKind::pattern) return use({argument.text, argument.span}, {});
  report_(diag::wrong_argument_kind, argument.span,
          {std::to_string(index + 1), call.text, "a pattern, `$name`", kind_of(argument)});
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::pattern_call(const ast::Expr& expr,
                                                         const FunctionInfo& function) {
  const auto one = pattern_argument(expr, 0);
  if (!one) return std::nullopt;
  ir::Expr result = node(Op::call, function.type, {}, origin_of(expr));
  result.function = function.function;
  result.uses = {*one};
  return result;
}

ConditionChecker::Checked ConditionChecker::distance_call(const ast::Expr& expr,
                                                          const FunctionInfo& function) {
  const auto first = pattern_argument(expr, 0);
  const auto second = pattern_argument(expr, 1);
  const auto words = distance(expr.args[2]);
  if (!first || !second || !words) return std::nullopt;
  ir::Expr result = node(Op::call, function.type, {}, origin_of(expr));
  result.function = function.function;
  result.uses = {*first, *second};
  // `near` means the same either way round.
  if (function.function == ir::Function::near && *second < *first) {
    std::swap(result.uses[0], result.uses[1]);
  }
  result.args.push_back(constant(Type::integer, *words, origin_of(expr.args[2])));
  return result;
}

std::optional<std::int64_t> ConditionChecker::distance(const ast::Expr& expr) {
  if (expr.kind != ExprKind::number || (expr.unit != "words" && expr.unit != "word")) {
    report_(diag::bad_unit, expr.span, {"a distance is a number of words"})
        .help("write it so: `6 words`");
    return std::nullopt;
  }
  std::int64_t words = 0;
  const char* const end = expr.text.data() + expr.text.size();
  const auto read = std::from_chars(expr.text.data(), end, words);
  if (read.ec == std::errc{} && read.ptr == end && words <= max_distance) return words;
  report_(diag::literal_out_of_range, expr.span,
          {to_text(expr), "a whole number, at most " + std::to_string(max_distance)});
  return std::nullopt;
}

// `title`, or `title + body`.
std::optional<ir::FieldSet> ConditionChecker::fields(const ast::Expr& call, const ast::Expr& expr) {
  if (expr.kind == ExprKind::path) {
    return scope_.fields.text_fields(report_, {{expr.text, expr.span}});
  }
  if (expr.kind == ExprKind::arithmetic && expr.text == "+") {
    auto left = fields(call, expr.args[0]);
    const auto right = fields(call, expr.args[1]);
    if (!left || !right) return std::nullopt;
    left->add(*right);
    return left;
  }
  const bool second = call.args.size() > 1 && expr.span.begin >= call.args[1].span.begin;
  report_(diag::wrong_argument_kind, expr.span,
          {second ? "2" : "1", call.text, "a text field", kind_of(expr)});
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::fields_call(const ast::Expr& expr,
                                                        const FunctionInfo& function) {
  const auto set = fields(expr, expr.args[0]);
  if (!set) return std::nullopt;
  ir::Expr result = node(Op::call, function.type, {}, origin_of(expr));
  result.function = function.function;
  result.fields = *set;
  return result;
}

// The same either way round.
ConditionChecker::Checked ConditionChecker::two_fields_call(const ast::Expr& expr,
                                                            const FunctionInfo& function) {
  auto one = fields(expr, expr.args[0]);
  auto other = fields(expr, expr.args[1]);
  if (!one || !other) return std::nullopt;
  if (*other < *one) std::swap(*one, *other);
  ir::Expr result = node(Op::call, function.type, {}, origin_of(expr));
  result.function = function.function;
  result.fields = *one;
  result.other_fields = *other;
  return result;
}

ConditionChecker::Checked ConditionChecker::script_call(const ast::Expr& expr,
                                                        const FunctionInfo& function) {
  Checked call = fields_call(expr, function);
  const ast::Expr& name = expr.args[1];
  if (name.kind != ExprKind::string) {
    report_(diag::wrong_argument_kind, name.span,
            {"2", expr.text, "the name of a script", kind_of(name)})
        .help("as in `" + std::string(function.signature.substr(0, function.signature.find(" ->"))) + "`");
    return std::nullopt;
  }
  const auto script = text::script_named(name.text);
  if (!script) {
    const std::string_view near = diag::nearest(name.text, text::script_names());
    report_(diag::unknown_name, name.span, {"script", name.text})
        .help(near.empty() ? "scripts are named as Unicode names them: latin, cyrillic, han"
                           : "did you mean `" + std::string(near) + "`?");
    return std::nullopt;
  }
  if (call) {
    call->args.push_back(
        constant(Type::text, std::string(text::script_name(*script)), origin_of(name)));
  }
  return call;
}

ConditionChecker::Checked ConditionChecker::time_call(const ast::Expr& expr,
                                                      const FunctionInfo& function) {
  Checked time = check(expr.args[0]);
  if (!time) return std::nullopt;
  if (time->type != Type::time) {
    report_(diag::wrong_argument_kind, expr.args[0].span,
            {"1", expr.text, "a time", std::string(to_string(time->type))})
        .help("as in `" + expr.text + "(now)`");
    return std::nullopt;
  }
  std::vector<ir::Expr> args;
  args.push_back(std::move(*time));
  ir::Expr result = node(Op::call, function.type, std::move(args), origin_of(expr));
  result.function = function.function;
  return result;
}

}  // namespace modcore::checker
