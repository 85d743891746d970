// Items of pattern groups: expanded, folded, checked.
#pragma once

#include <compare>
#include <optional>

#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

struct ItemOptions {
  ir::Tolerance tolerance = ir::Tolerance::accents;  // of all items but regexes
  ir::Tolerance regex_tolerance = ir::Tolerance::case_;
  bool allow_short = false;
  auto operator<=>(const ItemOptions&) const = default;
};

// Nothing if the item was reported as an error.
[[nodiscard]] std::optional<ir::Item> make_item(const Reporter& report, ast::ItemKind kind,
                                                const ast::Name& text, const ItemOptions& options);

// words.cpp: words and phrases with wildcards, gaps and alternatives.
[[nodiscard]] std::optional<ir::WordsItem> make_words(const Reporter& report,
                                                      const ast::Name& text);

}  // namespace modcore::checker
