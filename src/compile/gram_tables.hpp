// Makes a table of literals by their rarest grams.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/gram_table.hpp"

namespace modcore::compiler {

class GramTableBuilder {
 public:
  // An entry and the bucket that it belongs into.
  struct Planned {
    std::uint32_t bucket = 0;
    runtime::GramTable::Entry entry;
  };

  // How places of a text are ruled out: by a gate of a few hundred literals, or by bits of any number.
  enum class Way { gate, bits };

  // For about so many literals, and so many that are to be found by the dot inside a name.
  GramTableBuilder(Way way, std::size_t literals, std::size_t dotted = 0);

  // Not one that is too short or of which every gram is crowded.
  [[nodiscard]] bool suits(std::string_view text) const;
  // False for one that does not suit.
  [[nodiscard]] bool add(std::string_view text, std::uint32_t literal);
  // The same of a literal that is to be found by the dot inside a name.
  [[nodiscard]] bool add_dotted(std::string_view text, std::uint32_t literal);
  [[nodiscard]] runtime::GramTable build();

 private:
  using Entry = runtime::GramTable::Entry;

  [[nodiscard]] Entry entry_of(std::string_view text, std::uint32_t literal) const;
  [[nodiscard]] bool add_long(std::string_view text, const Entry& entry);
  [[nodiscard]] bool add_short(std::string_view text, const Entry& entry);
  [[nodiscard]] std::optional<std::size_t> best_gram(std::string_view text, std::size_t from) const;
  [[nodiscard]] std::optional<std::size_t> best_short(std::string_view text) const;
  [[nodiscard]] std::optional<std::size_t> best_dotted(std::string_view text) const;
  void gate_shorts();

  bool all_gated_;  // all are looked for as short ones are
  runtime::GramTable table_;
  std::vector<Planned> grams_, shorts_, gated_, dotted_;
  std::vector<std::uint8_t> in_bucket_, in_short_bucket_, in_dotted_bucket_;  // how many entries each bucket has
};

// Whether a literal can be found by the dot inside a name.
[[nodiscard]] bool has_inner_dot(std::string_view text);

}  // namespace modcore::compiler
