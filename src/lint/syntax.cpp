#include "lint/syntax.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "check/expr_text.hpp"
#include "diag/catalogue.hpp"

namespace modcore::lint {

using ast::Expr;
using ast::ExprKind;
using ast::Quantity;

namespace {

constexpr std::size_t most_parts = 30;  // comparisons and the like in one condition

bool is_logic(const Expr& expr) {
  return expr.kind == ExprKind::logic_and || expr.kind == ExprKind::logic_or;
}

std::string in_ticks(const Expr& expr) { return "`" + checker::to_text(expr) + "`"; }

class ConditionWriting {
 public:
  ConditionWriting(const Input& input, std::string_view rule, diag::Sink& sink)
      : input_(input), rule_(rule), sink_(sink) {}

  void run(const Expr& condition) {
    const std::size_t parts = parts_of(condition);
    if (parts > most_parts) {
      report(diag::condition_too_complex, condition.span,
             {std::to_string(parts), std::to_string(most_parts)});
    }
    walk(condition);
  }

 private:
  diag::Report report(const diag::Entry& entry, source::Span where,
                      std::initializer_list<std::string_view> arguments) {
    auto report = sink_.report(entry, where, arguments);
    report.rule(rule_);
    return report;
  }

  [[nodiscard]] std::string_view source_of(source::Span span) const {
    return input_.sources.text(span.source).substr(span.begin, span.end - span.begin);
  }

  static std::size_t parts_of(const Expr& expr) {
    if (!is_logic(expr) && expr.kind != ExprKind::logic_not) return 1;
    std::size_t parts = 0;
    for (const Expr& part : expr.args) parts += parts_of(part);
    return parts;
  }

  void walk(const Expr& expr) {
    if (expr.kind == ExprKind::logic_or) mixed(expr);
    if (is_logic(expr)) {
      repeated(expr);
      in_set_too(expr);
    }
    if (expr.kind == ExprKind::logic_not) negated_twice(expr);
    if (expr.kind == ExprKind::quantifier) listed_twice(expr);
    for (const Expr& part : expr.args) walk(part);
  }

  // ---- `a or b and c`, which reads as `(a or b) and c`
  void mixed(const Expr& expr) {
    if (source_of(expr.operator_span) != "or") return;  // structured: nothing to misread
    std::vector<source::Span> parts;
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      const Expr& part = expr.args[i];
      source::Span line = part.span;
      line.begin = expr.args[i - 1].span.end;
      const bool misread = part.kind == ExprKind::logic_and && !source_of(part.span).starts_with('(') &&
                           source_of(line).find('\n') == std::string_view::npos;
      if (misread) parts.push_back(part.span);
    }
    if (parts.empty()) return;
    source::Span all = parts.front();
    all.end = parts.back().end;
    report(diag::ambiguous_and_or_mix, parts.front(), {}).fix(all, in_parentheses(parts));
  }

  // The text from the first to the last of these parts, each in parentheses.
  [[nodiscard]] std::string in_parentheses(const std::vector<source::Span>& parts) const {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      source::Span between = parts[i];
      between.end = parts[i].begin;
      between.begin = i == 0 ? between.end : parts[i - 1].end;
      text += fmt::format("{}({})", source_of(between), source_of(parts[i]));
    }
    return text;
  }

  // ---- `not not a`, `not a != b`
  void negated_twice(const Expr& expr) {
    const Expr& inner = expr.args.front();
    Expr plain = inner;
    if (inner.kind == ExprKind::logic_not) {
      plain = inner.args.front();
    } else if (inner.kind == ExprKind::not_in) {
      plain.kind = ExprKind::in;
    } else if (inner.kind == ExprKind::compare && inner.text == "!=") {
      plain.text = "==";
    } else if (inner.kind == ExprKind::quantifier && inner.quantity == Quantity::none) {
      plain.quantity = Quantity::any;
    } else {
      return;
    }
    const std::string text = checker::as_operand_of_and(plain);
    auto report = this->report(diag::double_negation, expr.span, {in_ticks(expr), "`" + text + "`"});
    // Quotes would have to be written as the YAML around them wants.
    if (text.find_first_of("\"'") == std::string::npos) report.fix(expr.span, text);
  }

  // ---- `a and b and a`
  void repeated(const Expr& expr) {
    std::map<std::string, const Expr*> seen;
    for (const Expr& part : expr.args) {
      const auto [first, added] = seen.try_emplace(checker::to_text(part), &part);
      if (added) continue;
      report(diag::redundant_operand, part.span, {in_ticks(part), "it stands here twice"})
          .label(first->second->span, "the first time");
    }
  }

  // ---- `$a or 2 of ($a, $b, $c)`
  void in_set_too(const Expr& expr) {
    for (const Expr& set : expr.args) {
      const bool counts = set.kind == ExprKind::quantifier && set.quantity == Quantity::at_least &&
                          set.at_least > 1;
      if (!counts) continue;
      for (const Expr& part : expr.args) {
        const bool alone = part.kind == ExprKind::pattern;
        const bool there = set.them || std::ranges::count(set.patterns, part.text, &ast::Name::value) > 0;
        if (!alone || !there) continue;
        report(diag::pattern_twice_in_condition, set.span,
               {"$" + part.text, in_ticks(set) + " counts it again"})
            .label(part.span, "here it stands alone");
      }
    }
  }

  void listed_twice(const Expr& expr) {
    std::map<std::string_view, source::Span> seen;
    for (const ast::Name& name : expr.patterns) {
      const auto [first, added] = seen.try_emplace(name.value, name.span);
      if (added) continue;
      report(diag::pattern_twice_in_condition, name.span, {"$" + name.value, "it counts once all the same"})
          .label(first->second, "the first time");
    }
  }

  const Input& input_;
  std::string_view rule_;
  diag::Sink& sink_;
};

}  // namespace

void lint_syntax(const Input& input, diag::Sink& sink) {
  for (const checker::EffectiveRule& rule : input.checked.written) {
    ConditionWriting writing(input, rule.rule->id.value, sink);
    if (rule.when != nullptr) writing.run(*rule.when);
    for (const Expr& exemption : rule.rule->unless) writing.run(exemption);
    if (rule.rule->escalate && rule.rule->escalate->condition) {
      writing.run(*rule.rule->escalate->condition);
    }
  }
  for (const ast::RuleFile& file : input.bundle.rule_files) {
    for (const ast::Macro& macro : file.macros) ConditionWriting(input, {}, sink).run(macro.body);
  }
}

}  // namespace modcore::lint
