// The difference of two policies as JSON and as Markdown.
#include <algorithm>

#include <fmt/format.h>

#include <modcore/json.hpp>
#include <modcore/corpus.hpp>

#include "api/json_writer.hpp"
#include "tooling/html.hpp"
#include "tooling/markdown.hpp"

namespace modcore {

namespace {

using api::JsonWriter;
using tooling::grouped;
using tooling::markdown_code;
using tooling::markdown_excerpt;

std::string_view word(RuleChange::Kind kind) {
  switch (kind) {
    case RuleChange::Kind::added: return "added";
    case RuleChange::Kind::removed: return "removed";
    case RuleChange::Kind::changed: return "changed";
  }
  return {};
}

class Writer {
 public:
  explicit Writer(std::string& out) : json_(out) {}

  void diff(const PolicyDiff& d) {
    json_.begin_object().key("schema").text("modcore.diff/1");
    json_.key("rules").array(d.rules, [&](const RuleChange& rule) { this->rule(rule); });
    aspects("policy", d.policy);
    json_.key("tests").begin_object();
    number("added", d.tests_added);
    number("removed", d.tests_removed);
    number("posts", d.test_posts);
    json_.key("changed").array(d.tests, [&](const TestChange& test) {
      json_.begin_object().key("title").text(test.title).key("name").text(test.name);
      json_.key("before").text(to_string(test.before)).key("after").text(to_string(test.after));
      json_.key("message").text(test.message).end_object();
    });
    flips("flips", d.test_flips);
    json_.end_object();
    json_.key("corpus").begin_object();
    number("posts", d.posts);
    number("flipped", d.flipped());
    json_.key("verdicts").begin_array();
    for (std::size_t a = 0; a < d.verdicts.size(); ++a) {
      for (std::size_t b = 0; b < d.verdicts.size(); ++b) {
        if (d.verdicts[a][b] == 0) continue;
        json_.begin_object().key("before").text(to_string(static_cast<Verdict>(a)));
        json_.key("after").text(to_string(static_cast<Verdict>(b)));
        number("posts", d.verdicts[a][b]);
        json_.end_object();
      }
    }
    json_.end_array();
    flips("flips", d.flips);
    json_.end_object().end_object();
  }

 private:
  void number(std::string_view key, std::uint64_t value) { json_.key(key).integer(static_cast<std::int64_t>(value)); }
  void aspects(std::string_view key, const std::vector<AspectChange>& changes) {
    json_.key(key).array(changes, [&](const AspectChange& change) {
      json_.begin_object().key("aspect").text(change.aspect).key("before").text(change.before);
      json_.key("after").text(change.after).key("added").texts(change.added).key("removed").texts(change.removed);
      json_.end_object();
    });
  }
  void rule(const RuleChange& rule) {
    json_.begin_object().key("rule").text(rule.rule).key("change").text(word(rule.kind));
    json_.key("category").text(rule.category).key("verdict");
    rule.verdict ? json_.text(to_string(*rule.verdict)) : json_.null();
    json_.key("title").text(rule.title).key("file").text(rule.where.file);
    number("line", rule.where.line);
    aspects("aspects", rule.aspects);
    number("posts_before", rule.posts_before);
    number("posts_after", rule.posts_after);
    json_.end_object();
  }
  void flips(std::string_view key, const std::vector<VerdictFlip>& flips) {
    json_.key(key).array(flips, [&](const VerdictFlip& flip) {
      json_.begin_object().key("before").text(to_string(flip.before)).key("after").text(to_string(flip.after));
      json_.key("rules_before").texts(flip.rules_before).key("rules_after").texts(flip.rules_after);
      json_.key("id").text(flip.example.id).key("file").text(flip.example.file);
      number("line", flip.example.line);
      json_.key("title").text(flip.example.title).key("body").text(flip.example.body).end_object();
    });
  }

