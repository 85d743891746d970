#include "lint/conditions.hpp"

#include <algorithm>
#include <optional>

#include "check/nodes.hpp"
#include "check/report.hpp"
#include "diag/catalogue.hpp"
#include "lint/solver.hpp"

namespace modcore::lint {

using ir::Expr;
using ir::Op;

namespace {

bool holds(source::Span outer, source::Span inner) {
  return outer.source == inner.source && outer.begin <= inner.begin && inner.end <= outer.end;
}

std::string in_ticks(const Expr& expr) { return "`" + expr.text + "`"; }

class ConditionLinter {
 public:
  ConditionLinter(const Input& input, ir::RuleId id, diag::Sink& sink)
      : input_(input), rule_(input.checked.rules.rules[static_cast<std::size_t>(id)]),
        written_(input.checked.written[static_cast<std::size_t>(id)]), report_(sink, rule_.id),
        statements_(input.checked.rules, apart_), when_(statements_.of(rule_.when)) {}

  bool run() {
    const bool varies = condition();
    if (varies) {
      exemptions();
      other_language();
      vacuous_subsets();
    }
    parts(rule_.when);
    for (const Expr& exemption : rule_.unless) parts(exemption);
    return varies;
  }

 private:
  [[nodiscard]] source::Span place() const {
    return written_.when != nullptr ? written_.when->span : written_.rule->id.span;
  }

  // ---- The whole condition
  // Whether it is worth looking further.
  bool condition() {
    if (impossible(statements_, is_true(when_))) {
      never();
      return false;
    }
    if (!impossible(statements_, negation(is_true(when_)))) return true;
    report_(diag::always_true, place(), {"this condition", "the rule fires on every post"});
    return false;
  }

  void never() {
    const auto pair = contradiction(rule_.when);
    if (!pair) {
      report_(diag::never_true, place(), {"this condition", "the rule never fires"});
      return;
    }
    const auto& [one, other] = *pair;
    if (!written_here(*one) || !written_here(*other)) {
      report_(diag::never_true, place(),
             {"this condition", "the rule never fires: " + in_ticks(*one) + " contradicts " +
                                    in_ticks(*other)});
      return;
    }
    const bool ordered = one->span.begin < other->span.begin;
    report_(diag::never_true, (ordered ? other : one)->span,
           {"this condition", "the rule never fires: these two parts contradict each other"})
        .label((ordered ? one : other)->span, "this contradicts it");
  }

  // Two operands of an `and` that cannot both be true; one alone is both of them.
  std::optional<std::pair<const Expr*, const Expr*>> contradiction(const Expr& expr) {
    if (expr.op != Op::logic_and) return std::nullopt;
    std::vector<const Expr*> parts;
    for (const Expr& part : expr.args) parts.push_back(&part);
    std::ranges::sort(parts, {}, [](const Expr* part) { return part->span.begin; });
    for (std::size_t j = 0; j < parts.size(); ++j) {
      for (std::size_t i = 0; i < j; ++i) {
        if (impossible(statements_, is_true(both(of(*parts[i]), of(*parts[j]))))) {
          return std::pair(parts[i], parts[j]);
        }
      }
    }
    return std::nullopt;
  }

  Formula of(const Expr& expr) { return statements_.of(expr); }

  [[nodiscard]] bool written_here(const Expr& expr) const {
    return holds(rule_.span, expr.span) ||
           (written_.when != nullptr && holds(written_.when->span, expr.span));
  }

  // ---- Exemptions
  void exemptions() {
    for (const Expr& exemption : rule_.unless) {
      const Formula spares = is_true(of(exemption));
      if (impossible(statements_, both(is_true(when_), spares))) {
        idle(exemption, spares);
      } else if (implies(statements_, when_, of(exemption))) {
        report_(diag::exemption_covers_rule, exemption.span, {in_ticks(exemption)})
            .label(place(), "whenever this is true, the exemption is true as well");
      }
    }
  }

  void idle(const Expr& exemption, const Formula& spares) {
    auto report = report_(diag::exemption_never_true, exemption.span, {in_ticks(exemption)});
    if (impossible(statements_, spares)) {
      report.note("it is never true, whatever the post");
      return;
    }
    const Expr* reason = &rule_.when;
    if (rule_.when.op == Op::logic_and) {
      for (const Expr& part : rule_.when.args) {
        if (impossible(statements_, both(is_true(of(part)), spares))) reason = &part;
      }
    }
    report.label(written_here(*reason) ? reason->span : place(),
                 "the rule asks for " + in_ticks(*reason));
  }

  // ---- Languages
  // A condition that asks for a language for which the rule is not considered.
  void other_language() {
    if (rule_.languages.empty()) return;
    std::vector<const Expr*> asked;
    languages(rule_.when, asked);
    std::vector<std::string> others;
    for (const Expr* one : asked) {
      for (const std::string& word : words_of(one->args[1])) {
        if (!covered(word)) others.push_back(word);
      }
    }
    if (others.empty()) return;
    const Formula here = negation(is_true(statements_.language_is(others)));
    if (!impossible(statements_, both(is_true(when_), here))) return;
    const Expr& first = *asked.front();
    report_(diag::language_conflict, written_here(first) ? first.span : place(),
           {in_ticks(first), joined(rule_.languages)})
        .label(written_.rule->lang.empty() ? written_.rule->id.span : written_.rule->lang.front().span,
               "the rule is considered for this only");
  }

