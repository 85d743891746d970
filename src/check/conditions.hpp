// Names and types of conditions: ast::Expr to ir::Expr.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "check/fields.hpp"
#include "check/groups.hpp"
#include "check/nodes.hpp"
#include "check/packs.hpp"
#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

// The names that a condition may use.
struct Scope {
  const FieldNames& fields;
  Pack& pack;
  const ir::RuleSet& rules;                // its patterns are there already
  const PatternNames* patterns = nullptr;  // of the rule; none in a macro
};

// Checks the conditions of one rule. Whatever is wrong is reported once; what
// depends on it gives nothing and says nothing.
class ConditionChecker {
 public:
  ConditionChecker(const Reporter& report, Scope scope) : report_(report), scope_(scope) {}

  [[nodiscard]] std::optional<ir::Expr> condition(const ast::Expr& expr);
  // An int or number, for scores.
  [[nodiscard]] std::optional<ir::Expr> quantity(const ast::Expr& expr);
  // `any of them`: what a rule without `when` means.
  [[nodiscard]] ir::Expr any_pattern(Span span) const;

  [[nodiscard]] const std::set<std::string>& used_patterns() const noexcept { return used_; }

 private:
  using Checked = std::optional<ir::Expr>;
  struct Pair {
    ir::Expr left, right;
  };

  [[nodiscard]] Checked within_limits(Checked expr);
  [[nodiscard]] Checked check(const ast::Expr& expr);
  [[nodiscard]] Checked boolean(const ast::Expr& expr);
  [[nodiscard]] std::optional<Pair> both(const ast::Expr& expr);

  // conditions.cpp: logic and patterns
  [[nodiscard]] Checked logic(const ast::Expr& expr, ir::Op op);
  [[nodiscard]] Checked logical_not(const ast::Expr& expr);
  [[nodiscard]] Checked pattern(const ast::Expr& expr);
  [[nodiscard]] Checked quantifier(const ast::Expr& expr);
  [[nodiscard]] Checked pattern_in(const ast::Expr& expr);
  [[nodiscard]] std::optional<ir::PatternUse> use(const ast::Name& name,
                                                  std::optional<ir::FieldSet> fields);
  [[nodiscard]] std::optional<std::vector<ir::PatternUse>> uses(const ast::Expr& expr);

  // operands.cpp: literals, names, macros, lists
  [[nodiscard]] Checked number(const ast::Expr& expr);
  [[nodiscard]] Checked duration(const ast::Expr& expr, double amount, std::int64_t unit);
  [[nodiscard]] Checked path(const ast::Expr& expr);
  [[nodiscard]] Checked attribute(const ast::Expr& expr, const Field& field);
  [[nodiscard]] Checked macro(const ast::Expr& expr, Macro& macro);
  [[nodiscard]] Checked list_by_name(const ast::Expr& expr, List& list);
  [[nodiscard]] Checked list(const ast::Expr& expr);
  void unknown_path(const ast::Expr& expr);
  void report_cycle(const ast::Expr& expr, const Macro& macro);

  // calls.cpp
  [[nodiscard]] Checked call(const ast::Expr& expr);
  [[nodiscard]] Checked pattern_call(const ast::Expr& expr, const struct FunctionInfo& function);
  [[nodiscard]] Checked distance_call(const ast::Expr& expr, const struct FunctionInfo& function);
  [[nodiscard]] Checked fields_call(const ast::Expr& expr, const struct FunctionInfo& function);
  [[nodiscard]] Checked two_fields_call(const ast::Expr& expr, const struct FunctionInfo& function);
  [[nodiscard]] Checked script_call(const ast::Expr& expr, const struct FunctionInfo& function);
  [[nodiscard]] Checked time_call(const ast::Expr& expr, const struct FunctionInfo& function);
  [[nodiscard]] std::optional<ir::FieldSet> fields(const ast::Expr& call, const ast::Expr& expr);
  [[nodiscard]] std::optional<std::int64_t> distance(const ast::Expr& expr);
  [[nodiscard]] std::optional<ir::PatternUse> pattern_argument(const ast::Expr& call,
                                                               std::size_t index);

  // relations.cpp
  [[nodiscard]] Checked compare(const ast::Expr& expr);
  [[nodiscard]] Checked texts(const ast::Expr& expr, ir::Op op);
  [[nodiscard]] Checked missing(const ast::Expr& expr);
  [[nodiscard]] bool same_type(const ast::Expr& expr, Pair& pair);
  [[nodiscard]] bool convert_texts(const ast::Expr& expr, Pair& pair);
  [[nodiscard]] bool convert_text(ir::Expr& text, const ast::Expr& written, const ir::Expr& other);
  [[nodiscard]] bool are_enum_values(const ir::Expr& text, const ast::Expr& written,
                                     const ir::Expr& other);
  [[nodiscard]] bool is_enum_value(const ast::Expr& string, const ir::Expr& other);
  void mismatch(const ast::Expr& expr, const Pair& pair);
  void warn_of_fraction(const Pair& pair);
  [[nodiscard]] bool units_fit(const ast::Expr& expr);

  // sets.cpp
  [[nodiscard]] Checked membership(const ast::Expr& expr);
  [[nodiscard]] Checked element_of(const ast::Expr& expr, Pair pair);
  [[nodiscard]] Checked one_of(const ast::Expr& expr, const ast::Expr& elements);
  [[nodiscard]] Checked sets(const ast::Expr& expr, ir::Op op);
  [[nodiscard]] bool to_domains(ir::Expr& set);

  // arithmetic.cpp
  [[nodiscard]] Checked arithmetic(const ast::Expr& expr);
  [[nodiscard]] Checked add(const ast::Expr& expr, Pair pair, ir::Op op);
  [[nodiscard]] Checked multiply(const ast::Expr& expr, Pair pair);
  [[nodiscard]] Checked divide(const ast::Expr& expr, Pair pair);
  [[nodiscard]] Checked negate(const ast::Expr& expr);
  [[nodiscard]] Checked coalesce(const ast::Expr& expr);
  [[nodiscard]] Checked calculate(const ast::Expr& expr, ir::Expr result);

  Reporter report_;
  Scope scope_;
  std::set<std::string> used_;
  std::size_t expanded_ = 0;  // nodes that came from macros
};

[[nodiscard]] Origin origin_of(const ast::Expr& expr);
// Text compared with letter case: `author.id`, `parent.author_id`.
[[nodiscard]] bool is_identifier(const ir::RuleSet& rules, const ir::Expr& expr);

}  // namespace modcore::checker
