#include "cli/condition_tree.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace modcore::cli {
namespace {

constexpr std::size_t longest_node = 120;
constexpr std::size_t most_evidence = 3;

// A sign for the three truth values; other values are shown after the node.
std::string sign(const ConditionNode& node, const Palette& palette) {
  if (node.value == "true") return palette.paint(Ink::green, "✓");
  if (node.value == "false") return palette.paint(Ink::red, "✗");
  if (node.value == "unknown") return palette.paint(Ink::yellow, "?");
  return palette.paint(Ink::dim, "·");
}

bool is_truth(const std::string& value) {
  return value == "true" || value == "false" || value == "unknown";
}

std::string details(const ConditionNode& node) {
  std::string out;
  if (!is_truth(node.value)) out += " = " + shortened(printable(node.value), longest_node);
  if (!node.missing.empty()) {
    out += " (missing:";
    for (const std::string& name : node.missing) out += ' ' + printable(name);
    out += ')';
  }
  for (std::size_t i = 0; i < std::min(node.evidence.size(), most_evidence); ++i) {
    const Evidence& e = node.evidence[i];
    out += fmt::format("{} \"{}\" in {} {}-{}", i == 0 ? " :" : ",",
                       shortened(printable(e.text), 60), printable(e.field), e.begin, e.end);
    if (e.tolerance != Tolerance::exact) out += fmt::format(" at {}", to_string(e.tolerance));
  }
  if (node.evidence.size() > most_evidence) out += ", ...";
  return out;
}

void append_node(std::string& out, const ConditionNode& node, std::string_view label,
                 const Palette& palette, std::size_t indent) {
  out += fmt::format("{}{} {}{}{}\n", std::string(indent, ' '), sign(node, palette), label,
                     shortened(printable(node.text), longest_node),
                     palette.paint(Ink::dim, details(node)));
  for (const ConditionNode& child : node.children) {
    const bool says_itself = child.text == child.value && child.children.empty();
    if (!says_itself) append_node(out, child, "", palette, indent + 2);
  }
}

Ink ink_of(const std::string& outcome) {
  if (outcome == "fired") return Ink::red;
  if (outcome == "undetermined") return Ink::yellow;
  return outcome == "not fired" ? Ink::plain : Ink::green;
}

}  // namespace

std::string render_rule(const ExplainedRule& rule, const Palette& palette, std::size_t indent) {
  std::string out = fmt::format("{}{}: {}\n", std::string(indent, ' '),
                                palette.paint(Ink::bold, rule.rule),
                                palette.paint(ink_of(rule.outcome), rule.outcome));
  for (const ExplainedPart& part : rule.parts) {
    append_node(out, part.condition, part.part + ": ", palette, indent + 2);
  }
  return out;
}

}  // namespace modcore::cli
