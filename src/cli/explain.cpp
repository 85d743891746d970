// modcore explain: why a rule did or did not fire, or what a diagnostic means.
#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <modcore/modcore.hpp>
#include <nlohmann/json.hpp>

#include "cli/condition_tree.hpp"
#include "cli/decision_text.hpp"
#include "cli/disguises_text.hpp"
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
    "Exit status: 0, 1 if a post could not be read, 2 if the rules do not compile, 3 for an unknown\n"
    "id, a wrong option or a missing file.";

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

// The page without the marks of Markdown: headings, and code apart from text.
std::string render_page(std::string_view page, const Palette& palette) {
  std::string out;
  bool code = false;
  for (std::size_t begin = page.find('\n') + 1; begin < page.size();) {
    const std::size_t end = std::min(page.find('\n', begin), page.size());
    const std::string_view line = page.substr(begin, end - begin);
    begin = end + 1;
    if (line.starts_with("```")) {
      code = !code;
    } else if (!code && line.starts_with("## ")) {
      out += palette.paint(Ink::bold, line.substr(3)) + '\n';
    } else {
      out += code ? fmt::format("    {}\n", line) : fmt::format("{}\n", line);
    }
  }
  return out;
}

std::string render_diagnostic(const DiagnosticInfo& info, const Palette& palette) {
  return fmt::format("{} {} ({}{})\n{}", palette.paint(Ink::bold, info.id), info.name,
                     to_string(info.severity), info.enabled ? "" : ", off unless set",
                     render_page(diagnostic_page(info.id), palette));
}

std::string diagnostic_json(const DiagnosticInfo& info) {
  const nlohmann::ordered_json json{{"schema", "modcore.diagnostic/1"},
                                    {"id", info.id},
                                    {"name", info.name},
                                    {"severity", to_string(info.severity)},
                                    {"summary", info.summary},
                                    {"message", info.message},
                                    {"help", info.help},
                                    {"page", diagnostic_page(info.id)}};
  return json.dump() + '\n';
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

std::string as_utc(std::chrono::sys_seconds instant) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(instant.time_since_epoch().count()));
}

// Its status, and what its dates make of that at this moment.
std::string standing(const RuleInfo& rule) {
  const auto now = std::chrono::system_clock::now();
  std::string text(to_string(rule.status));
  if (rule.status == RuleStatus::off) return text;
  if (rule.expires && now >= *rule.expires) return "expired on " + as_utc(*rule.expires);
  if (rule.active_from && now < *rule.active_from) {
    text += ", but off until " + as_utc(*rule.active_from);
  }
  if (rule.expires) text += ", expires on " + as_utc(*rule.expires);
  return text;
}

std::string render_info(const RuleInfo& rule, const Palette& palette) {
  return fmt::format("{}\n  {}:{}\n  category {}, {}, severity {}, {}\n",
                     palette.paint(Ink::bold, rule.id), printable(rule.file), rule.line,
                     rule.category,
                     rule.verdict ? std::string(to_string(*rule.verdict)) : "points only",
                     to_string(rule.severity), standing(rule));
}