  JsonWriter json_;
};

// ---- Markdown ------------------------------------------------------------------

constexpr std::size_t most_names = 12;   // of a list that changed
constexpr std::size_t most_flips = 30;

std::string names(const std::vector<std::string>& list) {
  std::string out;
  for (std::size_t i = 0; i < std::min(list.size(), most_names); ++i) out += (i > 0 ? ", " : "") + markdown_code(list[i], 80);
  if (list.size() > most_names) out += fmt::format(" and {} more", list.size() - most_names);
  return out;
}

std::string told(const AspectChange& change) {
  std::string out = fmt::format("**{}**", tooling::markdown_text(change.aspect));
  if (!change.added.empty()) out += " added " + names(change.added);
  if (!change.removed.empty()) out += fmt::format("{} removed {}", change.added.empty() ? "" : ",", names(change.removed));
  if (!change.added.empty() || !change.removed.empty()) return out;
  if (change.before.empty() && change.after.empty()) return out + " means something else";
  if (change.before.empty()) return out + " is now " + markdown_code(change.after, 400);
  if (change.after.empty()) return out + " is gone; it was " + markdown_code(change.before, 400);
  return out + fmt::format(" {} → {}", markdown_code(change.before, 400), markdown_code(change.after, 400));
}

std::string rule_lines(const PolicyDiff& diff, RuleChange::Kind kind, std::string_view heading) {
  std::string out;
  for (const RuleChange& rule : diff.rules) {
    if (rule.kind != kind) continue;
    out += fmt::format("- `{}`", rule.rule);
    if (kind != RuleChange::Kind::changed) {
      out += fmt::format(" ({}{}{})", rule.category, rule.verdict ? ", " : "", rule.verdict ? to_string(*rule.verdict) : "");
      if (!rule.title.empty()) out += " " + tooling::markdown_text(rule.title);
    }
    if (diff.posts > 0 && rule.posts_before != rule.posts_after) {
      out += fmt::format(": {} → {} posts of the corpus", grouped(rule.posts_before), grouped(rule.posts_after));
    }
    out += '\n';
    for (const AspectChange& change : rule.aspects) out += "  - " + told(change) + '\n';
  }
  return out.empty() ? out : fmt::format("\n### {}\n\n{}", heading, out);
}

std::string flip_lines(const std::vector<VerdictFlip>& flips) {
  std::string out;
  for (std::size_t i = 0; i < std::min(flips.size(), most_flips); ++i) {
    const VerdictFlip& flip = flips[i];
    out += fmt::format("| {} → **{}** | {} | ", to_string(flip.before), to_string(flip.after), markdown_excerpt(flip.example));
    for (const std::string& rule : flip.rules_after) out += fmt::format("+ `{}` ", rule);
    for (const std::string& rule : flip.rules_before) out += fmt::format("− `{}` ", rule);
    out += "|\n";
  }
  if (out.empty()) return out;
  out = "\n| | post | rules |\n|---|---|---|\n" + out;
  return flips.size() > most_flips ? out + fmt::format("\n{} more examples are in the JSON.\n", flips.size() - most_flips) : out;
}

std::string corpus_part(const PolicyDiff& diff) {
  std::string out = fmt::format("\n### On {} posts of the corpus\n\n", grouped(diff.posts));
  if (diff.flipped() == 0) return out + "No verdict changes.\n";
  out += fmt::format("**{} of {} posts ({}) get another verdict.**\n\n| before \\\\ after |", grouped(diff.flipped()),
                     grouped(diff.posts), tooling::percent(diff.flipped(), diff.posts));
  for (std::size_t b = 0; b < 4; ++b) out += fmt::format(" {} |", to_string(static_cast<Verdict>(b)));
  out += "\n|---|--:|--:|--:|--:|\n";
  for (std::size_t a = 0; a < 4; ++a) {
    out += fmt::format("| {} |", to_string(static_cast<Verdict>(a)));
    for (std::size_t b = 0; b < 4; ++b) {
      const std::string count = grouped(diff.verdicts[a][b]);
      out += a != b && diff.verdicts[a][b] > 0 ? fmt::format(" **{}** |", count) : fmt::format(" {} |", count);
    }
    out += '\n';
  }
  return out + flip_lines(diff.flips);
}

std::string test_part(const PolicyDiff& diff) {
  if (diff.tests.empty() && diff.test_flips.empty() && diff.tests_added + diff.tests_removed == 0) return {};
  std::string out = fmt::format("\n### Tests\n\n{} added, {} removed.\n", diff.tests_added, diff.tests_removed);
  if (!diff.tests.empty()) out += '\n';
  for (const TestChange& test : diff.tests) {
    out += fmt::format("- `{}` {}: {} → **{}**\n", test.title, markdown_code(test.name, 100), to_string(test.before), to_string(test.after));
  }
  if (!diff.test_flips.empty()) {
    out += fmt::format("\n{} of {} posts of the tests get another verdict.\n", diff.test_flips.size(), diff.test_posts);
    out += flip_lines(diff.test_flips);
  }
  return out;
}

}  // namespace

std::string to_json(const PolicyDiff& diff) {
  std::string out;
  Writer(out).diff(diff);
  return out;
}

std::string to_markdown(const PolicyDiff& diff) {
  std::string out = "## What changes in moderation\n";
  if (diff.empty()) return out + "\nNothing: both mean the same.\n";
  if (diff.posts > 0) out += corpus_part(diff);
  out += rule_lines(diff, RuleChange::Kind::added, "New rules");
  out += rule_lines(diff, RuleChange::Kind::removed, "Rules that are gone");
  out += rule_lines(diff, RuleChange::Kind::changed, "Changed rules");
  if (!diff.policy.empty()) {
    out += "\n### Policy\n\n";
    for (const AspectChange& change : diff.policy) out += "- " + told(change) + '\n';
  }
  return out + test_part(diff);
}

}  // namespace modcore
