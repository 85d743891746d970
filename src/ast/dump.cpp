// One line a node: what it is, what it says, and `@line:column-line:column`.
#include "ast/dump.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace modcore::ast {
namespace {

constexpr std::array<std::string_view, 26> expr_names{
    "number",   "string",     "boolean",    "now",        "path",     "pattern",    "list",
    "call",     "negate",     "arithmetic", "coalesce",   "compare",  "in",         "not in",
    "overlaps", "subset of",  "contains",   "startswith", "endswith", "is missing", "is present",
    "of",       "pattern in", "not",        "and",        "or"};
constexpr std::array<std::string_view, 7> item_names{"words",   "phrases", "substrings", "regex",
                                                     "domains", "emoji",   "numbers"};
constexpr std::array<std::string_view, 4> quantity_names{"any", "all", "none", "at least"};
constexpr std::array<std::string_view, 5> test_names{"match", "no_match", "undetermined",
                                                     "todo_match", "todo_no_match"};
constexpr std::array<std::string_view, 7> value_names{"null", "boolean", "integer", "number",
                                                      "text", "list",    "map"};
constexpr std::array<std::string_view, 3> target_names{"rule", "list", "macro"};

template <std::size_t N, typename Enum>
std::string_view name_in(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\r') {
      result += "\\r";
    } else if (c == '\t') {
      result += "\\t";
    } else {
      result += c;
    }
  }
  return result;
}

class Dumper {
 public:
  explicit Dumper(const source::SourceMap& sources) : sources_(sources) {}

  [[nodiscard]] std::string take() { return std::move(out_); }

  void operator()(const RuleFile& file) {
    nest("rule file", {}, [&] {
      name("category", file.category);
      if (file.category_declaration) category(*file.category_declaration);
      for (const Macro& macro : file.macros) nest("macro", macro.name, [&] { expr(macro.body); });
      for (const ListDeclaration& list : file.lists) this->list(list);
      for (const AttributeDeclaration& attribute : file.context) this->attribute(attribute);
      for (const Rule& rule : file.rules) this->rule(rule);
    });
  }

  void operator()(const PolicyFile& file) {
    nest("policy", file.name, [&] {
      names("language", file.languages);
      name("timezone", file.timezone);
      if (file.packs_given) names("pack", file.packs);
      name("preset", file.preset);
      name("guidelines", file.guidelines);
      name("context", file.context);
      for (const CategoryDeclaration& c : file.categories) category(c);
      for (const Thresholds& t : file.thresholds) thresholds(t);
      for (const RouteDeclaration& r : file.routes) route(r);
      for (const Override& o : file.overrides) change(o);
      name("text_bytes", file.text_bytes);
      name("matches", file.matches);
      name("reached", file.limits_reached);
    });
  }

  void operator()(const GuidelinesFile& file) {
    nest("guidelines", {}, [&] {
      for (const GuidelineClause& clause : file.clauses) {
        nest("clause", clause.id, [&] {
          localized("title", clause.title);
          name("url", clause.url);
        });
      }
    });
  }

  void operator()(const ContextFile& file) {
    nest("context", {}, [&] {
      for (const AttributeDeclaration& a : file.attributes) attribute(a);
    });
  }

  void operator()(const TestFile& file) {
    nest("test file", {}, [&] {
      for (const TestCase& test : file.cases) this->test(test);
      for (const Value& corpus : file.corpora) value("corpus", corpus);
    });
  }

  void expr(const Expr& e) {
    nest(expr_text(e), Name{"", e.span}, [&] {
      names("pattern", e.patterns);
      names("field", e.fields);
      for (const Expr& argument : e.args) expr(argument);
    });
  }

 private:
  // ---- Lines
  void line(std::string_view label, std::string_view text, Span span) {
    out_ += std::string(depth_ * 2, ' ');
    out_ += label;
    if (!text.empty()) out_ += fmt::format(" <{}>", escaped(text));
    if (span.source != source::no_source) {
      const auto begin = sources_.position(span.source, span.begin);
      const auto end = sources_.position(span.source, span.end);
      out_ += fmt::format(" @{}:{}-{}:{}", begin.line, begin.column, end.line, end.column);
    }
    out_ += '\n';
  }

  template <typename Inside>
  void nest(std::string_view label, const Name& name, Inside inside) {
    line(label, name.value, name.span);
    ++depth_;
    inside();
    --depth_;
  }

  void name(std::string_view label, const std::optional<Name>& given) {
    if (given) line(label, given->value, given->span);
  }
  void names(std::string_view label, const std::vector<Name>& given) {
    for (const Name& one : given) line(label, one.value, one.span);
  }
  void names(std::string_view label, const std::optional<std::vector<Name>>& given) {
    if (given && given->empty()) line(label, "none", {});
    if (given) names(label, *given);
  }
  void flag(std::string_view label, const std::optional<Spanned<bool>>& given) {
    if (given) line(label, given->value ? "true" : "false", given->span);
  }
  void localized(std::string_view label, const std::optional<LocalizedText>& given) {
    if (!given) return;
    for (const auto& [lang, text] : given->entries) {
      line(lang.value.empty() ? std::string(label) : fmt::format("{} {}", label, lang.value),
           text.value, text.span);
    }
  }

