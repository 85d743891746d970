// Gathers the literals of one view and compiles them into a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/match_plan.hpp"
#include "support/text_ids.hpp"

namespace modcore::compiler {

class LiteralCollector {
 public:
  // Equal texts become one literal. `once`: one occurrence in a piece suffices.
  void add(std::string_view text, const runtime::Probe& probe, ir::FieldSet fields, bool once) {
    add(number(text), probe, fields, once);
  }
  // The same for a text of which the number is known.
  [[nodiscard]] std::uint32_t number(std::string_view text);
  void add(std::uint32_t literal, const runtime::Probe& probe, ir::FieldSet fields, bool once);

  // How the literals are searched for.
  enum class Kind : std::uint8_t { bytes, words };  // anywhere; at words, in the words view

  struct Result {
    runtime::LiteralTable table;
    std::optional<runtime::ItemRef> refused;  // an item that Hyperscan does not take
    std::string error;                        // empty if all went well
  };
  [[nodiscard]] Result build(Kind kind) const;

 private:
  struct Entry {
    ir::FieldSet fields;
    bool once = true;
    std::uint32_t probes = 0;  // how many
  };
  [[nodiscard]] std::size_t count_dotted() const;
  void place_probes(runtime::LiteralTable& table) const;

  TextIds texts_;
  std::vector<Entry> entries_;  // by the number of the text
  std::vector<runtime::Probe> probes_;
  std::vector<std::uint32_t> literals_;  // of each probe, the number of its text
};

// Those of each view.
struct LiteralCollectors {
  LiteralCollector words, fold, digits, spelled;
};

}  // namespace modcore::compiler
