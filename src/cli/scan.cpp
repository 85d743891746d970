// modcore scan: posts in, decisions out.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/corpus.hpp>
#include <modcore/modcore.hpp>
#include <unistd.h>

#include "cli/failure.hpp"
#include "cli/field_names.hpp"
#include "cli/judge.hpp"
#include "cli/pipeline.hpp"
#include "cli/progress.hpp"
#include "cli/rules.hpp"
#include "cli/summary.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_complaints = 20;

struct ScanOptions {
  CommonOptions common;
  std::vector<std::string> inputs;
  std::size_t jobs = 1;
  bool all = false;
  bool summary = false;
  bool no_summary = false;
  std::string names;
  bool csv = false;
};

constexpr std::string_view details =
    "Reads NDJSON (a post is an object with `body` and what else is known) or plain lines (each is\n"
    "the body of a post), and writes a decision for each post, in order: as text to a terminal, as\n"
    "NDJSON otherwise. Text shows the posts that are not simply allowed.\n\n"
    "Examples:\n"
    "  echo 'Casino bonus: 100 free spins' | modcore scan -r spam\n"
    "  modcore scan -r policy.yaml feed.ndjson\n"
    "  modcore scan feed.ndjson | jq -r 'select(.hidden) | .id'\n"
    "  modcore scan --jobs 8 --output ndjson=decisions.ndjson --output text feed.ndjson\n"
    "  modcore scan --map body=comment_text,author.name=user export.csv\n"
    "  tail -f posts.ndjson | modcore scan --output ndjson\n\n"
    "A file that ends in .csv or .tsv is a table whose first row names the columns.\n"
    "A post: {\"id\": \"p1\", \"title\": \"...\", \"body\": \"...\", \"lang\": \"en\",\n"
    "         \"author\": {\"post_count\": 3, \"account_age\": \"2 days\", \"roles\": [\"member\"]},\n"
    "         \"channel\": {\"name\": \"help\"}}\n"
    "A post without id gets its line number. With \"x-expect\": \"hide\" in the posts, the summary\n"
    "shows where the decisions differ. `modcore list fields` names every field.\n\n"
    "Exit status: 0 whatever the verdicts, 1 if a line could not be read, 2 if the rules do not\n"
    "compile, 3 for a wrong option or a missing file.";

// Says once a run what was left out of the posts.
void report_notices(const Summary& summary) {
  const auto counted = [](const std::string& text, std::size_t posts) {
    return fmt::format("{} ({} post{})", text, posts, posts == 1 ? "" : "s");
  };
  std::string keys;
  for (const auto& [key, posts] : summary.unknown_keys) {
    keys += (keys.empty() ? "" : ", ") + counted(key, posts);
  }
  if (!keys.empty()) complain("ignored keys that no field bears: " + keys);
  for (const auto& [text, posts] : summary.notices) complain(counted(text, posts));
}

std::vector<std::string> files_read(const ScanOptions& options) {
  std::vector<std::string> files = rule_paths(options.common);
  files.insert(files.end(), options.inputs.begin(), options.inputs.end());
  return files;
}

class ScanRun {
 public:
  explicit ScanRun(const ScanOptions& options)
      : options_(options),
        outputs_(open_outputs(options.common.outputs, {Format::text, Format::ndjson, Format::json},
                              is_terminal_output() ? Format::text : Format::ndjson,
                              options.common.color, files_read(options))),
        names_(field_names(options.names)) {}

  ExitCode run() {
    std::atomic<bool> stop{false};
    BatchReader reader(options_.inputs, stop);
    const Engine engine = compile_or_fail(options_.common);
    reader.read_tables(engine, names_, options_.csv);
    const auto start = Clock::now();
    run_pipeline(reader, engine, judge_options(reader), options_.jobs, stop,
                 [&](JudgedBatch&& batch) {
                   write(std::move(batch));
                   show_progress(reader);
                 });
    progress_.clear();
    finish(Clock::now() - start);
    return summary_.bad_lines > 0 ? ExitCode::findings : ExitCode::ok;
  }

 private:
  [[nodiscard]] JudgeOptions judge_options(const BatchReader& reader) const {
    JudgeOptions judge;
    for (const Output& output : outputs_) {
      judge.formats.push_back(output.format());
      judge.palettes.push_back(output.palette());
    }
    // Somebody who types a post wants an answer to each.
    judge.allowed_too = options_.all || (options_.inputs.empty() && isatty(STDIN_FILENO) == 1);
    judge.several_inputs = reader.several_inputs();
    judge.names = names_;
    return judge;
  }

  // Where decisions or what is typed share the terminal, a bar would be in the way.
  void show_progress(const BatchReader& reader) {
    if (is_terminal_output() || (options_.inputs.empty() && isatty(STDIN_FILENO) == 1)) return;
    progress_.show(reader.bytes_read(), reader.bytes_in_all(), fmt::format(", {} posts", summary_.posts));
  }

  void write(JudgedBatch&& batch) {
    if (!batch.complaints.empty()) progress_.clear();
    for (std::string& complaint : batch.complaints) {
      if (++complaints_ <= most_complaints) complain(complaint);
    }
    for (std::size_t i = 0; i < outputs_.size(); ++i) outputs_[i].write(batch.outputs[i]);
    summary_.merge(std::move(batch.summary));
  }

  void finish(std::chrono::nanoseconds elapsed) {
    if (complaints_ > most_complaints) {
      complain(fmt::format("{} more lines could not be read", complaints_ - most_complaints));
    }
    if (!options_.common.quiet) report_notices(summary_);
    for (Output& output : outputs_) output.write({});  // also where there was no post
    bool shown = false;
    for (Output& output : outputs_) {
      if (output.format() != Format::text || options_.no_summary) continue;
      output.write(render_summary(summary_, elapsed, output.palette()));
      shown = true;
    }
    if (!shown && options_.summary) {
      const Palette palette(wants_color(options_.common.color, STDERR_FILENO));
      const std::string table = render_summary(summary_, elapsed, palette);
      std::fwrite(table.data(), 1, table.size(), stderr);
    }
  }

  const ScanOptions& options_;
  std::vector<Output> outputs_;
  std::vector<FieldName> names_;
  Progress progress_{"judging"};
  Summary summary_;
  std::size_t complaints_ = 0;
};

}  // namespace

void add_scan(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ScanOptions>();
  CLI::App* scan = app.add_subcommand("scan", "Judge posts from files or standard input.");
  scan->footer(std::string(details));
  scan->add_option("INPUT", options->inputs, "Files; standard input without any, or for `-`")
      ->type_name("");
  add_rule_options(*scan, options->common);
  add_output_options(*scan, options->common,
                     "text or ndjson (json is the same), to a file if one is named");
  scan->add_option("--map", options->names, "What the columns or keys of the posts are: FIELD=COLUMN,...")->type_name("NAMES");
  scan->add_flag("--csv", options->csv, "Every input is a table, also standard input");
  scan->add_option("-j,--jobs", options->jobs, "Judge on N threads; the order stays. 0: all cores")
      ->type_name("N")
      ->check(CLI::Range(0, 256).description(""));
  scan->add_flag("-a,--all", options->all, "Text shows allowed posts as well");
  auto* summary = scan->add_flag("--summary", options->summary,
                                 "A table of verdicts, categories, rules and speed; text has it");
  scan->add_flag("--no-summary", options->no_summary, "No such table")->excludes(summary);
  scan->callback([options, &exit_code] {
    if (options->jobs == 0) options->jobs = std::max(1U, std::thread::hardware_concurrency());
    exit_code = ScanRun(*options).run();
  });
}

}  // namespace modcore::cli
