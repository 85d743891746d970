// The parts of report_style(), one for each thing that is looked at.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "check/report.hpp"
#include "lint/style/style.hpp"

namespace modcore::lint::style {

void report_regexes(const StyleInput& input);
void report_items(const StyleInput& input);
void report_list_items(const ast::ListDeclaration& list, ast::ItemKind kind, const StyleInput& input);
void report_lists(const StyleInput& input);
void report_guidelines(const StyleInput& input);
void report_reasons(const StyleInput& input);
void report_metadata(const StyleInput& input);
void report_meta_keys(const StyleInput& input);
void report_life(const StyleInput& input);
void report_host(const StyleInput& input);

// A rule as it was loaded, and its id for reports.
struct WrittenRule {
  const ast::RuleFile* file = nullptr;
  const ast::Rule* rule = nullptr;
  const ir::Rule* meaning = nullptr;
};
void for_each_rule(const StyleInput& input, const std::function<void(const WrittenRule&)>& visit);

// Every group of a rule, with what it leaves out by `except`.
void for_each_group(const ast::Rule& rule, const std::function<void(const ast::Group&)>& visit);

// The items of every group of every rule, kind by kind.
void for_each_item_list(const StyleInput& input,
                        const std::function<void(const ast::Rule&, const ast::ItemList&)>& visit);

// A part of this library, which nobody edits where it is checked.
[[nodiscard]] bool is_shipped(const StyleInput& input, source::SourceId source);

// The words of a text as the accents level sees them, each between single spaces:
// " we sell nothing ".
[[nodiscard]] std::string spaced_words(std::string_view text);

}  // namespace modcore::lint::style
