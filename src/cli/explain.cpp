// modcore explain: why a rule did or did not fire, or what a diagnostic means.
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/modcore.hpp>

#include "cli/condition_tree.hpp"
#include "cli/decision_text.hpp"
#include "cli/failure.hpp"
#include "cli/input.hpp"
#include "cli/rules.hpp"
#include "cli/summary.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

struct ExplainOptions {
  CommonOptions common;
  std::string subject;
  std::string post;
};

constexpr std::string_view examples =
    "With a post: the value of every node of the rule's condition, and the text as the patterns\n"
    "saw it. Without a post: where the rule stands and what it is.\n\n"
    "Examples:\n"
    "  modcore explain M101\n"
    "  modcore explain spam.casino-bonus -r spam\n"
    "  modcore explain spam.casino-bonus --post '{\"body\": \"Casino bonus: 100 free spins\"}'\n"
    "  modcore explain --post post.json      every rule that did not simply stay silent\n\n"
    "Exit status: 0, 2 if the rules do not compile, 3 for an unknown id, a wrong option or a\n"
    "missing file.";

const DiagnosticInfo* find_diagnostic(const std::string& subject) {
  std::string upper = subject;
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto catalogue = diagnostic_catalogue();
  const auto found = std::ranges::find_if(catalogue, [&](const DiagnosticInfo& info) {
    return info.id == upper || info.name == subject;
  });
  return found == catalogue.end() ? nullptr : &*found;
}

std::string render_diagnostic(const DiagnosticInfo& info, const Palette& palette) {
  return fmt::format("{} {} ({})\n\n{}\n", palette.paint(Ink::bold, info.id), info.name,
                     to_string(info.severity), info.summary);
}

const RuleInfo& find_rule(const Engine& engine, const std::string& id) {
  const auto rules = engine.rules();
  const auto found = std::ranges::find(rules, id, &RuleInfo::id);
  if (found != rules.end()) return *found;
  std::string near;
  for (const RuleInfo& rule : rules) {
    if (rule.id.find(id) != std::string_view::npos) near += ' ' + std::string(rule.id);
  }
  throw Failure(ExitCode::usage,
                fmt::format("no rule and no diagnostic is named `{}`{}", printable(id),
                            near.empty() ? "" : "; there is" + near));
}

std::string render_info(const RuleInfo& rule, const Palette& palette) {
  return fmt::format("{}\n  {}:{}\n  category {}, {}, severity {}, {}\n",
                     palette.paint(Ink::bold, rule.id), printable(rule.file), rule.line,
                     rule.category,
                     rule.verdict ? std::string(to_string(*rule.verdict)) : "points only",
                     to_string(rule.severity), to_string(rule.status));
}

// The first post of a file: a JSON document over several lines, a line of
// NDJSON, or plain text.
std::string read_first_post(const std::string& file) {
  const std::atomic<bool> stop{false};
  BatchReader reader({file}, stop);
  std::string all;
  while (const auto batch = reader.next()) {
    for (const Line& line : batch->lines) {
      if (!line.problem.empty()) {
        throw Failure(ExitCode::findings, fmt::format("{}: {}", printable(file), line.problem));
      }
    }
    all += batch->data;
  }
  return all;
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

PostDocument parse_json_post(std::string_view text, const Engine& engine) {
  PostDocument document = parse_post(text, engine);
  if (!document.error().empty() && first_line(text).size() < text.size()) {
    PostDocument first = parse_post(first_line(text), engine);
    if (first.error().empty()) return first;
  }
  if (!document.error().empty()) {
    throw Failure(ExitCode::findings,
                  fmt::format("not a post in JSON: {}", printable(document.error())));
  }
  for (const std::string& key : document.unknown_keys()) {
    complain(fmt::format("ignored a key that no field bears: {}", printable(key)));
  }
  for (const std::string& problem : document.problems()) {
    complain(fmt::format("{}; it counts as missing", printable(problem)));
  }
  return document;
}

std::string render_views(const Explanation& explanation, const Palette& palette) {
  std::string out = palette.paint(Ink::bold, "the text as the patterns saw it") + '\n';
  for (const ExplainedView& view : explanation.views) {
    out += fmt::format("  {} {}\n", palette.paint(Ink::dim, padded(view.field + ", " + view.view, 20)),
                       highlighted(view.text, {}, Palette(false)));
  }
  return out;
}

std::string render_explanation(const Post& post, const Explanation& explanation, bool one_rule,
                               const Palette& palette) {
  std::string out = render_decision(post, explanation.decision, palette);
  for (const ExplainedRule& rule : explanation.rules) {
    if (one_rule || rule.outcome != "not fired") out += render_rule(rule, palette) + '\n';
  }
  return explanation.views.empty() ? out : out + render_views(explanation, palette);
}

void explain_post(const ExplainOptions& options, const Engine& engine, std::vector<Output>& outputs) {
  const bool inline_json = without_blanks(options.post).starts_with('{');
  const std::string text = inline_json ? options.post : read_first_post(options.post);
  const std::string_view content = without_blanks(text);
  std::optional<PostDocument> document;
  Post post;
  if (content.starts_with('{')) {
    document = parse_json_post(content, engine);
    post = document->post();
  } else {
    post.body = text;
  }
  Scanner scanner(engine);
  const Explanation explanation = scanner.explain(post, options.subject);
  for (Output& output : outputs) {
    output.write(output.format() == Format::json
                     ? to_json(explanation) + '\n'
                     : render_explanation(post, explanation, !options.subject.empty(), output.palette()));
  }
}

ExitCode run(const ExplainOptions& options) {
  if (options.subject.empty() && options.post.empty()) {
    throw Failure(ExitCode::usage, "name a rule or a diagnostic, or give a --post");
  }
  std::vector<Output> outputs = open_outputs(options.common.outputs, {Format::text, Format::json},
                                             Format::text, options.common.color,
                                             rule_paths(options.common));
  if (const DiagnosticInfo* info = find_diagnostic(options.subject); info != nullptr) {
    for (Output& output : outputs) output.write(render_diagnostic(*info, output.palette()));
    return ExitCode::ok;
  }
  const Engine engine = compile_or_fail(options.common);
  if (options.post.empty()) {
    const RuleInfo& rule = find_rule(engine, options.subject);
    for (Output& output : outputs) output.write(render_info(rule, output.palette()));
    return ExitCode::ok;
  }
  if (!options.subject.empty()) static_cast<void>(find_rule(engine, options.subject));
  explain_post(options, engine, outputs);
  return ExitCode::ok;
}

}  // namespace

void add_explain(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* explain = app.add_subcommand(
      "explain",
      "Explain why a rule fired on a post or did not, or what a diagnostic means.");
  explain->footer(std::string(examples));
  explain->add_option("RULE|ID", options->subject, "A rule id, or a diagnostic (M101)")->type_name("");
  explain->add_option("--post", options->post, "A post as JSON, or a file that holds one (`-`: standard input)")
      ->type_name("JSON|FILE");
  add_rule_options(*explain, options->common);
  add_output_options(*explain, options->common, "text or json, to a file if one is named");
  explain->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace modcore::cli
