// modcore diff: what a change of rules changes.
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/corpus.hpp>
#include <modcore/modcore.hpp>

#include "cli/failure.hpp"
#include "cli/field_names.hpp"
#include "cli/measuring_verbs.hpp"
#include "cli/progress.hpp"
#include "cli/revision.hpp"
#include "cli/rules.hpp"
#include "cli/summary.hpp"

namespace modcore::cli {
namespace {

struct DiffArguments {
  CommonOptions common;
  std::string before;
  std::string after;
  std::vector<std::string> corpus;
  std::string names;
  std::size_t examples = 10;
};

constexpr std::string_view details =
    "OLD and NEW are rules by path, or revisions of the git repository that you stand in: `main`, `HEAD~3`,\n"
    "`v1.2:rules/policy.yaml`. Of a revision the rules of -r are taken, policy.yaml without any. Without NEW\n"
    "the rules as they are now are compared. Layout, comments and order do not count.\n\n"
    "Examples:\n"
    "  modcore diff HEAD                                   what you have changed since the last commit\n"
    "  modcore diff main HEAD -r rules/policy.yaml --corpus sample.ndjson --output markdown\n"
    "  modcore diff old/policy.yaml new/policy.yaml\n\n"
    "Exit status: 0 whatever differs, 2 if one of the two does not compile, 3 for a wrong option, a missing\n"
    "file, an unknown revision.";

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 12); ++i) {
    out += (i > 0 ? ", " : "") + shortened(printable(names[i]), 60);
  }
  return names.size() > 12 ? out + fmt::format(" and {} more", names.size() - 12) : out;
}

std::string render(const AspectChange& change, const Palette& palette) {
  std::string out;
  const auto minus = [&](std::string_view text) { out += palette.paint(Ink::red, fmt::format("      - {}", text)) + '\n'; };
  const auto plus = [&](std::string_view text) { out += palette.paint(Ink::green, fmt::format("      + {}", text)) + '\n'; };
  if (!change.removed.empty()) minus(listed(change.removed));
  if (!change.added.empty()) plus(listed(change.added));
  if (!change.before.empty()) minus(shortened(printable(change.before), 400));
  if (!change.after.empty()) plus(shortened(printable(change.after), 400));
  return fmt::format("    {}\n{}", printable(change.aspect), out);
}

std::string render(const RuleChange& rule, bool with_corpus, const Palette& palette) {
  static constexpr std::array<std::pair<std::string_view, Ink>, 3> words{
      {{"added", Ink::green}, {"removed", Ink::red}, {"changed", Ink::yellow}}};
  const auto& [word, ink] = words[static_cast<std::size_t>(rule.kind)];
  std::string out = fmt::format("  {} {}", palette.paint(ink, fmt::format("{:<7}", word)), palette.paint(Ink::bold, rule.rule));
  if (with_corpus && rule.posts_before != rule.posts_after) out += fmt::format("  {} -> {} posts", rule.posts_before, rule.posts_after);
  out += '\n';
  for (const AspectChange& change : rule.aspects) out += render(change, palette);
  return out;
}

std::string render(const std::vector<VerdictFlip>& flips, const Palette& palette) {
  std::string out;
  for (const VerdictFlip& flip : flips) {
    const BacktestExample& example = flip.example;
    const std::string text = example.title.empty() ? example.body : example.title + " | " + example.body;
    out += fmt::format("  {} -> {} {}:{} {}\n", paint_verdict(palette, flip.before), paint_verdict(palette, flip.after),
                       printable(example.file), example.line, shortened(printable(text), 90));
    for (const std::string& rule : flip.rules_after) out += palette.paint(Ink::dim, "      + " + rule) + '\n';
    for (const std::string& rule : flip.rules_before) out += palette.paint(Ink::dim, "      - " + rule) + '\n';
  }
  return out;
}

