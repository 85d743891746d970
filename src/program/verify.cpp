#include "program/verify.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "program/verify_fragment.hpp"

namespace modcore::program {

namespace {

template <typename... Args>
void require(bool condition, fmt::format_string<Args...> format, Args&&... args) {
  if (!condition) throw Fault(fmt::format(format, std::forward<Args>(args)...));
}

template <typename Id>
std::size_t index(Id id) {
  return static_cast<std::size_t>(id);
}

class Verifier {
 public:
  explicit Verifier(const Image& image) : image_(image) {}

  void run() const {
    require(image_.stack_size <= max_stack_size, "the stack is larger than {}", max_stack_size);
    require(std::ranges::is_sorted(image_.uses), "the uses are not sorted");
    host_attributes();
    constants();
    patterns();
    categories();
    wake_index();
    for (const Rule& rule : image_.rules) verify_rule(rule);
  }

 private:
  void host_attributes() const {
    require(std::ranges::is_sorted(image_.host_attributes, {}, &ir::HostAttribute::name),
            "the host attributes are not sorted");
    for (const ir::HostAttribute& attribute : image_.host_attributes) {
      require(attribute.type <= ir::Type::fields && stack_type(attribute.type) != '\0',
              "attribute {} has no type of a value", attribute.name);
      require(!attribute.text || (*attribute.text >= ir::TextField::first_host &&
                                  index(*attribute.text) < ir::max_text_fields),
              "attribute {} has no text slot", attribute.name);
    }
  }

  void constants() const {
    for (const ConstantSet& set : image_.sets) {
      require(std::ranges::is_sorted(set.items) && std::ranges::equal(set.items, set.views),
              "a set is not sorted");
    }
    for (const Measure& measure : image_.measures) {
      require(is_measure(measure.function), "a measure is no function of fields");
      known_fields(measure.fields);
      known_fields(measure.other_fields);
    }
    require(!image_.timezone.offsets.empty() && std::ranges::is_sorted(image_.timezone.offsets),
            "the time zone is not sorted");
  }

  void patterns() const {
    for (const Pattern& pattern : image_.patterns) {
      require(index(pattern.rule) < image_.rules.size(), "pattern {} has no rule", pattern.name);
      require(pattern.first_item <= pattern.end_item && pattern.end_item <= image_.items.size(),
              "pattern {} has no items", pattern.name);
    }
    for (const ir::PatternUse& use : image_.uses) {
      require(index(use.pattern) < image_.patterns.size(), "a use has no pattern");
      known_fields(use.fields);
    }
    known_fields(image_.fields);
  }

  void known_fields(ir::FieldSet fields) const {
    ir::FieldSet known;
    known.bits = (std::uint64_t{1} << index(ir::TextField::first_host)) - 1;
    for (const ir::HostAttribute& attribute : image_.host_attributes) {
      if (attribute.text) known.add(*attribute.text);
    }
    require((fields.bits & ~known.bits) == 0, "a field does not exist");
  }

  void categories() const {
    for (const ir::Category& category : image_.categories) {
      for (const ir::Threshold& threshold : category.thresholds) {
        require(threshold.verdict <= ir::Verdict::escalate, "a threshold has no verdict");
        require(threshold.verdict != ir::Verdict::escalate ||
                    index(category.route) < image_.routes.size(),
                "category {} has no route", category.name);
      }
    }
  }

  void wake_index() const {
    const auto& begins = image_.wake_begin;
    require(begins.size() == image_.patterns.size() + 1 && begins.front() == 0 &&
                begins.back() == image_.waking.size() && std::ranges::is_sorted(begins),
            "the wake index does not fit the patterns");
    const auto is_rule = [this](std::uint32_t rule) { return rule < image_.rules.size(); };
    require(std::ranges::all_of(image_.waking, is_rule), "a pattern wakes no rule");
    require(std::ranges::all_of(image_.sleepless, is_rule), "a sleepless rule does not exist");
    require(std::ranges::all_of(image_.needs, is_rule, &RuleNeeds::rule), "what needs something is no rule");
  }

  void verify_rule(const Rule& rule) const {
    require(index(rule.category) < image_.categories.size(), "rule {} has no category", rule.id);
    require(rule.status <= ir::Status::off && rule.severity <= ir::Severity::critical &&
                (!rule.verdict || *rule.verdict <= ir::Verdict::escalate),
            "rule {} has an unknown status, severity or verdict", rule.id);
    require(rule.verdict != ir::Verdict::escalate || rule.escalation, "rule {} has no route", rule.id);
    if (rule.suppresses) verify_suppression(*rule.suppresses, rule.id);
    verify_evidence(rule);
    verify_conditions(rule);
  }

  void verify_suppression(const Suppression& suppresses, std::string_view rule) const {
    require(std::ranges::all_of(suppresses.rules, [this](ir::RuleId id) { return index(id) < image_.rules.size(); }) &&
                std::ranges::all_of(suppresses.categories,
                    [this](ir::CategoryId id) { return index(id) < image_.categories.size(); }),
            "rule {} suppresses what does not exist", rule);
  }

  void verify_evidence(const Rule& rule) const {
    for (const std::uint32_t use : rule.evidence_uses) {
      require(use < image_.uses.size(), "rule {} shows a use that does not exist", rule.id);
    }
    for (const std::uint32_t measure : rule.evidence_measures) {
      require(measure < image_.measures.size(), "rule {} shows a measure that does not exist", rule.id);
    }
  }

  void verify_conditions(const Rule& rule) const {
    verify_fragment(image_, rule.when, "b");
    for (const Fragment& unless : rule.unless) verify_fragment(image_, unless, "b");
    if (rule.escalation) {
      require(index(rule.escalation->to) < image_.routes.size() &&
                  rule.escalation->urgency <= ir::Urgency::critical,
              "rule {} escalates to no route", rule.id);
      if (rule.escalation->condition) verify_fragment(image_, *rule.escalation->condition, "b");
    }
    if (rule.score && rule.score->per) verify_fragment(image_, *rule.score->per, "in");
  }

  const Image& image_;
};

}  // namespace

std::string verify(const Image& image) {
  try {
    Verifier(image).run();
    return {};
  } catch (const Fault& fault) {
    return fault.what();
  }
}

}  // namespace modcore::program
