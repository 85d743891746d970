// modcore schema: what editors complete and check rule files with.
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <modcore/modcore.hpp>

#include "cli/failure.hpp"
#include "cli/file_text.hpp"
#include "cli/rules.hpp"
#include "cli/schema_files.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

struct SchemaOptions {
  CommonOptions common;
  std::string kind;
  std::string into;
};

constexpr std::string_view examples =
    "JSON Schema (draft 7) for editors, of one kind of file: policy, rules, guidelines, context, "
    "test\n"
    "or config (.modcore.yaml). With -r it knows the names of those rules: fields, routes, "
    "clauses,\n"
    "categories, lists, macros, packs and rule ids. A file names its schema in its first line:\n"
    "  # yaml-language-server: $schema=.modcore/rules.schema.json\n\n"
    "Examples:\n"
    "  modcore schema rules > rules.schema.json\n"
    "  modcore schema --into .modcore -r policy.yaml     all kinds, for this project\n\n"
    "Exit status: 0, 3 for a wrong option or a missing file.";

std::string kinds() {
  std::string all;
  for (const SchemaKind kind : schema_kinds())
    all += (all.empty() ? "" : ", ") + std::string(to_string(kind));
  return all;
}

std::string schema(SchemaKind kind, const CommonOptions& options) {
  if (options.rules.empty()) return json_schema(kind);
  return json_schema(kind, rule_paths(options), compile_options(options));
}

// An editor is helped by a schema of rules that are being mended.
void tell_errors(const CommonOptions& options) {
  if (options.rules.empty()) return;
  const CompileResult compiled = compile_files(rule_paths(options), compile_options(options));
  if (compiled) return;
  complain("the rules do not compile, so names in them may be missing here; `modcore check` shows why");
}

ExitCode run(const SchemaOptions& options) {
  tell_errors(options.common);
  if (!options.into.empty()) {
    if (!options.kind.empty()) {
      throw Failure(ExitCode::usage, "--into writes every kind; name none");
    }
    write_schemas(options.into, [&](SchemaKind kind) { return schema(kind, options.common); });
    return ExitCode::ok;
  }
  const auto kind = schema_kind(options.kind);
  if (!kind) {
    throw Failure(ExitCode::usage, options.kind.empty()
                                       ? fmt::format("name a kind of file: {}", kinds())
                                       : fmt::format("there is no kind `{}`; there is {}",
                                                     printable(options.kind), kinds()));
  }
  auto outputs = open_outputs(options.common.outputs, {Format::json}, Format::json,
                              options.common.color, options.common.rules);
  for (Output& output : outputs) output.write(schema(*kind, options.common));
  return ExitCode::ok;
}

}  // namespace

void write_schemas(const std::string& folder,
                   const std::function<std::string(SchemaKind)>& schema) {
  for (const SchemaKind kind : schema_kinds()) {
    const std::string path = fmt::format("{}/{}.schema.json", folder, to_string(kind));
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
      replace_file(path, schema(kind));
    } else {
      create_file(path, schema(kind));
    }
  }
}

void add_schema(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<SchemaOptions>();
  CLI::App* verb =
      app.add_subcommand("schema", "Write the JSON Schema of rule files, for editors.");
  verb->footer(std::string(examples));
  verb->add_option("KIND", options->kind, "policy, rules, guidelines, context, test or config")
      ->type_name("");
  add_rule_options(*verb, options->common);
  verb->add_option("--into", options->into, "Write the schemas of all kinds into this folder")
      ->type_name("FOLDER");
  add_output_options(*verb, options->common, "json, to a file if one is named");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace modcore::cli
