#include "runtime/describe.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace modcore::runtime {

namespace {

double points(std::int64_t thousandths) { return static_cast<double>(thousandths) / 1000; }

LocalizedText localized(const ir::LocalizedText& text, const std::string& fallback) {
  LocalizedText out;
  for (const auto& [lang, value] : text.entries) out.entries.push_back({lang, value});
  if (!out.entries.empty()) out.fallback = fallback;
  return out;
}

FiredRule fired_rule(const program::Image& image, const Fired& fired, const EvidenceReader& evidence) {
  const program::Rule& rule = image.rules[fired.rule];
  FiredRule out;
  out.rule = rule.id;
  const program::RuleTexts& texts = rule.texts.or_none();
  out.title = localized(texts.title, image.first_language);
  out.reason = localized(texts.reason, image.first_language);
  out.category = image.categories[static_cast<std::size_t>(rule.category)].name;
  out.verdict = verdict_of(rule, fired.raised);
  out.severity = static_cast<RuleSeverity>(rule.severity);
  out.points = points(fired.points);
  out.guideline = texts.guideline;
  out.meta = texts.meta;
  out.evidence = evidence.of_rule(rule);
  return out;
}

CrossedThreshold crossed_threshold(const program::Image& image, const Crossed& crossed) {
  CrossedThreshold out;
  out.category = image.categories[crossed.category].name;
  out.verdict = crossed.verdict;
  out.points = points(crossed.points);
  for (const std::uint32_t rule : crossed.rules) out.rules.push_back(image.rules[rule].id);
  return out;
}

Route route(const program::Image& image, const Called& called) {
  Route out;
  out.to = image.routes[called.route].name;
  if (called.within) out.within = std::chrono::seconds(*called.within);
  out.urgency = called.urgency;
  return out;
}

}  // namespace

void describe(const program::Image& image, const Combined& combined,
              const EvidenceReader& evidence, Decision& decision) {
  decision.hidden = combined.hidden;
  decision.attention = combined.attention;
  decision.verdict = headline(combined.hidden, combined.attention);
  for (const Fired& fired : combined.fired) {
    decision.fired.push_back(fired_rule(image, fired, evidence));
  }
  for (const Crossed& crossed : combined.crossed) {
    decision.crossed.push_back(crossed_threshold(image, crossed));
  }
  for (const Suppressed& one : combined.suppressed) {
    decision.suppressed.push_back({image.rules[one.rule].id, image.rules[one.by].id});
  }
  for (const CategoryPoints& score : combined.scores) {
    decision.scores.push_back({image.categories[score.category].name, points(score.points)});
  }
  for (const Called& called : combined.routes) decision.routes.push_back(route(image, called));
}

void describe(const program::Image& image, std::vector<Undetermined>& undetermined,
              Decision& decision) {
  std::ranges::sort(undetermined, [](const Undetermined& a, const Undetermined& b) {
    return std::tie(a.rule, a.part) < std::tie(b.rule, b.part);
  });
  for (Undetermined& one : undetermined) {
    decision.undetermined.push_back(
        {image.rules[one.rule].id, std::string(to_string(one.part)), std::move(one.missing)});
  }
}

std::string_view to_string(Part part) noexcept {
  static constexpr std::array<std::string_view, 4> names = {"when", "unless", "escalate", "score"};
  return names[static_cast<std::size_t>(part)];
}

}  // namespace modcore::runtime
