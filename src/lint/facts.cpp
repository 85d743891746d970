#include "lint/facts.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "check/report.hpp"
#include "diag/catalogue.hpp"

namespace modcore::lint {

using ir::Attribute;
using ir::Expr;
using ir::Function;
using ir::Op;
using ir::TextField;
using ir::Type;

namespace {

bool can_be_missing(const Expr& expr) {
  const auto attribute = static_cast<Attribute>(expr.attribute);
  return expr.op == Op::attribute && attribute > Attribute::attachment_names &&
         attribute != Attribute::now;
}

// Parts of the body lie in it, links and tags in what holds them.
std::uint64_t sources_of(ir::FieldSet fields) {
  ir::FieldSet sources = fields;
  for (const TextField part : {TextField::own, TextField::quote, TextField::code}) {
    if (fields.has(part)) sources.add(TextField::body);
  }
  for (const TextField derived : {TextField::urls, TextField::mentions, TextField::hashtags}) {
    if (!fields.has(derived)) continue;
    sources.add(TextField::body);
    sources.add(TextField::title);
  }
  return sources.bits;
}

class FactLinter {
 public:
  FactLinter(const Input& input, ir::RuleId id, diag::Sink& sink)
      : rules_(input.checked.rules), rule_(rules_.rules[static_cast<std::size_t>(id)]),
        written_(input.checked.written[static_cast<std::size_t>(id)]), report_(sink, rule_.id) {}

  void run() {
    gather(rule_.when, false);
    negations(rule_.when);
    places(rule_.when);
    for (const Expr& exemption : rule_.unless) places(exemption);
    persons();
  }

 private:
  [[nodiscard]] bool written_here(const Expr& expr) const {
    const source::Span span = expr.span;
    const auto within = [&](source::Span outer) {
      return outer.source == span.source && outer.begin <= span.begin && span.end <= outer.end;
    };
    return within(rule_.span) || (written_.when != nullptr && within(written_.when->span));
  }

  // ---- Negated facts that the host may not give
  // Facts that the condition asks for elsewhere too, so that it says nothing
  // without them anyway, and those that it looks after itself.
  void gather(const Expr& expr, bool negated) {
    if (expr.op == Op::is_missing || (can_be_missing(expr) && !negated)) settled_.insert(expr.attribute);
    const bool turns = expr.op == Op::logic_not || expr.op == Op::not_equal;
    for (const Expr& part : expr.args) gather(part, negated || turns);
  }

  void negations(const Expr& expr) {
    if (expr.op == Op::logic_not || expr.op == Op::not_equal) {
      if (const Expr* fact = open_fact(expr)) {
        nullable(expr, *fact);
        return;
      }
    }
    for (const Expr& part : expr.args) negations(part);
  }

  [[nodiscard]] const Expr* open_fact(const Expr& expr) const {
    if (expr.op == Op::coalesce || expr.op == Op::is_missing) return nullptr;
    if (can_be_missing(expr)) return settled_.contains(expr.attribute) ? nullptr : &expr;
    for (const Expr& part : expr.args) {
      if (const Expr* found = open_fact(part)) return found;
    }
    return nullptr;
  }

  void nullable(const Expr& expr, const Expr& fact) {
    if (!written_here(expr)) return;
    const std::string name(attribute_name(rules_, fact.attribute));
    auto report = report_(diag::nullable_negation, expr.span, {"`" + expr.text + "`", name});
    const bool bare = fact.type == Type::boolean && fact.text == name && written_here(fact);
    if (bare) {
      report.help("if such posts are meant too, write `(" + name + " ?? false)`")
          .fix(fact.span, "(" + name + " ?? false)", false);
    } else {
      report.help("if such posts are meant too, add `or " + name + " is missing`");
    }
  }

  // ---- Places that never meet
  void places(const Expr& expr) {
    const bool pair = expr.op == Op::call && (expr.function == Function::near ||
                                              expr.function == Function::followed_by);
    if (pair && (sources_of(expr.uses[0].fields) & sources_of(expr.uses[1].fields)) == 0) {
      report_(diag::impossible_near, written_here(expr) ? expr.span : written_.rule->id.span,
             {name_of(expr.uses[0]), name_of(expr.uses[1]), to_string(rules_, expr.uses[0].fields),
              to_string(rules_, expr.uses[1].fields)});
    }
    for (const Expr& part : expr.args) places(part);
  }

  [[nodiscard]] const std::string& name_of(const ir::PatternUse& use) const {
    return rules_.patterns[static_cast<std::size_t>(use.pattern)].name;
  }

  // ---- Persons
  // Whether every fact is about the author, and there is one at all.
  static bool only_author(const Expr& expr, bool& any) {
    if (!expr.uses.empty() || (expr.op == Op::call && !expr.fields.empty())) return false;
    if (expr.op == Op::attribute || expr.op == Op::is_missing) {
      const auto attribute = static_cast<Attribute>(expr.attribute);
      const bool author = attribute >= Attribute::author_id && attribute <= Attribute::author_reports;
      any = any || author;
      return author || attribute == Attribute::now;
    }
    return std::ranges::all_of(expr.args, [&](const Expr& part) { return only_author(part, any); });
  }

  void persons() {
    bool any = false;
    const bool decides = rule_.verdict == ir::Verdict::hide || rule_.verdict == ir::Verdict::escalate;
    if (!decides || !only_author(rule_.when, any) || !any) return;
    report_(diag::author_only_rule, written_.when != nullptr ? written_.when->span : written_.rule->id.span,
           {to_string(*rule_.verdict)});
  }

  const ir::RuleSet& rules_;
  const ir::Rule& rule_;
  const checker::EffectiveRule& written_;
  checker::Reporter report_;
  std::set<std::uint16_t> settled_;
};

}  // namespace

void lint_facts(const Input& input, ir::RuleId rule, diag::Sink& sink) {
  FactLinter(input, rule, sink).run();
}

}  // namespace modcore::lint
