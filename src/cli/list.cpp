// modcore list: the names that the rule language knows.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>

#include "cli/rules.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

struct Table {
  std::vector<std::string> keys;
  std::vector<std::vector<std::string>> rows;
};

// Of the language, and of the rules that -r names.
Table fields(const CommonOptions& options) {
  Table table{{"name", "type", "summary"}, {}};
  const auto add = [&table](const FieldInfo& field) {
    table.rows.push_back({std::string(field.name), std::string(field.type), std::string(field.summary)});
  };
  std::ranges::for_each(field_catalogue(), add);
  if (!options.rules.empty()) {
    const Engine engine = compile_or_fail(options);
    std::ranges::for_each(declared_fields(engine), add);
  }
  return table;
}

Table functions() {
  Table table{{"name", "signature", "summary"}, {}};
  for (const FunctionInfo& function : function_catalogue()) {
    table.rows.push_back({std::string(function.name), std::string(function.signature),
                          std::string(function.summary)});
  }
  return table;
}

Table diagnostics() {
  Table table{{"id", "severity", "name", "summary"}, {}};
  for (const DiagnosticInfo& info : diagnostic_catalogue()) {
    table.rows.push_back({std::string(info.id), std::string(to_string(info.severity)),
                          std::string(info.name), std::string(info.summary)});
  }
  return table;
}

Table rules(const CommonOptions& options) {
  Table table{{"id", "category", "verdict", "severity", "status", "file", "line"}, {}};
  const Engine engine = compile_or_fail(options);
  for (const RuleInfo& rule : engine.rules()) {
    table.rows.push_back({std::string(rule.id), std::string(rule.category),
                          rule.verdict ? std::string(to_string(*rule.verdict)) : "points only",
                          std::string(to_string(rule.severity)), std::string(to_string(rule.status)),
                          printable(rule.file), std::to_string(rule.line)});
  }
  return table;
}

Table names(const std::vector<std::string>& all) {
  Table table{{"name"}, {}};
  for (const std::string& name : all) table.rows.push_back({name});
  return table;
}

std::string as_text(const Table& table, const Palette& palette) {
  std::vector<std::size_t> widths(table.keys.size(), 0);
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  std::string out;
  for (const auto& row : table.rows) {
    out += palette.paint(Ink::bold, padded(row[0], widths[0]));
    for (std::size_t i = 1; i < row.size(); ++i) out += "  " + padded(row[i], widths[i]);
    out += '\n';
  }
  return out;
}

std::string as_json(const Table& table) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const auto& row : table.rows) {
    nlohmann::ordered_json object;
    for (std::size_t i = 0; i < row.size(); ++i) object[table.keys[i]] = row[i];
    array.push_back(std::move(object));
  }
  return array.dump(2) + '\n';
}

void add(CLI::App& list, const std::string& name, const std::string& what,
         Table (*make)(const CommonOptions&), bool of_rules, ExitCode& exit_code) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App* verb = list.add_subcommand(name, what);
  if (of_rules) add_rule_options(*verb, *options);
  add_output_options(*verb, *options, "text or json, to a file if one is named");
  verb->callback([options, make, &exit_code] {
    auto outputs =
        open_outputs(options->outputs, {Format::text, Format::json}, Format::text, options->color);
    const Table table = make(*options);
    for (Output& output : outputs) {
      output.write(output.format() == Format::json ? as_json(table) : as_text(table, output.palette()));
    }
    exit_code = ExitCode::ok;
  });
}

}  // namespace

void add_list(CLI::App& app, ExitCode& exit_code) {
  CLI::App* list = app.add_subcommand("list", "List the names that the rule language knows.");
  list->require_subcommand(1);
  list->footer(
      "Examples:\n  modcore list fields\n  modcore list rules -r policy.yaml\n"
      "  modcore list diagnostics --output json\n\n"
      "Exit status: 0, 2 if the rules do not compile, 3 for a wrong option or a missing file.");
  const auto add_names = [&](const std::string& name, const std::string& what,
                             Table (*make)(const CommonOptions&)) {
    add(*list, name, what, make, false, exit_code);
  };
  add(*list, "rules", "The rules that are loaded, with what they decide.", rules, true, exit_code);
  add(*list, "fields", "The fields that rules can read, with their types; -r adds its own.", fields,
      true, exit_code);
  add_names("functions", "The functions of conditions.",
            [](const CommonOptions&) { return functions(); });
  add_names("diagnostics", "Every diagnostic, by id.",
            [](const CommonOptions&) { return diagnostics(); });
  add_names("packs", "The packs that are part of modcore.",
            [](const CommonOptions&) { return names(shipped_packs()); });
  add_names("presets", "The presets that are part of modcore.",
            [](const CommonOptions&) { return names(shipped_presets()); });
}

}  // namespace modcore::cli
