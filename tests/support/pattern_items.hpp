// Builds typed patterns by hand, as check would from rule files.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"

namespace modcore::test {

// "kill <0-2> you*": words with `*`, gaps, separators between them.
[[nodiscard]] ir::Alternatives word_sequence(std::string_view text);
// Copies the elements to the row that is being made.
void append(ir::WordRows& rows, const ir::WordSequence& sequence);
[[nodiscard]] ir::Item words(std::string_view text);
[[nodiscard]] ir::Item words(const std::vector<std::string_view>& alternatives);
[[nodiscard]] ir::Item substring(std::string_view text);
[[nodiscard]] ir::Item regex(std::string_view pattern);
[[nodiscard]] ir::Item domain(std::string_view host, std::string_view path = {});
[[nodiscard]] ir::Item emoji(std::string_view sequence);
[[nodiscard]] ir::Item number(std::string_view digits);

[[nodiscard]] ir::Pattern pattern(std::vector<ir::Item> items,
                                  ir::Tolerance tolerance = ir::Tolerance::accents);
[[nodiscard]] ir::FieldSet fields(std::initializer_list<ir::TextField> list);

}  // namespace modcore::test
