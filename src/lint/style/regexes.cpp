// Regexes that another kind of item would say better, or that reach too far.
#include <algorithm>

#include <fmt/format.h>

#include "check/packs.hpp"
#include "check/place.hpp"
#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"
#include "lint/style/regex_text.hpp"

namespace modcore::lint::style {
namespace {

constexpr std::size_t ample_alternatives = 40;

std::string quoted_list(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < 3; ++i) text += (i == 0 ? "`" : ", `") + items[i] + "`";
  return items.size() > 3 ? text + fmt::format(" and {} others", items.size() - 3) : text;
}

class Regexes {
 public:
  Regexes(const StyleInput& input, std::string_view rule) : input_(input), rule_(rule) {}

  void list(const ast::ItemList& list) {
    for (const ast::Name& item : list.items) regex(list, item);
  }

 private:
  diag::Report report(const diag::Entry& entry, source::Span where,
                      std::initializer_list<std::string_view> arguments) {
    diag::Report made = input_.sink.report(entry, where, arguments);
    made.rule(rule_);
    return made;
  }

  void regex(const ast::ItemList& list, const ast::Name& item) {
    if (const auto simple = simple_meaning(item.value)) {
      const std::string_view kind = checker::to_string(simple->kind);
      auto made = report(diag::regex_should_be_words, item.span,
                         {quoted_list(simple->items), kind, quoted_list(simple->items)});
      if (simple->items.size() == 1) rewrite(made, list, item, kind, simple->items[0]);
      return;
    }
    if (const auto domain = spelt_domain(item.value)) {
      auto made = report(diag::regex_should_be_domains, item.span, {*domain});
      rewrite(made, list, item, "domains", *domain);
      return;
    }
    dots(item);
    gaps(item);
    if (item.value.starts_with("(?m)")) {
      report(diag::anchored_multiline, checker::place_inside(item, 0, 4), {});
    }
    if (const std::size_t count = most_alternatives(item.value); count > ample_alternatives) {
      report(diag::too_many_alternatives, item.span, {std::to_string(count)});
    }
  }

  // `regex: [x]` as `words: [y]`, if it is the only item; what stands between stays.
  void rewrite(diag::Report& made, const ast::ItemList& list, const ast::Name& item,
               std::string_view kind, const std::string& text) {
    if (list.items.size() != 1) return;
    const std::string_view source = input_.sources.text(list.key.source);
    const std::string between(source.substr(list.key.end, item.span.begin - list.key.end));
    if (between.find('#') != std::string::npos) return;
    made.fix({list.key.source, list.key.begin, item.span.end}, std::string(kind) + between + text, false);
  }

  void dots(const ast::Name& item) {
    for (const BareDot& one : bare_dots(item.value)) {
      const source::Span dot = checker::place_inside(item, one.dot, one.dot + 1);
      const auto name = std::string_view(item.value).substr(one.name.begin, one.name.end - one.name.begin);
      auto made = report(diag::unescaped_dot, dot, {name});
      const char first = input_.sources.text(item.span.source)[item.span.begin];
      if (dot.end - dot.begin == 1 && first != '"') made.fix(dot, "\\.", false);
    }
  }

  void gaps(const ast::Name& item) {
    for (const Slip& slip : boundless_gaps(item.value)) {
      const std::string_view gap = std::string_view(item.value).substr(slip.begin, slip.end - slip.begin);
      const bool at_edge = slip.begin == 0 || slip.end == item.value.size();
      report(diag::greedy_gap, checker::place_inside(item, slip.begin, slip.end),
             {gap, "everything up to the end of the line",
              at_edge ? "at the edge of a regex it says nothing: leave it out"
                      : "write a bound, as in `.{0,40}`, or a phrase with a gap of words, `<0-3>`"});
    }
  }

  const StyleInput& input_;
  std::string_view rule_;
};

}  // namespace

void report_regexes(const StyleInput& input) {
  for_each_item_list(input, [&](const ast::Rule& rule, const ast::ItemList& list) {
    if (list.kind == ast::ItemKind::regex) Regexes(input, rule.id.value).list(list);
  });
}

}  // namespace modcore::lint::style
