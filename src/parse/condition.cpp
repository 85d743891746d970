// The structured form of conditions: `all:` and `any:` over lists.
#include <string>
#include <utility>

#include "diag/catalogue.hpp"
#include "parse/expression.hpp"
#include "parse/reading.hpp"

namespace modcore::parse {
namespace {

using ast::Expr;
using ast::ExprKind;

class Structure {
 public:
  Structure(ExpressionBudget& budget, Reporter& reporter) : budget_(budget), reporter_(reporter) {}

  std::optional<Expr> read(const YamlNode& node) {
    if (node.reported) return std::nullopt;
    if (node.is_scalar()) return parse_expression(node, budget_, reporter_);
    if (node.kind == YamlNode::Kind::map) return map(node);
    if (node.kind == YamlNode::Kind::null) {
      reporter_.report(diag::empty_value, node.span, {"the condition"});
      return std::nullopt;
    }
    reporter_
        .report(diag::wrong_node_kind, node.span,
                {"a condition", "an expression, or `all:` or `any:` with a list", "a list"})
        .help("write `all:` above the list if each must be true, `any:` if one is enough");
    return std::nullopt;
  }

 private:
  std::optional<Expr> map(const YamlNode& node) {
    if (report_text_as_map(node, "a condition", reporter_)) return std::nullopt;
    if (++depth_ > most_expression_depth) {
      reporter_.report(diag::limit_exceeded, node.span,
                       {"the nesting of this condition", std::to_string(most_expression_depth)});
      return std::nullopt;
    }
    Operands operands;
    for (const YamlEntry& entry : node.entries) operands = list(entry, std::move(operands));
    --depth_;
    if (node.entries.size() > 1) {
      reporter_.report(diag::keys_do_not_fit, node.entries[1].key.span,
                       {"`all` and `any` stand alone", "nest one in the list of the other"});
      return std::nullopt;
    }
    if (operands.failed || node.entries.empty()) return std::nullopt;
    return joined(node, std::move(operands));
  }

  struct Operands {
    std::vector<Expr> exprs;
    bool failed = false;
  };

  Operands list(const YamlEntry& entry, Operands operands) {
    const std::string& key = entry.key.text;
    if (key != "all" && key != "any") {
      report_unknown_key(entry.key, "a condition", {"all", "any"}, reporter_);
      operands.failed = true;
      return operands;
    }
    if (entry.value.kind != YamlNode::Kind::sequence) {
      report_kind(entry.value, "`" + key + "`", "a list of conditions", reporter_);
      operands.failed = true;
      return operands;
    }
    if (entry.value.items.empty()) {
      reporter_.report(diag::empty_value, entry.value.span, {"`" + key + "`"});
      operands.failed = true;
    }
    for (const YamlNode& item : entry.value.items) {
      auto expr = read(item);
      if (expr)
        operands.exprs.push_back(std::move(*expr));
      else
        operands.failed = true;
    }
    return operands;
  }

  // One condition alone is that condition, as it is in parentheses.
  std::optional<Expr> joined(const YamlNode& node, Operands operands) {
    if (operands.exprs.size() == 1) return std::move(operands.exprs.front());
    Expr expr;
    const YamlNode& key = node.entries.front().key;
    expr.kind = key.text == "all" ? ExprKind::logic_and : ExprKind::logic_or;
    expr.span = node.span;
    expr.operator_span = key.span;
    expr.args = std::move(operands.exprs);
    if (budget_.nodes > 0) --budget_.nodes;
    return expr;
  }

  ExpressionBudget& budget_;
  Reporter& reporter_;
  std::size_t depth_ = 0;
};

}  // namespace

std::optional<Expr> parse_condition(const YamlNode& node, ExpressionBudget& budget,
                                    Reporter& reporter) {
  return Structure(budget, reporter).read(node);
}

}  // namespace modcore::parse
