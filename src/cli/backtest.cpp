// modcore backtest: rules judged by a corpus.
#include "cli/backtest.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/corpus.hpp>
#include <modcore/modcore.hpp>

#include "cli/failure.hpp"
#include "cli/field_names.hpp"
#include "cli/file_text.hpp"
#include "cli/measuring_verbs.hpp"
#include "cli/own_output.hpp"
#include "cli/progress.hpp"
#include "cli/rules.hpp"

namespace modcore::cli {
namespace {

struct BacktestArguments {
  CommonOptions common;
  std::vector<std::string> corpus;
  std::string names;
  std::string label;
  std::string category;
  std::string shard;
  std::size_t examples = 5;
  std::uint64_t seed = 0;
  std::vector<std::string> max_hits;
  std::vector<std::string> min_recall;
  std::vector<std::string> min_precision;
};

struct MergeArguments {
  CommonOptions common;
  std::vector<std::string> results;
};

constexpr std::string_view details =
    "Judges every post of the corpus and tells of each rule how many posts it caught, which rules catch\n"
    "the same, and, where posts bear labels, how right they are.\n\n"
    "Examples:\n"
    "  modcore backtest -r policy.yaml --corpus last-month.ndjson\n"
    "  modcore backtest --corpus posts.csv --map body=comment_text,label=is_toxic --output html=report.html\n"
    "  modcore backtest --corpus ham.ndjson --max-hits hide=0 --max-hits flag=0.5%\n"
    "  modcore backtest --corpus spam.ndjson --min-recall category:spam=80%\n"
    "  modcore backtest --corpus big.ndjson --shard 2/8 --output json=2.json\n"
    "  modcore backtest merge 1.json 2.json ... --output text --output html=report.html\n\n"
    "A label stands under `label`, `x-label` or `x-expect`: 1, true, spam, hide... for what should be\n"
    "caught, 0, false, ham, ok, allow... for what should be left alone, or the name of a category.\n\n"
    "Exit status: 0, 1 if a budget is exceeded or a line could not be read, 2 if the rules do not compile,\n"
    "3 for a wrong option or a missing file.";

const std::vector<Format>& formats() {
  static const std::vector<Format> all{Format::text, Format::json, Format::markdown};
  return all;
}

void add_budgets(const std::vector<std::string>& texts, Budget::Kind kind, const Engine& engine,
                 std::vector<Budget>& budgets) {
  for (const std::string& text : texts) {
    const auto budget = parse_budget(kind, text);
    if (!budget) {
      throw Failure(ExitCode::usage,
                    fmt::format("`{}` is no budget: write WHAT={}, where WHAT is flag, hide, escalate, category:NAME or "
                                "rule:ID", printable(text), kind == Budget::Kind::max_hits ? "3 or WHAT=0.5%" : "80%"));
    }
    if (const std::string problem = problem_of(*budget, engine); !problem.empty()) {
      throw Failure(ExitCode::usage, problem);
    }
    budgets.push_back(*budget);
  }
}

BacktestOptions backtest_options(const BacktestArguments& arguments, const Engine& engine) {
  BacktestOptions options;
  options.names = field_names(arguments.names);
  options.label = arguments.label;
  options.category = arguments.category;
  options.examples = arguments.examples;
  options.seed = arguments.seed;
  if (!arguments.shard.empty()) {
    const auto shard = parse_shard(arguments.shard);
    if (!shard) throw Failure(ExitCode::usage, fmt::format("--shard {}: write I/N, from 1/N to N/N", printable(arguments.shard)));
    options.shard = *shard;
  }
  add_budgets(arguments.max_hits, Budget::Kind::max_hits, engine, options.budgets);
  add_budgets(arguments.min_recall, Budget::Kind::min_recall, engine, options.budgets);
  add_budgets(arguments.min_precision, Budget::Kind::min_precision, engine, options.budgets);
  return options;
}

void write(const BacktestReport& report, std::vector<Output>& outputs) {
  for (Output& output : outputs) {
    switch (output.format()) {
      case Format::json: output.write(to_json(report) + '\n'); break;
      case Format::markdown: output.write(to_markdown(report)); break;
      default: output.write(render_backtest(report, output.palette()));
    }
  }
}

// A shard alone says nothing about the budgets of the whole.
ExitCode outcome(const BacktestReport& report) {
  if (report.bad_lines > 0) complain(fmt::format("{} lines could not be read", report.bad_lines));
  if (report.shards.size() < report.shard_count) return report.bad_lines > 0 ? ExitCode::findings : ExitCode::ok;
  bool met = report.bad_lines == 0;
  for (const BudgetResult& result : report.budgets) met &= result.met;
  return met ? ExitCode::ok : ExitCode::findings;
}

std::vector<std::string> files_read(const CommonOptions& common, const std::vector<std::string>& files) {
  std::vector<std::string> all = rule_paths(common);
  all.insert(all.end(), files.begin(), files.end());
  return all;
}

// Text to standard output, unless only other outputs were asked for.
std::vector<Output> outputs_of(const CommonOptions& common, const std::vector<std::string>& pages,
                               const std::vector<std::string>& read) {
  if (common.outputs.empty() && !pages.empty()) return {};
  return open_outputs(common.outputs, formats(), Format::text, common.color, read);
}

ExitCode run(BacktestArguments& arguments) {
  if (arguments.corpus.empty()) throw Failure(ExitCode::usage, "name the posts to judge: --corpus FILE");
  const std::vector<std::string> pages = take_outputs(arguments.common, "html");
  const std::vector<std::string> read = files_read(arguments.common, arguments.corpus);
  std::vector<Output> outputs = outputs_of(arguments.common, pages, read);
  const Engine engine = compile_or_fail(arguments.common);
  BacktestOptions options = backtest_options(arguments, engine);
  Progress progress("judging");
  options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
  const BacktestReport report = backtest(engine, arguments.corpus, options);
  progress.clear();
  if (!report.error.empty()) throw Failure(ExitCode::usage, report.error);
  write(report, outputs);
  write_own(pages, pages.empty() ? "" : to_html(report), read);
  return outcome(report);
}

ExitCode merge(MergeArguments& arguments) {
  const std::vector<std::string> pages = take_outputs(arguments.common, "html");
  std::vector<Output> outputs = outputs_of(arguments.common, pages, arguments.results);
  std::vector<std::string> results;
  // A result may be larger than any rule file.
  for (const std::string& file : arguments.results) results.push_back(read_bytes(file));
  const BacktestReport report = merge_backtests(results);
  if (!report.error.empty()) throw Failure(ExitCode::usage, report.error);
  if (report.shards.size() < report.shard_count) {
    complain(fmt::format("{} of {} shards are missing; budgets are not judged without them",
                         report.shard_count - report.shards.size(), report.shard_count));
  }
  write(report, outputs);
  write_own(pages, pages.empty() ? "" : to_html(report), arguments.results);
  return outcome(report);
}

}  // namespace

void add_backtest(CLI::App& app, ExitCode& exit_code) {
  auto arguments = std::make_shared<BacktestArguments>();
  CLI::App* backtest = app.add_subcommand("backtest", "Judge the rules by many posts, labelled or not.");
  backtest->footer(std::string(details));
  add_rule_options(*backtest, arguments->common);
  backtest->add_option("--corpus,-c", arguments->corpus, "Posts: NDJSON, plain lines, or CSV with a header; repeatable")
      ->type_name("FILE");
  backtest->add_option("--map", arguments->names, "What its columns or keys are: FIELD=COLUMN,...")->type_name("NAMES");
  backtest->add_option("--label", arguments->label, "The key of the label (default: label, x-label or x-expect)")
      ->type_name("KEY");
  backtest->add_option("--category", arguments->category, "What labels are about where a post does not say so")
      ->type_name("NAME");
  backtest->add_option("--max-hits", arguments->max_hits, "At most so many of what should be left alone: hide=0, flag=0.5%")
      ->type_name("WHAT=N")
      ->allow_extra_args(false);
  backtest->add_option("--min-recall", arguments->min_recall, "At least so much of what should be caught: category:spam=80%")
      ->type_name("WHAT=N%")
      ->allow_extra_args(false);
  backtest->add_option("--min-precision", arguments->min_precision, "At least so much of what is caught must be right")
      ->type_name("WHAT=N%")
      ->allow_extra_args(false);
  backtest->add_option("--shard", arguments->shard, "Judge only this part of the posts")->type_name("I/N");
  backtest->add_option("--examples", arguments->examples, "How many posts to show of each rule (5)")
      ->type_name("N")
      ->check(CLI::Range(0, 1000).description(""));
  backtest->add_option("--seed", arguments->seed, "Chooses other examples")->type_name("N");
  add_output_options(*backtest, arguments->common, "text, json, markdown or html, to a file if one is named");

  auto merging = std::make_shared<MergeArguments>();
  CLI::App* merged = backtest->add_subcommand("merge", "Add up the results of shards, as --output json wrote them.");
  merged->add_option("RESULT", merging->results, "Results in JSON")->type_name("")->required();
  add_output_options(*merged, merging->common, "text, json, markdown or html, to a file if one is named");
  merged->callback([merging, &exit_code] { exit_code = merge(*merging); });
  backtest->callback([arguments, merged, &exit_code] {
    if (!merged->parsed()) exit_code = run(*arguments);
  });
}

}  // namespace modcore::cli
