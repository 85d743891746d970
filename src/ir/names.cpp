// The words that rules use for what the IR holds.
#include <array>
#include <cstddef>

#include "ir/rule_set.hpp"

namespace modcore::ir {
namespace {

template <typename Enum, std::size_t size>
std::string_view pick(const std::array<std::string_view, size>& words, Enum value) noexcept {
  const auto index = static_cast<std::size_t>(value);
  return index < size ? words[index] : std::string_view{};
}

constexpr std::array<std::string_view, 4> tolerances{"exact", "case", "accents", "obfuscated"};
constexpr std::array<std::string_view, 4> places{"anywhere", "start", "end", "whole"};
constexpr std::array<std::string_view, 4> verdicts{"allow", "flag", "hide", "escalate"};
constexpr std::array<std::string_view, 5> severities{"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 4> urgencies{"low", "normal", "high", "critical"};
constexpr std::array<std::string_view, 3> states{"active", "shadow", "off"};
constexpr std::array<std::string_view, 28> ops{
    "constant", "attribute", "and", "or", "not", "==", "!=", "<", "<=", ">", ">=", "in",
    "overlaps", "subset of", "contains", "startswith", "endswith", "is missing", "??", "+", "-",
    "*", "/", "negate", "to number", "matched", "at least", "call"};
constexpr std::array<std::string_view, 35> functions{
    "count", "distinct", "first", "last", "near", "followed_by", "disguised", "length", "words",
    "lines", "links", "misleading_link", "hosts", "domains", "mentions", "hashtags", "emoji",
    "caps_ratio", "digit_ratio", "repeat_run", "symbol_ratio", "repeat_ratio", "unique_word_ratio",
    "invisible", "mixed_script", "script_ratio", "marks_run", "similar", "phones", "emails", "cards",
    "ips", "quoted_ratio", "hour", "weekday"};

}  // namespace

std::string_view to_string(Tolerance value) noexcept { return pick(tolerances, value); }
std::string_view to_string(At value) noexcept { return pick(places, value); }
std::string_view to_string(Verdict value) noexcept { return pick(verdicts, value); }
std::string_view to_string(Severity value) noexcept { return pick(severities, value); }
std::string_view to_string(Urgency value) noexcept { return pick(urgencies, value); }
std::string_view to_string(Status value) noexcept { return pick(states, value); }

std::string_view to_string(Op value) noexcept { return pick(ops, value); }
std::string_view to_string(Function value) noexcept { return pick(functions, value); }

std::string_view attribute_name(const RuleSet& rules, std::uint16_t attribute) noexcept {
  const auto first_host = static_cast<std::uint16_t>(Attribute::first_host);
  if (attribute < first_host) return to_string(static_cast<Attribute>(attribute));
  const std::size_t index = attribute - first_host;
  return index < rules.host_attributes.size() ? rules.host_attributes[index].name
                                              : std::string_view{};
}

std::string_view field_name(const RuleSet& rules, TextField field) noexcept {
  if (field < TextField::first_host) return to_string(field);
  for (const HostAttribute& attribute : rules.host_attributes) {
    if (attribute.text == field) return attribute.name;
  }
  return {};
}

std::string to_string(const RuleSet& rules, FieldSet fields) {
  std::string names;
  for (std::size_t index = 0; index < max_text_fields; ++index) {
    const auto field = static_cast<TextField>(index);
    if (!fields.has(field)) continue;
    if (!names.empty()) names += " + ";
    names += field_name(rules, field);
  }
  return names;
}

}  // namespace modcore::ir