  static std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "`" : ", `") + word + "`";
    return text;
  }

  static std::vector<std::string> words_of(const Expr& constant) {
    if (const auto* one = std::get_if<std::string>(&constant.constant)) return {*one};
    const auto* many = std::get_if<std::vector<std::string>>(&constant.constant);
    return many != nullptr ? *many : std::vector<std::string>{};
  }

  void languages(const Expr& expr, std::vector<const Expr*>& found) const {
    const bool compares = expr.op == Op::equal || expr.op == Op::in_set;
    if (compares && expr.args[0].op == Op::attribute && checker::is_constant(expr.args[1]) &&
        expr.args[0].attribute == static_cast<std::uint16_t>(ir::Attribute::message_lang)) {
      found.push_back(&expr);
    }
    for (const Expr& part : expr.args) languages(part, found);
  }

  [[nodiscard]] bool covered(std::string word) const {
    std::ranges::transform(word, word.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return std::ranges::any_of(rule_.languages, [&](const std::string& tag) {
      return word.starts_with(tag) && (word.size() == tag.size() || word[tag.size()] == '-');
    });
  }

  // ---- Sets that may be empty
  void vacuous_subsets() {
    subsets(rule_.when, when_);
    for (const Expr& exemption : rule_.unless) subsets(exemption, both(is_true(when_), of(exemption)));
  }

  // `hosts(urls) subset of ours` is true of a post without links.
  void subsets(const Expr& expr, const Formula& reached) {
    const bool links = expr.op == Op::subset_of && expr.args[0].op == Op::call &&
                       checker::is_constant(expr.args[1]);
    if (links && written_here(expr)) {
      const Formula empty = both(statements_.nothing_in(expr.args[0]), of(expr));
      if (!impossible(statements_, both(is_true(reached), is_true(empty)))) {
        vacuous(expr);
      }
    }
    if (expr.op == Op::logic_not) return;
    for (const Expr& part : expr.args) subsets(part, reached);
  }

  void vacuous(const Expr& expr) {
    auto report = report_(diag::vacuous_subset, expr.span, {in_ticks(expr)});
    const std::string_view source = input_.sources.text(expr.span.source);
    const std::string_view text = source.substr(expr.span.begin, expr.span.end - expr.span.begin);
    report.fix(expr.span, "(links(text) >= 1 and " + std::string(text) + ")", false);
  }

  // ---- Parts
  // Operands that never matter: always or never true, or told by the others.
  void parts(const Expr& expr) {
    const bool logic = expr.op == Op::logic_and || expr.op == Op::logic_or;
    if (logic && expr.args.size() <= most_operands) operands(expr);
    if (logic || expr.op == Op::logic_not) {
      for (const Expr& part : expr.args) parts(part);
    }
  }

  void operands(const Expr& expr) {
    if (settled(expr)) return;
    for (std::size_t index = 0; index < expr.args.size(); ++index) {
      const Expr& part = expr.args[index];
      if (!written_here(part)) continue;
      const Formula truth = is_true(of(part));
      if (impossible(statements_, truth)) {
        report_(diag::constant_subexpression, part.span, {in_ticks(part), "never"});
      } else if (impossible(statements_, negation(truth))) {
        report_(diag::constant_subexpression, part.span, {in_ticks(part), "always"});
      } else if (const Expr* other = stronger(expr, index)) {
        redundant(expr, part, *other);
      }
    }
  }

  [[nodiscard]] bool settled(const Expr& expr) {
    const Formula truth = is_true(of(expr));
    return impossible(statements_, truth) || impossible(statements_, negation(truth));
  }

  // Another operand that tells what this one does. Of two that say the same, the
  // first stays.
  const Expr* stronger(const Expr& expr, std::size_t index) {
    const Formula own = of(expr.args[index]);
    for (std::size_t other = 0; other < expr.args.size(); ++other) {
      if (other == index) continue;
      const Formula against = of(expr.args[other]);
      const bool conjunction = expr.op == Op::logic_and;
      const bool told = conjunction ? implies(statements_, against, own)
                                    : implies(statements_, own, against);
      if (!told) continue;
      const bool same = conjunction ? implies(statements_, own, against)
                                    : implies(statements_, against, own);
      if (!same || expr.args[other].span.begin < expr.args[index].span.begin) return &expr.args[other];
    }
    return nullptr;
  }

  void redundant(const Expr& expr, const Expr& part, const Expr& other) {
    const bool conjunction = expr.op == Op::logic_and;
    auto report = report_(
        diag::redundant_operand, part.span,
        {in_ticks(part), conjunction ? "it is true whenever " + in_ticks(other) + " is"
                                     : "whenever it is true, so is " + in_ticks(other)});
    if (written_here(other)) report.label(other.span, conjunction ? "this asks for more" : "this covers it");
  }

  static constexpr std::size_t most_operands = 40;

  const Input& input_;
  const ir::Rule& rule_;
  const checker::EffectiveRule& written_;
  checker::Reporter report_;
  PatternOrder apart_;
  Statements statements_;
  Formula when_;
};

}  // namespace

bool lint_conditions(const Input& input, ir::RuleId rule, diag::Sink& sink) {
  return ConditionLinter(input, rule, sink).run();
}

}  // namespace modcore::lint
