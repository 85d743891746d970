#include "tooling/report_cards.hpp"

#include <vector>

#include <fmt/format.h>

#include "tooling/html.hpp"

namespace modcore::tooling {
namespace {

std::string pill(std::string_view kind, std::string_view text) {
  return fmt::format("<span class=\"pill {}\">{}</span>", kind, html_text(text));
}

std::string post_list(std::string_view heading, const std::vector<BacktestExample>& examples) {
  if (examples.empty()) return {};
  std::string items;
  for (const BacktestExample& example : examples) items += post_item(example);
  return fmt::format("<h3>{}</h3><ul class=\"posts\">{}</ul>", heading, items);
}

}  // namespace

std::string_view verdict_word(const BacktestRow& rule) { return rule.verdict ? to_string(*rule.verdict) : "points"; }

std::string anchor(std::string_view rule) { return "rule-" + html_attribute(rule); }

std::string post_item(const BacktestExample& example) {
  const std::string_view kind = !example.label ? "" : *example.label ? " right" : " wrong";
  const std::string title = example.title.empty()
                                ? ""
                                : fmt::format("<p class=\"title\" dir=\"auto\">{}</p>", html_marked(example.title, "title", example.evidence));
  return fmt::format("<li class=\"post{}\">{}<p dir=\"auto\">{}</p><p class=\"meta\">{} · {}:{} · {}{}</p></li>", kind, title,
                     html_marked(example.body, "body", example.evidence), html_text(example.id), html_text(example.file),
                     example.line, to_string(example.verdict),
                     !example.label ? "" : *example.label ? " · labelled: catch" : " · labelled: leave alone");
}

std::string rule_card(const BacktestRow& rule, std::uint64_t posts) {
  std::string out = fmt::format(
      "<div class=\"rule\" id=\"{}\" data-name=\"{}\" data-category=\"{}\" data-verdict=\"{}\" data-mistakes=\"{}\"><details><summary>"
      "<b>{}</b>{}{}{}<span class=\"grow\"></span><span class=\"soft small\">{} posts · {}{}</span></summary>",
      anchor(rule.name), html_attribute(rule.name), html_attribute(rule.category), verdict_word(rule), rule.wrong > 0 ? "yes" : "no",
      html_text(rule.name), pill(verdict_word(rule), verdict_word(rule)),
      rule.status == "shadow" ? pill("shadow", "shadow: would have fired") : "",
      rule.wrong > 0 ? pill("wrong", fmt::format("{} mistakes", grouped(rule.wrong))) : "", grouped(rule.posts),
      percent(rule.posts, posts), rule.right + rule.wrong > 0 ? " · precision " + percent(rule.precision().value) : "");
  if (rule.undetermined > 0) {
    out += fmt::format("<p class=\"soft small\">On {} more posts it lacked a fact and could not be decided.</p>", grouped(rule.undetermined));
  }
  out += post_list("Wrongly caught, by the labels", rule.mistakes);
  out += post_list("Examples", rule.examples);
  return out + "</details></div>";
}

}  // namespace modcore::tooling
