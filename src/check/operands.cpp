// Literals, fields, macros and lists.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "check/conditions.hpp"
#include "check/expr_text.hpp"
#include "check/functions.hpp"
#include "check/time.hpp"
#include "diag/catalogue.hpp"
#include "support/sort_unique.hpp"

namespace modcore::checker {

using ir::Type;

namespace {

constexpr std::size_t max_expansion = 2000;
constexpr double max_duration = 1000.0 * 366 * 86400;

// Ways to write a unit that people try, and the right one.
std::string_view unit_hint(std::string_view unit) {
  if (unit.starts_with("month")) return "a month has no fixed length; write days";
  if (unit.starts_with("year") || unit == "y") return "a year has no fixed length; write days";
  if (unit == "m" || unit.starts_with("minute") || unit == "mins") return "write `min`";
  if (unit.starts_with("sec")) return "write `s`";
  if (unit == "d") return "write `days`";
  if (unit == "w") return "write `weeks`";
  return {};
}

bool counts_text(std::string_view unit) {
  return unit == "word" || unit == "words" || unit == "char" || unit == "chars";
}

std::optional<Type> set_type(ast::ItemKind kind) {
  switch (kind) {
    case ast::ItemKind::words:
    case ast::ItemKind::phrases:
    case ast::ItemKind::substrings:
      return Type::text_set;
    case ast::ItemKind::domains:
      return Type::domain_set;
    default:
      return std::nullopt;
  }
}

std::vector<std::string> sorted(std::vector<std::string> texts) {
  sort_unique(texts);
  return texts;
}

}  // namespace

ConditionChecker::Checked ConditionChecker::number(const ast::Expr& expr) {
  const char* const end = expr.text.data() + expr.text.size();
  double amount = 0;
  const auto read = std::from_chars(expr.text.data(), end, amount);
  if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(amount)) {
    report_(diag::literal_out_of_range, expr.span, {expr.text, "it is too large"});
    return std::nullopt;
  }
  if (expr.unit == "%") return constant(Type::number, amount / 100, origin_of(expr));
  if (const auto seconds = seconds_in(expr.unit)) return duration(expr, amount, *seconds);
  if (!expr.unit.empty() && !counts_text(expr.unit)) {
    auto report = report_(diag::bad_unit, expr.span, {"`" + expr.unit + "` is not a unit"});
    if (!unit_hint(expr.unit).empty()) report.help(std::string(unit_hint(expr.unit)));
    return std::nullopt;
  }
  if (expr.text.find_first_of(".eE") != std::string::npos) {
    return constant(Type::number, amount, origin_of(expr));
  }
  std::int64_t whole = 0;
  if (std::from_chars(expr.text.data(), end, whole).ec != std::errc{}) {
    report_(diag::literal_out_of_range, expr.span, {expr.text, "it does not fit 64 bits"});
    return std::nullopt;
  }
  return constant(Type::integer, whole, origin_of(expr));
}

