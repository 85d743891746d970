// Scanner::explain: the decision, and the reasons for it.
#include <algorithm>
#include <array>
#include <iterator>

#include "api/explain_condition.hpp"
#include "api/explain_disguises.hpp"
#include "api/near_misses.hpp"
#include "api/scanner_state.hpp"
#include "text/disguise.hpp"

namespace modcore {

namespace {

using runtime::Standing;

bool is_suppressed(const Decision& decision, std::string_view rule) {
  return std::ranges::any_of(decision.suppressed,
                             [rule](const SuppressedRule& one) { return one.rule == rule; });
}

std::string outcome_of(runtime::Session& session, std::uint32_t index, const Decision& decision) {
  const program::Rule& rule = session.image().rules[index];
  switch (session.judge().standing(rule)) {
    case Standing::off: return "off";
    case Standing::not_in_force: return "not in force";
    case Standing::other_language: return "other language";
    case Standing::considered: break;
  }
  runtime::Fired fired;
  std::vector<runtime::Undetermined> undetermined;
  const runtime::Answer answer = session.judge().ask(index, fired, undetermined);
  if (answer != runtime::Answer::fired) return std::string(api::to_string(answer));
  if (rule.status == ir::Status::shadow) return "shadow";
  return is_suppressed(decision, rule.id) ? "suppressed" : "fired";
}

std::vector<ExplainedView> views_of(runtime::Session& session) {
  static constexpr std::array<std::pair<text::View, std::string_view>, 4> kinds = {
      {{text::View::repaired, "repaired"}, {text::View::fold, "fold"},
       {text::View::words, "words"}, {text::View::digits, "digits"}}};
  runtime::PostText& post = session.text();
  std::vector<ExplainedView> out;
  for (std::size_t i = 0; i < post.pieces().size(); ++i) {
    const auto piece = static_cast<runtime::PieceId>(i);
    const runtime::SourceText& source = post.sources()[post.piece(piece).source];
    const std::string field = runtime::source_name(session.image(), source);
    out.push_back({field, "original", std::string(post.text(piece))});
    for (const auto& [view, name] : kinds) {
      out.push_back({field, std::string(name), std::string(post.views(piece).get(view))});
    }
    out.push_back({field, "skeleton", text::skeleton(post.text(piece))});
  }
  return out;
}

}  // namespace

Explanation Scanner::explain(const Post& post, std::string_view rule) {
  Explanation out;
  out.decision = scan(post);
  runtime::Session& session = *state_->session;
  const std::vector<program::Rule>& rules = session.image().rules;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (!rule.empty() && rules[i].id != rule) continue;
    out.rules.push_back(api::explain_rule(session, i, outcome_of(session, i, out.decision)));
    ExplainedRule& explained = out.rules.back();
    if (!rule.empty() && (explained.outcome == "not fired" || explained.outcome == "undetermined")) {
      std::ranges::move(api::near_misses(session, *state_->plan, post, rules[i]), std::back_inserter(explained.parts));
    }
    api::add_disguises(session, *state_->plan, rules[i], out.disguises);
  }
  out.views = views_of(session);
  return out;
}

}  // namespace modcore
