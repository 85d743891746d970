// Declared lists: their items, and their order.
#include <algorithm>
#include <array>

#include "diag/catalogue.hpp"
#include "lint/style/list_order.hpp"
#include "lint/style/parts.hpp"

namespace modcore::lint::style {
namespace {

using ast::ItemKind;

ItemKind kind_of(const ast::ListDeclaration& list) {
  constexpr std::array<std::string_view, 7> names{"words",   "phrases", "substrings", "regex",
                                                  "domains", "emoji",   "numbers"};
  for (std::size_t i = 0; list.kind && i < names.size(); ++i) {
    if (names[i] == list.kind->value) return static_cast<ItemKind>(i);
  }
  return ItemKind::phrases;
}

// Items between which a blank line or a comment stands need no order.
bool in_one_paragraph(const ast::Name& first, const ast::Name& second, const StyleInput& input) {
  if (first.span.source != second.span.source) return false;
  const std::string_view text = input.sources.text(first.span.source);
  const std::string_view between = text.substr(first.span.end, second.span.begin - first.span.end);
  return std::ranges::count(between, '\n') == 1;
}

// Only of a list of its own file: in a rule file related items often stand together.
void report_order(const ast::ListDeclaration& list, const StyleInput& input) {
  if (!list.file) return;
  for (std::size_t i = 1; i < list.items.size(); ++i) {
    const ast::Name& before = list.items[i - 1];
    const ast::Name& item = list.items[i];
    if (!in_one_paragraph(before, item, input) || !stands_before(item.value, before.value)) continue;
    input.sink.report(diag::list_unsorted, item.span, {item.value, before.value});
    return;
  }
}

}  // namespace

void report_lists(const StyleInput& input) {
  for (const ast::RuleFile& file : input.bundle.rule_files) {
    if (is_shipped(input, file.source)) continue;
    for (const ast::ListDeclaration& list : file.lists) {
      report_list_items(list, kind_of(list), input);
      report_order(list, input);
    }
  }
}

}  // namespace modcore::lint::style
