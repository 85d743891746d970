// modcore init, modcore new rule: beginnings that pass check and test.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>

#include "cli/failure.hpp"
#include "cli/file_text.hpp"
#include "cli/rules.hpp"
#include "cli/scaffold.hpp"
#include "cli/schema_files.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

namespace fs = std::filesystem;

struct InitOptions {
  std::string folder = ".";
  std::string name;
  std::string ci = "none";
};

constexpr std::string_view init_examples =
    "Writes a policy, guidelines, a rule file with tests, tests of the policy, `.modcore.yaml` "
    "and\n"
    "the schemas for editors. Nothing is overwritten: with one of these files there, none is "
    "written.\n\n"
    "Examples:\n"
    "  modcore init                          in this folder\n"
    "  modcore init moderation --name \"Rose forum\" --ci github\n\n"
    "Exit status: 0, 3 if a file is already there or cannot be written.";

std::string below(const std::string& folder, const std::string& name) {
  return folder == "." ? name : (fs::path(folder) / name).generic_string();
}

void refuse_existing(const std::vector<NewFile>& files, const std::string& folder) {
  std::string there;
  std::error_code ignored;
  for (const NewFile& file : files) {
    const std::string path = below(folder, file.name);
    const bool exists = fs::symlink_status(path, ignored).type() != fs::file_type::not_found;
    if (exists) there += (there.empty() ? "" : ", ") + printable(path);
  }
  if (!there.empty()) {
    throw Failure(ExitCode::usage, fmt::format("already there, so nothing was written: {}", there));
  }
}

std::string name_of_folder(const std::string& folder) {
  std::error_code ignored;
  const std::string name = fs::weakly_canonical(folder, ignored).filename().generic_string();
  return name.empty() ? "community" : name;
}

ExitCode init(const InitOptions& options) {
  std::vector<NewFile> files =
      new_project(options.name.empty() ? name_of_folder(options.folder) : options.name);
  if (options.ci != "none") files.push_back(ci_file(options.ci));
  refuse_existing(files, options.folder);
  Output output(Format::text, "", ColorWhen::never);
  for (const NewFile& file : files) {
    const std::string path = below(options.folder, file.name);
    create_file(path, file.text);
    output.write(fmt::format("{}\n", printable(path)));
  }
  const std::string policy = below(options.folder, "policy.yaml");
  const std::string schemas = below(options.folder, ".modcore");
  write_schemas(schemas, [&](SchemaKind kind) { return json_schema(kind, {policy}); });
  output.write(fmt::format("{}/*.schema.json\n", printable(schemas)));
  return ExitCode::ok;
}

struct NewRuleOptions {
  RuleDraft draft;
  std::string file;
};

constexpr std::string_view rule_examples =
    "Appends a rule with tests to a rule file, or begins a file with it.\n\n"
    "Examples:\n"
    "  modcore new rule spam.raffle --phrase \"free raffle\"\n"
    "  modcore new rule house.buying --to house.rules.yaml --verdict hide\n\n"
    "Exit status: 0, 3 if the rule or the file cannot be written so.";

bool is_rule_id(std::string_view id) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  bool after_letter = false;
  for (const char c : id) {
    const bool joint = (c == '.' || c == '-') && after_letter;
    if (!letter(c) && !joint) return false;
    after_letter = letter(c);
  }
  return after_letter;
}

// "spam.free-raffle" -> "free-raffle.rules.yaml"
std::string file_for(const std::string& id) {
  return id.substr(id.rfind('.') == std::string::npos ? 0 : id.rfind('.') + 1) + ".rules.yaml";
}

// Where the dash of the rules stands, if `rules:` is the last key of the file.
std::size_t indentation_of_rules(const std::string& text, const std::string& file) {
  std::string_view last_key;
  std::size_t dash = std::string::npos;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(' ');
    const bool is_key = first == 0 && line[0] != '#' && line[0] != '-';
    if (is_key) {
      last_key = line.substr(0, line.find(':'));
      dash = std::string::npos;
    } else if (first != std::string_view::npos && line[first] == '-' && dash == std::string::npos) {
      dash = first;
    }
    begin = end + 1;
  }
  if (last_key != "rules" || dash == std::string::npos) {
    throw Failure(
        ExitCode::usage,
        fmt::format("`rules:` is not the last key of `{}`, or holds no list with dashes: add the "
                    "rule by hand",
                    printable(file)));
  }
  return dash;
}

void append(const RuleDraft& draft, const std::string& file) {
  std::string text = read_file(file);
  const Source before{file, text};
  if (has_errors(format(before).diagnostics)) {
    throw Failure(ExitCode::usage,
                  fmt::format("`{}` is no YAML; `modcore check` says why", printable(file)));
  }
  const std::size_t indentation = indentation_of_rules(text, file);
  if (!text.ends_with('\n')) text += '\n';
  text += '\n' + new_rule(draft, indentation);
  if (has_errors(format(Source{file, text}).diagnostics)) {
    throw Failure(ExitCode::usage,
                  fmt::format("cannot append to `{}`: add the rule by hand", printable(file)));
  }
  replace_file(file, text);
}

