// The names that the files of a project may use.
#pragma once

#include <string>
#include <vector>

#include <modcore/compile.hpp>

namespace modcore::tooling {

// Each sorted; empty where any name is possible.
struct ProjectNames {
  std::vector<std::string> text_fields;  // that patterns are searched in
  std::vector<std::string> types;        // of host attributes
  std::vector<std::string> packs;
  std::vector<std::string> presets;
  std::vector<std::string> categories;
  std::vector<std::string> routes;
  std::vector<std::string> clauses;  // of guidelines
  std::vector<std::string> rules;
  std::vector<std::string> lists;        // "shorteners"
  std::vector<std::string> pack_lists;   // "spam/shorteners"
  std::vector<std::string> pack_macros;  // "off-topic/marketplace"
  std::vector<std::string> diagnostics;  // ids and names
};

// What the language itself knows.
[[nodiscard]] ProjectNames standard_names();

// Also what these rules declare, as far as they could be read.
[[nodiscard]] ProjectNames names_of(const std::vector<std::string>& paths,
                                    const CompileOptions& options);

}  // namespace modcore::tooling
