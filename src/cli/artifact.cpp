// modcore compile, inspect and verify: rules compiled ahead, in one file.
#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/failure.hpp"
#include "cli/file_text.hpp"
#include "cli/rules.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

using Json = nlohmann::ordered_json;

// ---- compile -----------------------------------------------------------------------

struct CompileVerb {
  CommonOptions common;
  std::string file;
  bool portable = false;
};

constexpr std::string_view compile_examples =
    "Examples:\n"
    "  modcore compile -r policy.yaml -o policy.mcb\n"
    "  modcore scan --trusted -r policy.mcb feed.ndjson\n"
    "  modcore compile -r policy.yaml --portable -o policy.mcb   for others than this library\n\n"
    "The same rules give the same bytes. Readers see the old file or the new one, never a half.\n"
    "Exit status: 0, 2 if the rules do not compile, 3 if the file cannot be written.";

ExitCode run(const CompileVerb& options) {
  const Engine engine = compile_or_fail(options.common);
  const SaveOptions save{.native = !options.portable};
  if (options.file == "-") {
    if (::isatty(STDOUT_FILENO) != 0) {
      throw Failure(ExitCode::usage, "an artifact is no text for a terminal: name a file with -o");
    }
    Output(Format::text, "", ColorWhen::never).write(engine.save(save));
    return ExitCode::ok;
  }
  const std::string problem = save_file(engine, options.file, save);
  if (problem.empty()) return ExitCode::ok;
  throw Failure(ExitCode::usage,
                fmt::format("cannot write `{}`: {}", printable(options.file), problem));
}

// ---- inspect -----------------------------------------------------------------------

struct ArtifactVerb {
  CommonOptions common;
  std::string file;
};

std::string as_json(const ArtifactInfo& info, std::size_t bytes) {
  Json sections = Json::array();
  for (const ArtifactSection& section : info.sections) {
    sections.push_back({{"name", section.name}, {"bytes", section.bytes}});
  }
  const Json document = {{"schema", "modcore.artifact/1"},
                         {"bytes", bytes},
                         {"library", info.library},
                         {"language", info.language},
                         {"tables", info.tables},
                         {"fingerprint", info.fingerprint.to_string()},
                         {"native", info.native.empty() ? Json() : Json(info.native)},
                         {"native_fits", info.native_fits},
                         {"sections", std::move(sections)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string as_text(const ArtifactInfo& info, std::size_t bytes) {
  std::string out = fmt::format(
      "fingerprint  {}\nwritten by   modcore {}, rule language {}, text tables {}\n"
      "databases    {}\nbytes        {}\n",
      info.fingerprint.to_string(), printable(info.library), info.language, printable(info.tables),
      info.native.empty() ? "none: compiled when it is loaded"
                          : printable(info.native) + (info.native_fits ? "" : " (not for this command)"),
      bytes);
  for (const ArtifactSection& section : info.sections) {
    out += fmt::format("  {:<10} {:>10}\n", section.name, section.bytes);
  }
  return out;
}

ExitCode inspect(const ArtifactVerb& options) {
  auto outputs = open_outputs(options.common.outputs, {Format::text, Format::json}, Format::text,
                              options.common.color, {options.file});
  const std::string bytes = read_bytes(options.file);
  const ArtifactInfo info = inspect_artifact(bytes);
  if (!info.error.empty()) {
    throw Failure(ExitCode::findings, fmt::format("`{}`: {}", printable(options.file), info.error));
  }
  for (Output& output : outputs) {
    output.write(output.format() == Format::json ? as_json(info, bytes.size())
                                                 : as_text(info, bytes.size()));
  }
  return ExitCode::ok;
}

// ---- verify ------------------------------------------------------------------------

// An artifact that was forgotten when its rules changed.
void require_same_rules(const ArtifactVerb& options, const Fingerprint& fingerprint) {
  if (options.common.rules.empty()) return;
  const Engine engine = compile_or_fail(options.common);
  if (engine.fingerprint() == fingerprint) return;
  throw Failure(ExitCode::findings,
                fmt::format("`{}`: sound, but not of these rules: its fingerprint is {}, theirs is {}; compile it anew",
                            printable(options.file), fingerprint.to_string(), engine.fingerprint().to_string()));
}

// Nothing of the file is believed: what it holds is proved sound and compiled anew.
ExitCode verify(const ArtifactVerb& options) {
  const std::string bytes = read_bytes(options.file);
  const ArtifactInfo info = inspect_artifact(bytes);
  const LoadResult loaded = load_bytes(bytes);
  if (!loaded) {
    throw Failure(ExitCode::findings, fmt::format("`{}`: {}", printable(options.file), loaded.error));
  }
  std::string verdict = "sound; it holds no databases, so they are compiled when it is loaded";
  if (!info.native.empty()) {
    verdict = fmt::format("sound; its databases are for {}, so they are compiled anew here",
                          printable(info.native));
  }
  if (info.native_fits) {
    if (loaded.engine->save() != bytes) {
      throw Failure(ExitCode::findings,
                    fmt::format("`{}`: sound, but its databases are not those that this library "
                                "compiles from its patterns: never load it as trusted",
                                printable(options.file)));
    }
    verdict = "sound; its databases are those that this library compiles from its patterns";
  }
  require_same_rules(options, info.fingerprint);
  Output(Format::text, "", options.common.color)
      .write(fmt::format("{}\n{} rules, fingerprint {}\n", verdict, loaded.engine->rules().size(),
                         info.fingerprint.to_string()));
  return ExitCode::ok;
}

}  // namespace

void add_compile(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<CompileVerb>();
  CLI::App* compile = app.add_subcommand("compile", "Compile rules into one file, an artifact.");
  compile->footer(std::string(compile_examples));
  add_rule_options(*compile, options->common);
  compile->add_option("-o,--output", options->file, "The file to write, ending in .mcb; - for standard output")
      ->type_name("FILE")
      ->required();
  compile->add_flag("--portable", options->portable,
                    "Leave out the databases of this version of the matching library");
  compile->callback([options, &exit_code] { exit_code = run(*options); });
}

void add_inspect(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ArtifactVerb>();
  CLI::App* verb = app.add_subcommand("inspect", "Show what an artifact says about itself.");
  verb->footer("Exit status: 0, 1 if the file is no artifact or damaged, 3 if it cannot be read.");
  verb->add_option("FILE", options->file, "The artifact")->required()->type_name("");
  add_output_options(*verb, options->common, "text or json, to a file if one is named");
  verb->callback([options, &exit_code] { exit_code = inspect(*options); });
}

void add_verify(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ArtifactVerb>();
  CLI::App* verb = app.add_subcommand(
      "verify", "Prove that an artifact is sound and that its databases are what they should be.");
  verb->footer("With -r it must also be what these rules compile to.\n\n"
               "Exit status: 0 sound, 1 not, 2 if the rules do not compile, 3 if the file cannot be read.");
  verb->add_option("FILE", options->file, "The artifact")->required()->type_name("");
  add_rule_options(*verb, options->common);
  verb->callback([options, &exit_code] { exit_code = verify(*options); });
}

}  // namespace modcore::cli
