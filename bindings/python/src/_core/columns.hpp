// Decisions as columns, and their way out as Arrow.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/decision.hpp>
#include <modcore/engine.hpp>

#include "arrow_abi.hpp"

namespace modcore::python {

// What a batch tells of each post.
struct Columns {
  std::vector<std::uint8_t> verdicts;
  std::vector<std::uint8_t> hidden;
  std::vector<std::uint8_t> attention;
  std::vector<std::uint8_t> limited;
  std::vector<std::int32_t> rule_ends;  // running ends in `rules`
  std::vector<std::int32_t> rules;      // places in the engine's rules
  std::vector<std::int64_t> json_ends;  // empty unless asked for
  std::string json;

  void reserve(std::size_t rows);
  void append(Columns&& more);
};

// Fills columns from decisions; the places of the rules are looked up by name.
class ColumnWriter {
 public:
  ColumnWriter(const Engine& engine, bool with_json) : engine_(engine), with_json_(with_json) {}
  void add(const Decision& decision, Columns& columns) const;

 private:
  const Engine& engine_;
  bool with_json_;
};

// A finished batch: immutable, shared by all arrays that were made of it.
struct Batch {
  Columns columns;
  Engine engine;
  bool with_json = false;
};

// Struct arrays of: verdict and attention (dictionary of utf8), hidden and limited
// (bool), rules (list of dictionary of utf8), decision (utf8, JSON) if it was asked
// for. The arrays share the batch's memory.
void export_schema(const Batch& batch, ArrowSchema& into);
void export_array(const std::shared_ptr<const Batch>& batch, ArrowArray& into);

}  // namespace modcore::python
