#include "runtime/judge.hpp"

#include <algorithm>
#include <cmath>

#include "ir/languages.hpp"
#include "runtime/arithmetic.hpp"

namespace modcore::runtime {

namespace {

// A rule's points stay far below what 64 bits hold, so that the sum over any
// number of rules is exact and independent of their order.
constexpr std::int64_t most_points = 1'000'000'000'000;  // thousandths

std::int64_t times(std::int64_t points, Value factor, bool whole) {
  const double exact = static_cast<double>(points) *
                       (whole ? static_cast<double>(factor.integer()) : factor.number());
  const double limit = static_cast<double>(most_points);
  return std::llround(std::clamp(exact, -limit, limit));
}

}  // namespace

Judge::Judge(const program::Image& image, Facts& facts, Evaluator& evaluator, Matcher& matcher, PostText& text)
    : image_(image), facts_(facts), evaluator_(evaluator), matcher_(matcher), text_(text), traits_(text),
      needs_(image.rules.size()), woken_(image.rules.size()) {
  for (const program::RuleNeeds& one : image.needs) needs_[one.rule] = one.needs;
}

void Judge::judge(Findings& findings) {
  ++round_;
  traits_.start_post();
  title_bytes_ = text_.title().size();
  text_bytes_ = title_bytes_ + text_.body().size();
  for (const std::uint32_t rule : image_.sleepless) {
    if (is_possible(rule)) consider(rule, findings);
  }
  // Asking the matcher may touch more patterns, which wake nothing.
  for (std::size_t at = 0; at < matcher_.touched().size(); ++at) {
    const std::uint32_t pattern = matcher_.touched()[at];
    const std::uint32_t end = image_.wake_begin[pattern + 1];
    for (std::uint32_t i = image_.wake_begin[pattern]; i < end; ++i) {
      const std::uint32_t rule = image_.waking[i];
      if (woken_[rule] == round_ || !is_possible(rule)) continue;
      if (standing(image_.rules[rule]) != Standing::considered) continue;
      // A fact that a condition asks for first is cheaper than to confirm what woke it.
      if (!asks_fact_first(image_.rules[rule]) && !matcher_.occurs(pattern)) break;
      woken_[rule] = round_;
      consider(rule, findings);
    }
  }
}

bool Judge::asks_fact_first(const program::Rule& rule) const {
  switch (image_.code[rule.when.begin].opcode) {
    case program::Opcode::load_attribute:
    case program::Opcode::is_missing:
    case program::Opcode::measure: return true;
    default: return false;
  }
}

void Judge::consider(std::uint32_t index, Findings& findings) {
  const program::Rule& rule = image_.rules[index];
  if (standing(rule) != Standing::considered) return;
  const bool shadow = rule.status == ir::Status::shadow;
  Fired fired;
  unused_.clear();
  if (ask(index, fired, shadow ? unused_ : findings.undetermined) == Answer::fired) {
    (shadow ? findings.shadow : findings.fired).push_back(fired);
  }
}

Standing Judge::standing(const program::Rule& rule) {
  if (rule.status == ir::Status::off) return Standing::off;
  if (rule.active_from && facts_.now() < *rule.active_from) return Standing::not_in_force;
  if (rule.expires && facts_.now() >= *rule.expires) return Standing::not_in_force;
  const bool asked = facts_.lang().empty() ? rule.without_language : speaks(rule);
  return asked ? Standing::considered : Standing::other_language;
}

bool Judge::speaks(const program::Rule& rule) const {
  return rule.languages.empty() ||
         std::ranges::any_of(rule.languages, [this](const std::string& tag) {
           return ir::covers(tag, facts_.lang());
         });
}

Answer Judge::ask(std::uint32_t index, Fired& fired, std::vector<Undetermined>& undetermined) {
  const program::Rule& rule = image_.rules[index];
  const Value when = evaluator_.run(rule.when);
  if (!when.known()) {
    note(index, Part::when, {rule.when}, undetermined);
    return Answer::undetermined;
  }
  if (!when.boolean()) return Answer::not_fired;
  if (!rule.unless.empty() && exemption(rule, index, undetermined).is(true)) return Answer::spared;
  fired = {.rule = index};
  if (rule.escalation && rule.escalation->condition) {
    const Value raise = evaluator_.run(*rule.escalation->condition);
    fired.raised = raise.is(true);
    if (!raise.known()) note(index, Part::escalate, {*rule.escalation->condition}, undetermined);
  }
  if (rule.score) fired.points = points(*rule.score, index, undetermined);
  return Answer::fired;
}

// True if any exemption is true; what is unknown is noted only if none is.
Value Judge::exemption(const program::Rule& rule, std::uint32_t index,
                       std::vector<Undetermined>& undetermined) {
  std::vector<program::Fragment> unknown;
  for (const program::Fragment& unless : rule.unless) {
    const Value value = evaluator_.run(unless);
    if (value.is(true)) return value;
    if (!value.known()) unknown.push_back(unless);
  }
  if (unknown.empty()) return Value::of(false);
  note(index, Part::unless, unknown, undetermined);
  return {};
}

std::int64_t Judge::points(const program::Score& score, std::uint32_t index,
                           std::vector<Undetermined>& undetermined) {
  std::int64_t result = std::clamp(score.points, -most_points, most_points);
  if (score.per) {
    const Value factor = evaluator_.run(*score.per);
    if (!factor.known()) {
      note(index, Part::score, {*score.per}, undetermined);
      return 0;
    }
    const ir::Type type = image_.nodes[score.per->nodes_end - 1].type;
    result = times(score.points, factor, program::stack_type(type) == 'i');
  }
  return score.max ? std::min(result, *score.max) : result;
}

void Judge::note(std::uint32_t rule, Part part, const std::vector<program::Fragment>& unknown,
                 std::vector<Undetermined>& undetermined) {
  std::set<std::string, std::less<>> names;
  std::vector<Value> values;
  for (const program::Fragment& fragment : unknown) {
    evaluator_.trace(fragment, values);
    evaluator_.add_missing(fragment, values, names);
  }
  undetermined.push_back({rule, part, {names.begin(), names.end()}});
}

}  // namespace modcore::runtime
