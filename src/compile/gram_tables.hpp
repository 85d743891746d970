// Makes a table of literals by their rarest grams.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/gram_table.hpp"

namespace modcore::compiler {

class GramTableBuilder {
 public:
  // For about so many literals.
  explicit GramTableBuilder(std::size_t literals);

  // False for a literal that is too short or of which every gram is crowded.
  [[nodiscard]] bool add(std::string_view text, std::uint32_t literal);
  [[nodiscard]] runtime::GramTable build();

 private:
  [[nodiscard]] bool add_short(std::string_view text, std::uint32_t literal);

  runtime::GramTable table_;
  std::vector<std::uint8_t> grams_, shorts_;  // how many entries each bucket has
};

}  // namespace modcore::compiler
