// `in`, `overlaps` and `subset of`.
#include <algorithm>

#include "check/conditions.hpp"
#include "diag/catalogue.hpp"
#include "support/sort_unique.hpp"
#include "text/hosts.hpp"

namespace modcore::checker {

using ast::ExprKind;
using ir::Op;
using ir::Type;

namespace {

bool is_set(Type type) {
  return type == Type::text_set || type == Type::domain_set;
}

}  // namespace

bool ConditionChecker::to_domains(ir::Expr& set) {
  std::vector<std::string> hosts;
  for (const std::string& item : std::get<std::vector<std::string>>(set.constant)) {
    const auto host = text::normalise_host(item);
    if (!host) {
      const bool path = item.find('/') != std::string::npos;
      report_(diag::domain_invalid, set.span,
              {item, path ? "hosts have no path" : "it is no host name",
               "write a domain such as example.com"});
      return false;
    }
    hosts.push_back(*host);
  }
  sort_unique(hosts);
  set.constant = std::move(hosts);
  set.type = Type::domain_set;
  return true;
}

// `x in [1, 2]` of what no set can hold is `x == 1 or x == 2`.
ConditionChecker::Checked ConditionChecker::one_of(const ast::Expr& expr,
                                                   const ast::Expr& elements) {
  std::vector<ir::Expr> choices;
  for (const ast::Expr& element : elements.args) {
    ast::Expr equal = expr;
    equal.kind = ExprKind::compare;
    equal.text = "==";
    equal.args[1] = element;
    Checked choice = compare(equal);
    if (!choice) return std::nullopt;
    choices.push_back(std::move(*choice));
  }
  return combine(scope_.rules, Op::logic_or, std::move(choices), origin_of(expr));
}

ConditionChecker::Checked ConditionChecker::membership(const ast::Expr& expr) {
  if (expr.kind == ExprKind::not_in) {
    ast::Expr in = expr;
    in.kind = ExprKind::in;
    Checked result = membership(in);
    if (!result) return result;
    return negation(std::move(*result), origin_of(expr));
  }
  const ast::Expr& right = expr.args[1];
  const bool other_values =
      right.kind == ExprKind::list && !right.args.empty() && right.args[0].kind != ExprKind::string;
  if (other_values) return one_of(expr, right);
  auto pair = both(expr);
  if (!pair) return std::nullopt;
  if (!is_set(pair->right.type)) {
    report_(diag::type_mismatch, right.span,
            {"`" + pair->right.text + "` is " + std::string(to_string(pair->right.type)) +
             ", `in` needs a set"})
        .help(pair->right.type == Type::text ? "write `a contains b` for text in a text"
                                             : "write a list in square brackets");
    return std::nullopt;
  }
  return element_of(expr, std::move(*pair));
}

ConditionChecker::Checked ConditionChecker::element_of(const ast::Expr& expr, Pair pair) {
  if (!convert_texts(expr, pair)) return std::nullopt;
  const Type element = pair.left.type;
  const bool texts =
      pair.right.type == Type::text_set && (element == Type::text || element == Type::enumeration);
  const bool domains = pair.right.type == Type::domain_set && element == Type::domain;
  if (!texts && !domains) {
    mismatch(expr, pair);
    return std::nullopt;
  }
  Op op = Op::in_set;
  // A domain that a rule writes down is what hosts lie under.
  if (domains && is_constant(pair.left) && !is_constant(pair.right)) {
    pair.left.constant = std::vector{std::get<std::string>(pair.left.constant)};
    pair.left.type = Type::domain_set;
    std::swap(pair.left, pair.right);
    op = Op::overlaps;
  }
  const bool exact = is_identifier(scope_.rules, pair.left);
  ir::Expr result = node(op, Type::boolean, operands(std::move(pair.left), std::move(pair.right)),
                         origin_of(expr));
  result.ignore_case = !exact;
  return result;
}

ConditionChecker::Checked ConditionChecker::sets(const ast::Expr& expr, Op op) {
  auto pair = both(expr);
  if (!pair) return std::nullopt;
  if (!convert_texts(expr, *pair)) return std::nullopt;
  if (!is_set(pair->left.type) || pair->left.type != pair->right.type) {
    mismatch(expr, *pair);
    return std::nullopt;
  }
  const bool by_text = pair->left.type == Type::text_set;
  const bool swap = op == Op::overlaps && !is_constant(pair->right) &&
                    (is_constant(pair->left) ||
                     (by_text && dump(scope_.rules, pair->right) < dump(scope_.rules, pair->left)));
  if (swap) std::swap(pair->left, pair->right);
  return node(op, Type::boolean, operands(std::move(pair->left), std::move(pair->right)),
              origin_of(expr));
}

}  // namespace modcore::checker