ConditionChecker::Checked ConditionChecker::duration(const ast::Expr& expr, double amount,
                                                     std::int64_t unit) {
  const double seconds = amount * static_cast<double>(unit);
  if (seconds <= max_duration) {
    return constant(Type::duration, std::int64_t{std::llround(seconds)}, origin_of(expr));
  }
  report_(diag::literal_out_of_range, expr.span, {to_text(expr), "at most a thousand years"});
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::path(const ast::Expr& expr) {
  if (const auto field = scope_.fields.find(expr.text)) return attribute(expr, *field);
  if (find_function(expr.text) != nullptr && expr.text == "quoted_ratio") return call(expr);
  if (const auto macro_ = scope_.pack.macros.find(expr.text); macro_ != scope_.pack.macros.end()) {
    return macro(expr, macro_->second);
  }
  if (const auto list_ = scope_.pack.lists.find(expr.text); list_ != scope_.pack.lists.end()) {
    return list_by_name(expr, list_->second);
  }
  unknown_path(expr);
  return std::nullopt;
}

void ConditionChecker::unknown_path(const ast::Expr& expr) {
  const ast::Name name{expr.text, expr.span};
  if (find_function(expr.text) != nullptr) {
    report_(diag::unknown_name, expr.span, {"field", expr.text})
        .help("it is a function: " + std::string(find_function(expr.text)->signature));
    return;
  }
  std::vector<std::string_view> known = scope_.fields.all();
  for (const auto& entry : scope_.pack.macros) known.push_back(entry.first);
  for (const auto& entry : scope_.pack.lists) known.push_back(entry.first);
  if (expr.text.find('.') == std::string::npos && diag::nearest(expr.text, known).empty()) {
    report_(diag::unknown_name, expr.span, {"field, macro or list", expr.text})
        .help("a text stands in quotes: \"" + expr.text + "\"");
    return;
  }
  report_unknown(report_, "field, macro or list", name, known);
}

ConditionChecker::Checked ConditionChecker::attribute(const ast::Expr& expr, const Field& field) {
  if (field.attribute) {
    ir::Expr result = node(ir::Op::attribute, field.type, {}, origin_of(expr));
    result.attribute = *field.attribute;
    return result;
  }
  if (expr.text == "author.created_at") {
    report_(diag::unknown_name, expr.span, {"field to compare", expr.text})
        .help("write `author.account_age`, which is `now` minus this");
    return std::nullopt;
  }
  report_(diag::type_mismatch, expr.span,
          {"`" + expr.text + "` is a field to search in, it has no value to compare"})
      .help("use a pattern, as in `$p in " + expr.text + "`, or a function, as in `length(" +
            expr.text + ")`");
  return std::nullopt;
}

ConditionChecker::Checked ConditionChecker::macro(const ast::Expr& expr, Macro& macro) {
  const ast::Name& name = macro.declaration->name;
  macro.used = true;
  if (macro.state == Macro::State::being_checked) {
    report_cycle(expr, macro);
    return std::nullopt;
  }
  if (macro.state == Macro::State::fresh) {
    macro.state = Macro::State::being_checked;
    scope_.pack.being_checked.emplace_back(&macro, expr.span);
    ConditionChecker inner(Reporter(report_.sink()),
                           {scope_.fields, scope_.pack, scope_.rules, nullptr});
    macro.meaning = inner.within_limits(inner.check(*macro.body));
    macro.state = Macro::State::checked;
    scope_.pack.being_checked.pop_back();
  }
  if (!macro.meaning) return std::nullopt;
  expanded_ += size_of(*macro.meaning);
  if (expanded_ > max_expansion) {
    if (expanded_ - size_of(*macro.meaning) <= max_expansion) {
      report_(diag::limit_exceeded, expr.span,
              {"the condition with its macros", std::to_string(max_expansion) + " nodes"});
    }
    return std::nullopt;
  }
  ir::Expr meaning = *macro.meaning;
  meaning.text = name.value + ": " + meaning.text;
  return meaning;
}

// At the use that closes the cycle, with a label at each of the others.
void ConditionChecker::report_cycle(const ast::Expr& expr, const Macro& macro) {
  const auto& path = scope_.pack.being_checked;
  auto report = report_(diag::macro_recursive, expr.span,
                        {macro.declaration->name.value, "its meaning would never end"});
  auto step = std::ranges::find(path, &macro, &std::pair<const Macro*, Span>::first);
  for (; step != path.end() && step + 1 != path.end(); ++step) {
    report.label((step + 1)->second, "`" + step->first->declaration->name.value + "` uses `" +
                                         (step + 1)->first->declaration->name.value + "` here");
  }
}

ConditionChecker::Checked ConditionChecker::list_by_name(const ast::Expr& expr, List& list) {
  list.used = true;
  const auto type = set_type(list.kind);
  if (!type) {
    report_(diag::type_mismatch, expr.span,
            {"the list `" + expr.text + "` holds " + std::string(to_string(list.kind)) +
             ", which have no values to compare"});
    return std::nullopt;
  }
  std::vector<std::string> items;
  for (const ast::Name& item : list.items) items.push_back(item.value);
  ir::Expr set = constant(Type::text_set, sorted(std::move(items)), origin_of(expr));
  if (*type == Type::domain_set && !to_domains(set)) return std::nullopt;
  return set;
}

// A list of texts. Of other values only `in` can make something.
ConditionChecker::Checked ConditionChecker::list(const ast::Expr& expr) {
  std::vector<std::string> items;
  for (const ast::Expr& element : expr.args) {
    if (element.kind != ast::ExprKind::string) {
      report_(diag::type_mismatch, element.span,
              {"`" + to_text(element) + "` is not text, but stands in a set of texts"})
          .help("a set holds texts in quotes");
      return std::nullopt;
    }
    items.push_back(element.text);
  }
  return constant(Type::text_set, sorted(std::move(items)), origin_of(expr));
}

}  // namespace modcore::checker
