#include "api/explain_condition.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "api/value_text.hpp"

namespace modcore::api {

namespace {

using program::Opcode;
using program::Operand;

class Explainer {
 public:
  Explainer(runtime::Session& session, const program::Fragment& fragment)
      : session_(session), image_(session.image()), fragment_(fragment) {
    session.evaluator().trace(fragment, values_);
  }

  // The node that stands right before `end`.
  [[nodiscard]] ConditionNode tree(std::uint32_t end) {
    const program::Node& node = image_.nodes[end - 1];
    const program::Instruction& instruction = image_.code[node.instruction];
    const runtime::Value value = values_[node.instruction - fragment_.begin];
    ConditionNode out;
    out.text = node.text;
    out.value = instruction.opcode <= Opcode::push_set ? node.text : value_text(value, node.type);
    if (!value.known()) out.missing = missing_below(end, node);
    add_evidence(instruction, out.evidence);
    add_children(end, node, out.children);
    return out;
  }

 private:
  void add_children(std::uint32_t end, const program::Node& node, std::vector<ConditionNode>& out) {
    const std::uint32_t begin = end - node.nodes;
    for (std::uint32_t child = end - 1; child > begin; child -= image_.nodes[child - 1].nodes) {
      out.push_back(tree(child));
    }
    std::ranges::reverse(out);
  }

  [[nodiscard]] std::vector<std::string> missing_below(std::uint32_t end, const program::Node& node) {
    program::Fragment part = fragment_;
    part.nodes_begin = end - node.nodes;
    part.nodes_end = end;
    std::set<std::string, std::less<>> names;
    session_.evaluator().add_missing(part, values_, names);
    return {names.begin(), names.end()};
  }

  void add_evidence(const program::Instruction& instruction, std::vector<Evidence>& out) const {
    const std::uint32_t operand = instruction.operand;
    const runtime::EvidenceReader evidence = session_.evidence();
    switch (program::info(instruction.opcode).operand) {
      case Operand::use: return evidence.add_use(operand, out);
      case Operand::measure: return evidence.add_measure(operand, out);
      case Operand::use_pair: return add_uses(operand, 2, out);
      case Operand::use_list: return add_uses(operand + 2, image_.operands[operand + 1], out);
      default: return;
    }
  }

  void add_uses(std::uint32_t begin, std::uint32_t count, std::vector<Evidence>& out) const {
    const runtime::EvidenceReader evidence = session_.evidence();
    for (std::uint32_t i = 0; i < count; ++i) evidence.add_use(image_.operands[begin + i], out);
  }

  runtime::Session& session_;
  const program::Image& image_;
  const program::Fragment& fragment_;
  std::vector<runtime::Value> values_;
};

}  // namespace

ConditionNode explain_condition(runtime::Session& session, const program::Fragment& fragment) {
  return Explainer(session, fragment).tree(fragment.nodes_end);
}

ExplainedRule explain_rule(runtime::Session& session, std::uint32_t index, std::string outcome) {
  const program::Rule& rule = session.image().rules[index];
  ExplainedRule out;
  out.rule = rule.id;
  out.outcome = std::move(outcome);
  const auto add = [&](std::string_view part, const program::Fragment& fragment) {
    out.parts.push_back({std::string(part), explain_condition(session, fragment)});
  };
  add("when", rule.when);
  for (const program::Fragment& unless : rule.unless) add("unless", unless);
  if (rule.escalation && rule.escalation->condition) add("escalate", *rule.escalation->condition);
  if (rule.score && rule.score->per) add("score", *rule.score->per);
  return out;
}

std::string_view to_string(runtime::Answer answer) noexcept {
  static constexpr std::array<std::string_view, 4> words = {"fired", "not fired", "undetermined",
                                                            "spared"};
  return words[static_cast<std::size_t>(answer)];
}

}  // namespace modcore::api