std::string render_diff(const PolicyDiff& diff, const Palette& palette) {
  if (diff.empty()) return "nothing changes: both mean the same\n";
  std::string out;
  const auto section = [&](const std::string& title, const std::string& body) {
    if (!body.empty()) out += fmt::format("{}{}\n{}", out.empty() ? "" : "\n", palette.paint(Ink::bold, title), body);
  };
  std::string rules;
  for (const RuleChange& rule : diff.rules) rules += render(rule, diff.posts > 0, palette);
  section(fmt::format("rules: {} differ", diff.rules.size()), rules);
  std::string policy;
  for (const AspectChange& change : diff.policy) policy += render(change, palette);
  section("policy", policy);
  std::string tests;
  for (const TestChange& test : diff.tests) {
    tests += fmt::format("  {} \"{}\": {} -> {}\n", test.title, shortened(printable(test.name), 70), to_string(test.before), to_string(test.after));
  }
  if (!tests.empty() || diff.tests_added + diff.tests_removed > 0) {
    section(fmt::format("tests: {} added, {} removed, {} come out otherwise", diff.tests_added, diff.tests_removed, diff.tests.size()),
            tests.empty() ? "\n" : tests);
  }
  section(fmt::format("posts of tests: {} of {} get another verdict", diff.test_flips.size(), diff.test_posts), render(diff.test_flips, palette));
  if (diff.posts > 0) {
    section(fmt::format("corpus: {} of {} posts get another verdict", diff.flipped(), diff.posts),
            diff.flipped() == 0 ? "\n" : render(diff.flips, palette));
  }
  return out;
}

void refuse_broken(std::vector<Diagnostic> diagnostics, const Version& version, const CommonOptions& common) {
  if (!has_errors(diagnostics)) return;
  for (Diagnostic& diagnostic : diagnostics) {
    if (version.prefix.empty() || !diagnostic.where.file.starts_with(version.prefix)) continue;
    diagnostic.where.file.replace(0, version.prefix.size(), version.name + ":");
  }
  const std::string errors = modcore::render(diagnostics, error_rendering(common));
  std::fwrite(errors.data(), 1, errors.size(), stderr);
  throw Failure(ExitCode::rules, fmt::format("the rules of `{}` do not compile", printable(version.name)));
}

// A file beside the shipped packs would differ in everything.
void require_counterpart(const DiffArguments& arguments, const Version& before) {
  const bool named = !arguments.after.empty() || !arguments.common.rules.empty();
  if (named || !before.prefix.empty() || !rule_paths(arguments.common).empty()) return;
  throw Failure(ExitCode::usage, fmt::format("name what to compare `{}` with: there is no policy.yaml here",
                                             printable(arguments.before)));
}

ExitCode run(const DiffArguments& arguments) {
  Versions versions;
  const Version before = versions.find(arguments.before, arguments.common.rules);
  require_counterpart(arguments, before);
  const Version after = arguments.after.empty() ? Version{rule_paths(arguments.common), "", "the rules as they are now"}
                                                : versions.find(arguments.after, arguments.common.rules);
  std::vector<std::string> read = after.paths;
  read.insert(read.end(), arguments.corpus.begin(), arguments.corpus.end());
  std::vector<Output> outputs = open_outputs(arguments.common.outputs, {Format::text, Format::json, Format::markdown}, Format::text,
                                             arguments.common.color, read);
  DiffOptions options;
  options.compile = compile_options(arguments.common);
  options.corpus = arguments.corpus;
  options.examples = arguments.examples;
  options.names = field_names(arguments.names);
  Progress progress("judging");
  options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
  const PolicyDiff diff = diff_policies(before.paths, after.paths, options);
  progress.clear();
  refuse_broken(diff.before, before, arguments.common);
  refuse_broken(diff.after, after, arguments.common);
  if (!diff.error.empty()) throw Failure(ExitCode::usage, diff.error);
  for (Output& output : outputs) {
    switch (output.format()) {
      case Format::json: output.write(to_json(diff) + '\n'); break;
      case Format::markdown: output.write(to_markdown(diff)); break;
      default: output.write(render_diff(diff, output.palette()));
    }
  }
  return ExitCode::ok;
}

}  // namespace

void add_diff(CLI::App& app, ExitCode& exit_code) {
  auto arguments = std::make_shared<DiffArguments>();
  CLI::App* diff = app.add_subcommand("diff", "Show what a change of rules changes, and for which posts.");
  diff->footer(std::string(details));
  diff->add_option("OLD", arguments->before, "Rules, or a revision of git")->type_name("")->required();
  diff->add_option("NEW", arguments->after, "Rules, or a revision of git; without it, the rules as they are now")->type_name("");
  add_rule_options(*diff, arguments->common);
  diff->add_option("--corpus,-c", arguments->corpus, "Posts that both judge; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  diff->add_option("--map", arguments->names, "What its columns or keys are: FIELD=COLUMN,...")->type_name("NAMES");
  diff->add_option("--examples", arguments->examples, "How many posts to show of each pair of verdicts (10)")
      ->type_name("N")
      ->check(CLI::Range(0, 1000).description(""));
  add_output_options(*diff, arguments->common, "text, json or markdown, to a file if one is named");
  diff->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace modcore::cli
