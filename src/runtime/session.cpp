#include "runtime/session.hpp"

#include <algorithm>

#include "runtime/describe.hpp"

namespace modcore::runtime {

Session::Session(std::shared_ptr<const program::Image> image, std::shared_ptr<const MatchPlan> plan)
    : image_(std::move(image)), matcher_(std::move(plan)), facts_(*image_, pool_),
      evaluator_(*image_, facts_, text_, matcher_, pool_),
      judge_(*image_, facts_, evaluator_, matcher_, text_) {
  text_.configure(image_->fields, image_->limits.text_bytes);
}

void Session::start(const Post& post) {
  started_ = post;
  read(started_);
}

void Session::read(const Post& post) {
  pool_.clear();
  evaluator_.start_post();
  facts_.set(post);
  text_.set(post, facts_.host_texts());
  matcher_.run(text_, facts_.lang());
}

Decision Session::scan(const Post& post) {
  read(post);
  Decision decision = decide();
  if (!post.id.empty()) decision.id = post.id;
  return decision;
}

Decision Session::decide() {
  findings_.clear();
  judge_.judge(findings_);
  Decision decision;
  const bool limited = any_limit() && add_limits(decision.limits) && !image_->limits.reached_allows;
  if (!facts_.notices().empty()) decision.notices = facts_.notices();
  if (findings_.empty() && !limited) return decision;  // most posts
  Combined combined;
  if (!findings_.fired.empty()) combined = combine(*image_, findings_.fired);
  if (limited) combined.attention = std::max(combined.attention, Attention::flag);
  describe(*image_, combined, evidence(), decision);
  describe(*image_, findings_.undetermined, decision);
  add_shadow(limited, decision);
  return decision;
}

// What the headline would be if one rule in shadow were active, each alone.
void Session::add_shadow(bool limited, Decision& decision) {
  std::ranges::sort(findings_.shadow, {}, &Fired::rule);
  for (const Fired& shadow : findings_.shadow) {
    std::vector<Fired> fired = findings_.fired;
    fired.push_back(shadow);
    Combined combined = combine(*image_, fired);
    if (limited) combined.attention = std::max(combined.attention, Attention::flag);
    const program::Rule& rule = image_->rules[shadow.rule];
    decision.shadow.push_back({rule.id, verdict_of(rule, shadow.raised),
                               headline(combined.hidden, combined.attention)});
  }
}

bool Session::any_limit() const noexcept {
  return !text_.truncated().empty() || matcher_.limited();
}

bool Session::add_limits(std::vector<std::string>& limits) {
  for (const std::uint32_t source : text_.truncated()) {
    limits.push_back("text_bytes: " + source_name(*image_, text_.sources()[source]));
  }
  bool reached = !limits.empty();
  reached |= add_pattern_limits("matches", matcher_.flooded(), limits);
  reached |= add_pattern_limits("confirmation", matcher_.given_up(), limits);
  return reached;
}

// A pattern's limit concerns a post only if its rule is asked about it, and
// decides only if the rule does.
bool Session::add_pattern_limits(std::string_view what, std::span<const std::uint32_t> patterns,
                                 std::vector<std::string>& limits) {
  bool reached = false;
  for (const std::uint32_t index : patterns) {
    const program::Pattern& pattern = image_->patterns[index];
    const program::Rule& rule = image_->rules[static_cast<std::size_t>(pattern.rule)];
    if (judge_.standing(rule) != Standing::considered) continue;
    limits.push_back(std::string(what) + ": " + rule.id + " $" + pattern.name);
    reached |= rule.status == ir::Status::active;
  }
  return reached;
}

}  // namespace modcore::runtime
