// Declared lists: their items, and their order.
#include <array>

#include "lint/style/parts.hpp"
#include "text/fold.hpp"

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

// Only of a list of its own file: in a rule file related items often stand together.
void report_order(const ast::ListDeclaration& list, const StyleInput& input) {
  if (!list.file) return;
  std::string before;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    std::string key = text::fold(list.items[i].value, text::Level::accents);
    if (i > 0 && key < before) {
      input.sink.report(diag::list_unsorted, list.items[i].span,
                        {list.items[i].value, list.items[i - 1].value});
      return;
    }
    before = std::move(key);
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
