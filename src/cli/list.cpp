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

Table fields() {
  Table table{{"name", "type", "summary"}, {}};
  for (const FieldInfo& field : field_catalogue()) {
    table.rows.push_back({std::string(field.name), std::string(field.type), std::string(field.summary)});
  }
  return table;
}

Table functions() {
  Table table{{"name", "signature", "summary"}, {}};
  for (const FunctionInfo& function : function_catalogue()) {
    table.rows.push_back({std::string(function.name), std::string(function.signature),
                          std::string(function.summary) + (function.supported ? "" : " (not supported yet)")});
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

void add(CLI::App& list, const std::string& name, const std::string& what, Table (*make)(),
         ExitCode& exit_code) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App* verb = list.add_subcommand(name, what);
  add_output_options(*verb, *options, "text or json, to a file if one is named");
  verb->callback([options, make, &exit_code] {
    for (Output& output : open_outputs(options->outputs, {Format::text, Format::json}, Format::text,
                                       options->color)) {
      output.write(output.format() == Format::json ? as_json(make()) : as_text(make(), output.palette()));
    }
    exit_code = ExitCode::ok;
  });
}

}  // namespace

void add_list(CLI::App& app, ExitCode& exit_code) {
  CLI::App* list = app.add_subcommand("list", "List the names that the rule language knows.");
  list->require_subcommand(1);
  list->footer("Examples:\n  modcore list fields\n  modcore list diagnostics --output json");
  add(*list, "fields", "The fields that rules can read, with their types.", fields, exit_code);
  add(*list, "functions", "The functions of conditions.", functions, exit_code);
  add(*list, "diagnostics", "Every diagnostic, by id.", diagnostics, exit_code);
  add(*list, "packs", "The packs that are part of modcore.", [] { return names(shipped_packs()); }, exit_code);
  add(*list, "presets", "The presets that are part of modcore.", [] { return names(shipped_presets()); }, exit_code);
}

}  // namespace modcore::cli