void refuse_taken(const std::string& id, const std::vector<std::string>& paths) {
  const CompileResult compiled = compile_files(paths);
  if (!compiled) return;
  for (const RuleInfo& rule : compiled.engine->rules()) {
    if (rule.id == id) {
      throw Failure(ExitCode::usage, fmt::format("there is a rule `{}` already, in {}:{}", id,
                                                 printable(rule.file), rule.line));
    }
  }
}

// The clauses of this policy's guidelines, as the schema of its rules lists them.
std::vector<std::string> clauses_of(const std::string& policy) {
  const auto schema = nlohmann::json::parse(json_schema(SchemaKind::rules, {policy}));
  const nlohmann::json::json_pointer place("/definitions/rule/properties/guideline/enum");
  return schema.contains(place) ? schema[place].get<std::vector<std::string>>() : std::vector<std::string>();
}

// Where a policy has guidelines, a rule that cites none is a finding.
void cite(RuleDraft& draft) {
  const std::vector<std::string> clauses = clauses_of("policy.yaml");
  if (clauses.empty()) return;
  if (draft.guideline.empty()) {
    draft.guideline = clauses.front();
    complain(fmt::format("it cites the clause {} of the guidelines: write the one that it applies", draft.guideline));
  } else if (std::ranges::find(clauses, draft.guideline) == clauses.end()) {
    throw Failure(ExitCode::usage, fmt::format("the guidelines have no clause `{}`; there are {}", printable(draft.guideline),
                                               printable(fmt::format("{}", fmt::join(clauses, ", ")))));
  }
}

ExitCode new_rule_verb(NewRuleOptions& options) {
  const std::string& id = options.draft.id;
  if (!is_rule_id(id)) {
    throw Failure(ExitCode::usage,
                  fmt::format("`{}` is no rule id: ids are of a to z and 0 to 9, in parts "
                              "joined by `.` or `-`",
                              printable(id)));
  }
  const std::string file = options.file.empty() ? file_for(id) : options.file;
  std::error_code ignored;
  const bool has_policy = fs::exists("policy.yaml", ignored);
  if (has_policy) {
    refuse_taken(id, {"policy.yaml"});
    cite(options.draft);
  }
  if (fs::exists(file, ignored)) {
    if (options.file.empty()) {
      throw Failure(ExitCode::usage,
                    fmt::format("`{0}` is there already; --to {0} appends to it", printable(file)));
    }
    refuse_taken(id, {file});
    append(options.draft, file);
  } else {
    create_file(file, new_rule_file(options.draft));
    if (has_policy)
      complain(fmt::format("name it under `packs:` of policy.yaml: ./{}", printable(file)));
  }
  Output(Format::text, "", ColorWhen::never).write(printable(file) + '\n');
  return ExitCode::ok;
}

}  // namespace

void add_init(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<InitOptions>();
  CLI::App* verb = app.add_subcommand("init", "Begin a policy with rules and tests.");
  verb->footer(std::string(init_examples));
  verb->add_option("FOLDER", options->folder, "Where; default: here")->type_name("");
  verb->add_option("--name", options->name, "What the policy is called; default: as the folder")
      ->type_name("NAME");
  verb->add_option("--ci", options->ci,
                   "Also a file for this service: github, gitlab or none (default)")
      ->type_name("SERVICE")
      ->check(CLI::IsMember({"github", "gitlab", "none"}).description(""));
  verb->callback([options, &exit_code] { exit_code = init(*options); });
}

void add_new(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<NewRuleOptions>();
  CLI::App* parent = app.add_subcommand("new", "Begin a rule.");
  parent->require_subcommand(1);
  CLI::App* verb =
      parent->add_subcommand("rule", "Append a rule with tests to a file, or begin one.");
  verb->footer(std::string(rule_examples));
  verb->add_option("ID", options->draft.id, "The new rule's id, spam.raffle")
      ->required()
      ->type_name("");
  verb->add_option("--to", options->file, "The rule file; default: one named after the id")
      ->type_name("FILE");
  verb->add_option("--guideline", options->draft.guideline, "The clause that it enforces; default: the first one, to replace")
      ->type_name("CLAUSE");
  verb->add_option("--phrase", options->draft.phrases, "What it finds; repeatable")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  verb->add_option("--verdict", options->draft.verdict, "flag (default), hide or escalate")
      ->type_name("VERDICT")
      ->check(CLI::IsMember({"flag", "hide", "escalate"}).description(""));
  verb->callback([options, &exit_code] { exit_code = new_rule_verb(*options); });
}

}  // namespace modcore::cli