  // ---- Conditions
  static std::string expr_text(const Expr& e) {
    const std::string_view kind = name_in(expr_names, e.kind);
    switch (e.kind) {
      case ExprKind::quantifier:
        return fmt::format("{}{} of{}", name_in(quantity_names, e.quantity),
                           e.quantity == Quantity::at_least ? fmt::format(" {}", e.at_least) : "",
                           e.them ? " them" : "");
      case ExprKind::number:
        return fmt::format("number {}{}{}", e.text, e.unit.empty() ? "" : " ", e.unit);
      case ExprKind::string:
        return fmt::format("string \"{}\"", escaped(e.text));
      default:
        return e.text.empty() ? std::string(kind) : fmt::format("{} {}", kind, e.text);
    }
  }

  void condition(std::string_view label, const std::optional<Expr>& given) {
    if (given) nest(label, {}, [&] { expr(*given); });
  }

  // ---- Rules
  void group(std::string_view label, const Group& g) {
    nest(label, Name{g.name.value, g.span}, [&] {
      for (const ItemList& items : g.kinds) {
        nest(name_in(item_names, items.kind), Name{"", items.key},
             [&] { names("item", items.items); });
      }
      names("list", g.lists);
      names("in", g.in);
      name("tolerance", g.tolerance);
      names("lang", g.lang);
      name("at", g.at);
      name("unit", g.unit);
      if (g.short_) line("short", "", {});
      if (g.except) group("except", *g.except);
    });
  }

  void rule(const Rule& r) {
    nest("rule", Name{r.id.value, r.span}, [&] {
      metadata(r);
      if (r.inline_group) group("group", *r.inline_group);
      for (const Group& g : r.groups) group("group", g);
      condition("when", r.when);
      for (const Expr& e : r.unless) nest("unless", {}, [&] { expr(e); });
      name("verdict", r.verdict);
      flag("hide", r.hide);
      if (r.escalate) escalate(*r.escalate);
      if (r.score) score(*r.score);
      name("severity", r.severity);
      names("suppresses", r.suppresses);
      flag("final", r.final);
      for (const TestCase& t : r.tests) test(t);
      names("mutation", r.mutations);
    });
  }

  void metadata(const Rule& r) {
    localized("title", r.title);
    localized("reason", r.reason);
    name("category", r.category);
    name("guideline", r.guideline);
    name("owner", r.owner);
    if (r.meta) value("meta", *r.meta);
    names("lang", r.lang);
    name("status", r.status);
    name("active_from", r.active_from);
    name("expires", r.expires);
  }

  void escalate(const Escalate& e) {
    nest("escalate", Name{"", e.span}, [&] {
      name("to", e.to);
      name("within", e.within);
      name("urgency", e.urgency);
      condition("if", e.condition);
    });
  }

  void score(const Score& s) {
    nest("score", s.points, [&] {
      condition("per", s.per);
      name("max", s.max);
    });
  }

  void test(const TestCase& t) {
    nest(name_in(test_names, t.kind), Name{"", t.span}, [&] {
      value("post", t.post);
      if (!t.expect) return;
      nest("expect", Name{"", t.expect->span}, [&] {
        name("verdict", t.expect->verdict);
        flag("hidden", t.expect->hidden);
        names("route", t.expect->routes);
        names("evidence", t.expect->evidence);
        names("fired", t.expect->fired);
        names("not_fired", t.expect->not_fired);
      });
    });
  }

  void value(std::string_view label, const Value& v) {
    nest(fmt::format("{} {}", label, name_in(value_names, v.kind)), Name{v.text, v.span}, [&] {
      for (const Value& item : v.items) value("-", item);
      for (const auto& [key, field] : v.entries) value(key.value, field);
    });
  }

  // ---- Declarations
  void list(const ListDeclaration& l) {
    nest("list", l.name, [&] {
      name("kind", l.kind);
      names("item", l.items);
      name("file", l.file);
      name("from", l.from);
    });
  }

  void category(const CategoryDeclaration& c) {
    nest("category", c.name, [&] {
      name("default_verdict", c.default_verdict);
      name("route", c.route);
      flag("suppressible", c.suppressible);
    });
  }

  void attribute(const AttributeDeclaration& a) {
    nest("attribute", a.name, [&] { line("type", a.type.value, a.type.span); });
  }

  void thresholds(const Thresholds& t) {
    nest("thresholds", t.category, [&] {
      for (const auto& [verdict, points] : t.verdicts)
        line(verdict.value, points.value, points.span);
    });
  }

  void route(const RouteDeclaration& r) {
    nest("route", r.name, [&] {
      localized("title", r.title);
      name("within", r.within);
      name("urgency", r.urgency);
      if (r.extra) value("extra", *r.extra);
    });
  }

  void change(const Override& o) {
    nest(fmt::format("override of {}", name_in(target_names, o.target)), o.name, [&] {
      for (const auto& [key, given] : o.set) value(fmt::format("set {}", key.value), given);
      condition("expression", o.expression);
      names("append", o.append);
      names("remove", o.remove);
      flag("disable", o.disable);
      name("until", o.until);
      name("because", o.because);
    });
  }

  const source::SourceMap& sources_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string dump(const File& file, const source::SourceMap& sources) {
  Dumper dumper(sources);
  std::visit(dumper, file);
  return dumper.take();
}

std::string dump(const Expr& expr, const source::SourceMap& sources) {
  Dumper dumper(sources);
  dumper.expr(expr);
  return dumper.take();
}

}  // namespace modcore::ast
