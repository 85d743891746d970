// modcore profile: what each rule costs, the dearest first.
#include <algorithm>
#include <atomic>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>

#include "cli/failure.hpp"
#include "cli/input.hpp"
#include "cli/rules.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

struct ProfileVerb {
  CommonOptions common;
  std::vector<std::string> corpus;
  std::size_t jobs = 0;
  std::size_t top = 30;
};

constexpr std::string_view examples =
    "Examples:\n"
    "  modcore profile -r policy.yaml --corpus posts.ndjson\n"
    "  modcore profile -r policy.yaml --corpus posts.ndjson --output json=profile.json\n\n"
    "Each rule is compiled and run with all others away. `own` is what it costs for a byte of text\n"
    "beyond folding the text and, among 200 rules or more, beyond what most of them cost; `share` is\n"
    "its part of what all rules cost so. `confirmed` counts the posts of the sample in which there\n"
    "was something to confirm, `failed` those in which it was nothing. Times are CPU times and differ from machine to machine; their order hardly does.\n\n"
    "Exit status: 0, 2 if the rules do not compile, 3 for a wrong option or a missing file.";

// The posts of the corpus, and what they point into.
struct Corpus {
  std::vector<std::unique_ptr<Batch>> batches;
  std::vector<PostDocument> documents;
  std::vector<Post> posts;
};

Corpus read_corpus(const std::vector<std::string>& files, const Engine& engine) {
  Corpus corpus;
  const std::atomic<bool> stop = false;
  BatchReader reader(files, stop);
  while (auto batch = reader.next()) corpus.batches.push_back(std::move(batch));
  for (const auto& batch : corpus.batches) {
    for (const Line& line : batch->lines) {
      if (!line.problem.empty() || line.text.empty()) continue;
      if (line.text.front() != '{') {
        corpus.posts.push_back({.body = line.text});
        continue;
      }
      PostDocument document = parse_post(line.text, engine);
      if (document.error().empty()) corpus.documents.push_back(std::move(document));
    }
  }
  for (const PostDocument& document : corpus.documents) corpus.posts.push_back(document.post());
  return corpus;
}

std::string as_json(const ProfileReport& report) {
  nlohmann::ordered_json rules = nlohmann::ordered_json::array();
  for (const ProfiledRule& rule : report.rules) {
    rules.push_back({{"rule", rule.rule},
                     {"plan", rule.plan},
                     {"compile_ms", rule.compile_milliseconds},
                     {"database_bytes", rule.database_bytes},
                     {"ns_per_byte", rule.nanoseconds_per_byte},
                     {"own_ns_per_byte", rule.own_nanoseconds_per_byte},
                     {"share", rule.share},
                     {"confirmed", rule.confirmed},
                     {"failed", rule.failed}});
  }
  const nlohmann::ordered_json document = {{"schema", "modcore.profile/1"},
                                           {"posts", report.posts},
                                           {"bytes", report.bytes},
                                           {"rules", std::move(rules)}};
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

// How many of the dearest rules make up half of the cost.
std::size_t half_of(const ProfileReport& report) {
  double sum = 0;
  for (std::size_t i = 0; i < report.rules.size(); ++i) {
    sum += report.rules[i].share;
    if (sum >= 0.5) return i + 1;
  }
  return report.rules.size();
}

std::string as_text(const ProfileReport& report, std::size_t top, const Palette& palette) {
  std::string out = palette.paint(Ink::bold, " share  own ns/byte  compile ms  database KiB  confirmed  failed  rule") + '\n';
  const std::size_t shown = std::min(top, report.rules.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const ProfiledRule& rule = report.rules[i];
    out += fmt::format("{:5.1f} %  {:11.3f}  {:10.2f}  {:12.1f}  {:9}  {:6}  {}\n{:>8}{}\n",
                       rule.share * 100, rule.own_nanoseconds_per_byte, rule.compile_milliseconds,
                       static_cast<double>(rule.database_bytes) / 1024, rule.confirmed, rule.failed,
                       palette.paint(Ink::bold, printable(rule.rule)), "",
                       palette.paint(Ink::dim, shortened(printable(rule.plan), 120)));
  }
  if (shown < report.rules.size()) {
    out += fmt::format("and {} more; --top or --output json shows them\n", report.rules.size() - shown);
  }
  const std::size_t half = half_of(report);
  return out + fmt::format("{} of {} rules cost half of the time; {} posts, {} bytes\n", half,
                           report.rules.size(), report.posts, report.bytes);
}

ExitCode run(const ProfileVerb& options) {
  auto outputs = open_outputs(options.common.outputs, {Format::text, Format::json}, Format::text,
                              options.common.color, options.corpus);
  const Engine engine = compile_or_fail(options.common);
  const Corpus corpus = read_corpus(options.corpus, engine);
  if (corpus.posts.empty()) throw Failure(ExitCode::usage, "the corpus holds no posts to measure on");
  const ProfileReport report = profile(engine, corpus.posts, options.jobs);
  for (Output& output : outputs) {
    output.write(output.format() == Format::json ? as_json(report)
                                                 : as_text(report, options.top, output.palette()));
  }
  return ExitCode::ok;
}

}  // namespace

void add_profile(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ProfileVerb>();
  CLI::App* verb = app.add_subcommand("profile", "Measure what each rule costs, the dearest first.");
  verb->footer(std::string(examples));
  add_rule_options(*verb, options->common);
  verb->add_option("--corpus", options->corpus, "Posts to measure on, as `scan` reads them; - is standard input")
      ->type_name("FILE")
      ->required()
      ->allow_extra_args(false);
  verb->add_option("--top", options->top, "How many rules the text shows (default 30)")->type_name("N");
  verb->add_option("--jobs,-j", options->jobs, "Threads (default: as many as processors)")->type_name("N");
  add_output_options(*verb, options->common, "text or json, to a file if one is named");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace modcore::cli