std::string info_json(const RuleInfo& rule) {
  const auto date = [](const auto& instant) {
    return instant ? nlohmann::ordered_json(as_utc(*instant)) : nlohmann::ordered_json();
  };
  nlohmann::ordered_json json{{"schema", "modcore.rule/1"},
                              {"id", rule.id},
                              {"file", rule.file},
                              {"line", rule.line},
                              {"category", rule.category}};
  json["verdict"] = rule.verdict ? nlohmann::ordered_json(to_string(*rule.verdict)) : nullptr;
  json["severity"] = to_string(rule.severity);
  json["status"] = to_string(rule.status);
  json["active_from"] = date(rule.active_from);
  json["expires"] = date(rule.expires);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string read_posts(const std::string& file) {
  const std::atomic<bool> stop{false};
  BatchReader reader({file}, stop);
  std::string all;
  while (const auto batch = reader.next()) {
    for (const Line& line : batch->lines) {
      if (!line.problem.empty()) {
        throw Failure(ExitCode::findings, fmt::format("{}: {}", file, line.problem));
      }
    }
    all += batch->data;
  }
  return all;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
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
  if (!explanation.disguises.empty()) out += render_disguises(explanation.disguises, palette) + '\n';
  return explanation.views.empty() ? out : out + render_views(explanation, palette);
}

class PostExplainer {
 public:
  PostExplainer(const ExplainOptions& options, const Engine& engine, std::vector<Output>& outputs)
      : options_(options), engine_(engine), scanner_(engine), outputs_(outputs) {}

  // A file may hold one post as a JSON document or as plain text, or one post a line.
  ExitCode run() {
    const bool inline_json = without_blanks(options_.post).starts_with('{');
    std::error_code ignored;
    if (!inline_json && options_.post != "-" && !std::filesystem::exists(options_.post, ignored)) {
      throw Failure(ExitCode::usage, fmt::format("cannot read `{}`: no such file; a post is written here as JSON, "
                                                 "--post '{{\"body\": \"...\"}}'", printable(options_.post)));
    }
    const std::string text = inline_json ? options_.post : read_posts(options_.post);
    if (!without_blanks(text).starts_with('{')) {
      Post post;
      post.body = text;
      explain(post);
      return ExitCode::ok;
    }
    const PostDocument whole = parse_post(text, engine_);
    const std::string_view first = without_blanks(text).substr(0, without_blanks(text).find('\n'));
    if (whole.error().empty() || !parse_post(first, engine_).error().empty()) {
      explain(whole, "the post");
    } else {
      explain_lines(text);
    }
    return bad_posts_ ? ExitCode::findings : ExitCode::ok;
  }

 private:
  void explain_lines(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = without_blanks(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      const std::string place = fmt::format("line {}", number);
      if (line.starts_with('{')) {
        explain(parse_post(line, engine_), place);
      } else if (!line.empty()) {
        Post post;
        post.body = line;
        explain(post);
      }
    }
  }

  void explain(const PostDocument& document, std::string_view place) {
    if (!document.error().empty()) {
      bad_posts_ = true;
      return complain(fmt::format("{} is no post in JSON: {}", place, document.error()));
    }
    for (const std::string& key : document.unknown_keys()) {
      complain(fmt::format("ignored a key that no field bears: {}", key));
    }
    for (const std::string& problem : document.problems()) {
      complain(fmt::format("{}; it counts as missing", problem));
    }
    explain(document.post());
  }

  void explain(const Post& post) {
    const Explanation explanation = scanner_.explain(post, options_.subject);
    const bool one_rule = !options_.subject.empty();
    for (Output& output : outputs_) {
      output.write(output.format() == Format::json
                       ? to_json(explanation) + '\n'
                       : render_explanation(post, explanation, one_rule, output.palette()));
    }
  }

  const ExplainOptions& options_;
  const Engine& engine_;
  Scanner scanner_;
  std::vector<Output>& outputs_;
  bool bad_posts_ = false;
};

ExitCode run(const ExplainOptions& options) {
  if (options.subject.empty() && options.post.empty()) {
    throw Failure(ExitCode::usage, "name a rule or a diagnostic, or give a --post");
  }
  std::vector<Output> outputs = open_outputs(options.common.outputs, {Format::text, Format::json},
                                             Format::text, options.common.color,
                                             rule_paths(options.common));
  if (const DiagnosticInfo* info = find_diagnostic(options.subject); info != nullptr) {
    for (Output& output : outputs) {
      output.write(output.format() == Format::json ? diagnostic_json(*info)
                                                   : render_diagnostic(*info, output.palette()));
    }
    return ExitCode::ok;
  }
  const Engine engine = compile_or_fail(options.common);
  if (options.post.empty()) {
    const RuleInfo& rule = find_rule(engine, options.subject);
    for (Output& output : outputs) {
      output.write(output.format() == Format::json ? info_json(rule)
                                                   : render_info(rule, output.palette()));
    }
    return ExitCode::ok;
  }
  if (!options.subject.empty()) static_cast<void>(find_rule(engine, options.subject));
  return PostExplainer(options, engine, outputs).run();
}

}  // namespace

void add_explain(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* explain = app.add_subcommand(
      "explain",
      "Explain why a rule fired on a post or did not, or what a diagnostic means.");
  explain->footer(std::string(examples));
  explain->add_option("RULE|ID", options->subject, "A rule id, or a diagnostic (M101)")->type_name("");
  explain->add_option("--post", options->post, "A post as JSON, or a file of posts (`-`: standard input)")
      ->type_name("JSON|FILE");
  add_rule_options(*explain, options->common);
  add_output_options(*explain, options->common, "text or json, to a file if one is named");
  explain->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace modcore::cli
