#include "cli/judge.hpp"

#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/decision_text.hpp"

namespace modcore::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::optional<Verdict> verdict_named(std::string_view name) {
  for (const Verdict v : {Verdict::allow, Verdict::flag, Verdict::hide, Verdict::escalate}) {
    if (to_string(v) == name) return v;
  }
  return std::nullopt;
}

// `x-expect` is a verdict, or an object that holds one.
std::optional<Verdict> expected_verdict(const PostDocument& document, Summary& summary) {
  const std::string_view json = document.extra("x-expect");
  if (json.empty()) return std::nullopt;
  nlohmann::json value = nlohmann::json::parse(json, nullptr, false);
  if (value.is_object() && value.contains("verdict")) value = nlohmann::json(value["verdict"]);
  const auto verdict = value.is_string() ? verdict_named(value.get<std::string>()) : std::nullopt;
  if (!verdict) {
    summary.notice(fmt::format("x-expect: {} is none of allow, flag, hide, escalate; it does not count",
                               shortened(printable(json), 40)));
  }
  return verdict;
}

std::string place(const Batch& batch, const Line& line) {
  return fmt::format("{}:{}", printable(batch.input), line.number);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

Judge::Judge(const Engine& engine, JudgeOptions options)
    : engine_(engine), scanner_(engine), options_(std::move(options)) {}

JudgedBatch Judge::judge(const Batch& batch) {
  JudgedBatch out;
  out.outputs.resize(options_.formats.size());
  for (const Line& line : batch.lines) judge_line(batch, line, out);
  return out;
}

void Judge::judge_line(const Batch& batch, const Line& line, JudgedBatch& out) {
  const auto bad_line = [&](std::string_view why) {
    ++out.summary.bad_lines;
    out.complaints.push_back(fmt::format("{}: {}", place(batch, line), why));
  };
  if (!line.problem.empty()) return bad_line(line.problem);
  if (is_blank(line.text)) return;
  out.summary.bytes += line.text.size();
  if (line.text.front() != '{') {
    Post post;
    post.body = line.text;
    return judge_post(post, batch, line, out, nullptr);
  }
  const PostDocument document = parse_post(line.text, engine_, options_.names);
  if (!document.error().empty()) {
    return bad_line(fmt::format("not a post in JSON: {}", printable(document.error())));
  }
  for (const std::string& key : document.unknown_keys()) {
    out.summary.unknown_key(printable(key));
  }
  for (const std::string& problem : document.problems()) {
    out.summary.notice(fmt::format("{}; it counts as missing", printable(problem)));
  }
  judge_post(document.post(), batch, line, out, &document);
}

void Judge::judge_post(Post post, const Batch& batch, const Line& line, JudgedBatch& out,
                       const PostDocument* document) {
  std::string id;
  if (post.id.empty()) {
    id = options_.several_inputs ? place(batch, line) : std::to_string(line.number);
    post.id = id;
  }
  const auto start = Clock::now();
  const Decision decision = scanner_.scan(post);
  out.summary.scanning += Clock::now() - start;

  out.summary.add(decision);
  for (const std::string& notice : decision.notices) out.summary.notice(printable(notice));
  if (document != nullptr) {
    if (const auto expected = expected_verdict(*document, out.summary)) out.summary.expect(*expected, decision);
  }
  for (std::size_t i = 0; i < options_.formats.size(); ++i) {
    if (options_.formats[i] != Format::text) {
      out.outputs[i] += to_json(decision) + '\n';
    } else if (options_.allowed_too || decision.verdict != Verdict::allow) {
      out.outputs[i] += render_decision(post, decision, options_.palettes[i]);
    }
  }
}

}  // namespace modcore::cli
