// modcore mutate: posts in disguise, to try rules with.
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

using Json = nlohmann::ordered_json;

constexpr std::string_view details =
    "Each word of at least three letters is disguised; links, @names, #tags and digits stay. The\n"
    "same seed gives the same disguises on every machine.\n\n"
    "  case, accents, zero-width                         found at tolerance accents, the default\n"
    "  leet, homoglyph, spacing, punctuation, stretch,   found at tolerance obfuscated\n"
    "  mask, markup\n"
    "  mixed                                             two of them in one word; no promise\n\n"
    "A line that begins with { is a post in JSON, whose title and body are disguised; any other is\n"
    "the body of one. NDJSON output has \"x-mutation\": the post that it was made of, the kind, the\n"
    "seed and the number of words in disguise; it can be scanned.\n\n"
    "Examples:\n"
    "  echo 'free casino' | modcore mutate\n"
    "  modcore mutate --kind leet --kind mask --count 5 --seed 7 posts.ndjson\n"
    "  modcore mutate --output ndjson spam.ndjson | modcore scan -r policy.yaml\n\n"
    "Exit status: 0, 1 if a line could not be read, 3 for a wrong option or a missing file.";

struct MutateOptions {
  CommonOptions common;
  std::vector<std::string> inputs;
  std::vector<std::string> kinds;
  std::uint64_t seed = 1;
  std::uint32_t count = 1;
};

std::vector<DisguiseKind> kinds_of(const MutateOptions& options) {
  std::vector<DisguiseKind> kinds;
  for (const std::string& name : options.kinds) {
    if (const auto kind = disguise_kind(name)) {
      kinds.push_back(*kind);
      continue;
    }
    std::string known;
    for (const DisguiseKind kind : disguise_kinds()) known += ' ' + std::string(to_string(kind));
    throw Failure(ExitCode::usage,
                  fmt::format("--kind: there is no `{}`; there is{}", printable(name), known));
  }
  if (!kinds.empty()) return kinds;
  for (const DisguiseKind kind : disguise_kinds()) {
    if (kind != DisguiseKind::mixed) kinds.push_back(kind);
  }
  return kinds;
}

// A post as its input gives it.
struct Original {
  Json post;
  std::string id;  // its own, or the number of its line
};

std::string text_of(const Json& post, const char* field) {
  const auto found = post.find(field);
  return found != post.end() && found->is_string() ? found->get<std::string>() : std::string();
}

class MutateRun {
 public:
  explicit MutateRun(const MutateOptions& options)
      : options_(options),
        kinds_(kinds_of(options)),
        outputs_(open_outputs(options.common.outputs, {Format::text, Format::ndjson, Format::json},
                              is_terminal_output() ? Format::text : Format::ndjson,
                              options.common.color, options.inputs)) {}

  ExitCode run() {
    const std::atomic<bool> stop{false};
    BatchReader reader(options_.inputs, stop);
    while (const auto batch = reader.next()) {
      for (const Line& line : batch->lines) mutate_line(*batch, line);
    }
    for (Output& output : outputs_) output.write({});  // also where there was no post
    return bad_lines_ ? ExitCode::findings : ExitCode::ok;
  }

 private:
  void mutate_line(const Batch& batch, const Line& line) {
    if (!line.problem.empty()) return complain_about(batch, line, line.problem);
    if (line.text.find_first_not_of(" \t") == std::string_view::npos) return;
    Original original{Json::object(), std::to_string(line.number)};
    if (line.text.front() == '{') {
      original.post = Json::parse(line.text, nullptr, false);
      if (!original.post.is_object()) return complain_about(batch, line, "not a post in JSON");
      if (std::string id = text_of(original.post, "id"); !id.empty()) original.id = std::move(id);
    } else {
      original.post["body"] = std::string(line.text);
    }
    for (const DisguiseKind kind : kinds_) {
      for (std::uint32_t i = 0; i < options_.count; ++i) {
        write(original, kind, options_.seed + i);
      }
    }
  }

  void write(const Original& original, DisguiseKind kind, std::uint64_t seed) {
    Json post = original.post;
    std::size_t words = 0;
    std::string line;
    for (const char* const field : {"title", "body"}) {
      const std::string text = text_of(post, field);
      if (text.empty()) continue;
      Mutation made = mutate(text, kind, seed);
      words += made.words;
      line += (line.empty() ? "" : " | ") + printable(made.text);
      post[field] = std::move(made.text);
    }
    post["id"] = fmt::format("{}/{}/{}", original.id, to_string(kind), seed);
    post["x-mutation"] = {
        {"of", original.id}, {"kind", to_string(kind)}, {"seed", seed}, {"words", words}};
    for (Output& output : outputs_) {
      if (output.format() == Format::text) {
        output.write(output.palette().paint(Ink::dim, padded(to_string(kind), 12)) + line + '\n');
      } else {
        output.write(post.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n');
      }
    }
  }

  void complain_about(const Batch& batch, const Line& line, std::string_view why) {
    bad_lines_ = true;
    complain(fmt::format("{}:{}: {}", printable(batch.input), line.number, why));
  }

  const MutateOptions& options_;
  std::vector<DisguiseKind> kinds_;
  std::vector<Output> outputs_;
  bool bad_lines_ = false;
};

}  // namespace

void add_mutate(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<MutateOptions>();
  CLI::App* mutate = app.add_subcommand("mutate", "Disguise posts, to try rules with.");
  mutate->footer(std::string(details));
  mutate->add_option("INPUT", options->inputs, "Files; standard input without any, or for `-`")
      ->type_name("");
  mutate->add_option("-k,--kind", options->kinds, "A way to disguise words; all but mixed without")
      ->type_name("KIND")
      ->allow_extra_args(false);
  mutate->add_option("-n,--count", options->count, "Disguises of each kind, 1 without")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000).description(""));
  mutate->add_option("--seed", options->seed, "Which disguises of the kind, 1 without")
      ->type_name("N");
  add_output_options(*mutate, options->common,
                     "text or ndjson (json is the same), to a file if one is named");
  mutate->callback([options, &exit_code] { exit_code = MutateRun(*options).run(); });
}

}  // namespace modcore::cli
