// What each struct of an engine holds, member by member. A member that is added
// to one of them does not compile until it stands here as well.
#pragma once

#include <concepts>

#include "artifact/archive.hpp"
#include "program/image.hpp"
#include "runtime/match_plan.hpp"

namespace modcore::artifact {

template <typename T, typename U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

template <> inline constexpr auto last_of<ir::Tolerance> = ir::Tolerance::obfuscated;
template <> inline constexpr auto last_of<ir::At> = ir::At::whole;
template <> inline constexpr auto last_of<ir::Unit> = ir::Unit::line;
template <> inline constexpr auto last_of<ir::Verdict> = ir::Verdict::escalate;
template <> inline constexpr auto last_of<ir::Severity> = ir::Severity::critical;
template <> inline constexpr auto last_of<ir::Urgency> = ir::Urgency::critical;
template <> inline constexpr auto last_of<ir::Status> = ir::Status::off;
template <> inline constexpr auto last_of<ir::Type> = ir::Type::fields;
template <> inline constexpr auto last_of<ir::Function> = ir::Function::weekday;
template <> inline constexpr auto last_of<program::Relation> = program::Relation::greater_equal;

// ---- The rule language ---------------------------------------------------------

void fields(auto& archive, Is<ir::FieldSet> auto& value) { archive(value.bits); }

void fields(auto& archive, Is<ir::HostAttribute> auto& value) {
  auto& [name, type, text] = value;
  archive(name, type, text);
}
void fields(auto& archive, Is<ir::LocalizedText> auto& value) { archive(value.entries); }

void fields(auto& archive, Is<ir::Threshold> auto& value) {
  auto& [verdict, points] = value;
  archive(verdict, points);
}
void fields(auto& archive, Is<ir::Category> auto& value) {
  auto& [name, route, suppressible, thresholds] = value;
  archive(name, route, suppressible, thresholds);
}
void fields(auto& archive, Is<ir::Route> auto& value) {
  auto& [name, within, urgency] = value;
  archive(name, within, urgency);
}
void fields(auto& archive, Is<ir::TimeZone> auto& value) {
  auto& [name, offsets] = value;
  archive(name, offsets);
}
void fields(auto& archive, Is<ir::Limits> auto& value) {
  auto& [text_bytes, matches, reached_allows] = value;
  archive(text_bytes, matches, reached_allows);
}
void fields(auto& archive, Is<ir::PatternUse> auto& value) {
  auto& [pattern, in] = value;
  archive(pattern, in);
}

// ---- Items of patterns ---------------------------------------------------------

void fields(auto& archive, Is<ir::WordPattern> auto& value) {
  auto& [exact, cased, accents] = value;
  archive(exact, cased, accents);
}
void fields(auto& archive, Is<ir::Gap> auto& value) {
  auto& [minimum, maximum] = value;
  archive(minimum, maximum);
}
// Whether each row is a part of the elements, and each element a word or a gap.
inline void check_rows(const ir::WordRows& rows) {
  std::uint32_t last = 0;
  for (const std::uint32_t end : rows.ends) {
    require(last <= end && end <= rows.elements.size(), "a phrase lies outside its item");
    last = end;
  }
  for (const std::uint32_t number : rows.elements) {
    const std::size_t size = ir::WordRows::is_gap(number) ? rows.gaps.size() : rows.words.size();
    require(ir::WordRows::index_of(number) < size, "a word does not exist");
  }
}
void fields(auto& archive, Is<ir::WordRows> auto& value) {
  auto& [words, gaps, elements, ends] = value;
  archive(words, gaps, elements, ends);
}
inline void fields(Writer& archive, const ir::WordsItem& value) { archive(value.alternatives.rows()); }
inline void fields(Reader& archive, ir::WordsItem& value) {
  ir::WordRows rows;
  archive(rows);
  check_rows(rows);
  value.alternatives = ir::Alternatives(std::move(rows));
}
void fields(auto& archive, Is<ir::SubstringItem> auto& value) {
  auto& [exact, cased, accents] = value;
  archive(exact, cased, accents);
}
void fields(auto& archive, Is<ir::RegexItem> auto& value) {
  auto& [pattern, tolerance] = value;
  archive(pattern, tolerance);
}
void fields(auto& archive, Is<ir::DomainItem> auto& value) {
  auto& [host, path] = value;
  archive(host, path);
}
void fields(auto& archive, Is<ir::EmojiItem> auto& value) { archive(value.plain); }
void fields(auto& archive, Is<ir::NumberItem> auto& value) { archive(value.digits); }

void fields(auto& archive, Is<runtime::PlannedItem> auto& value) {
  auto& [what, distinct, regex] = value;
  archive(what, distinct, regex);
}
void fields(auto& archive, Is<runtime::PlannedPattern> auto& value) {
  auto& [items, in, tolerance, at, unit, except, is_except, waits, languages, if_unknown] = value;
  archive(items, in, tolerance, at, unit, except, is_except, waits, languages, if_unknown);
}

// ---- The program ---------------------------------------------------------------

void fields(auto& archive, Is<program::Instruction> auto& value) {
  auto& [opcode, relation, mode, operand] = value;
  archive(opcode, relation, mode, operand);
}
void fields(auto& archive, Is<program::Node> auto& value) {
  auto& [text, instruction, nodes, type] = value;
  archive(text, instruction, nodes, type);
}
void fields(auto& archive, Is<program::Fragment> auto& value) {
  auto& [begin, end, nodes_begin, nodes_end] = value;
  archive(begin, end, nodes_begin, nodes_end);
}
void fields(auto& archive, Is<program::Measure> auto& value) {
  auto& [function, in, other, script] = value;
  archive(function, in, other, script);
}
// The views are made anew from the items.
void fields(auto& archive, Is<program::ConstantSet> auto& value) { archive(value.items); }

void fields(auto& archive, Is<program::Score> auto& value) {
  auto& [points, per, max] = value;
  archive(points, per, max);
}
void fields(auto& archive, Is<program::Escalation> auto& value) {
  auto& [to, within, urgency, condition] = value;
  archive(to, within, urgency, condition);
}
void fields(auto& archive, Is<program::RuleTexts> auto& value) {
  auto& [title, reason, guideline, meta] = value;
  archive(title, reason, guideline, meta);
}
void fields(auto& archive, Is<program::Suppression> auto& value) {
  auto& [everything, rules, categories] = value;
  archive(everything, rules, categories);
}
void fields(auto& archive, Is<program::Rule> auto& value) {
  auto& [id, texts, category, languages, without_language, status, active_from, expires, when, unless, verdict, hide,
         escalation, score, severity, suppresses, final, evidence_uses, evidence_measures] = value;
  archive(id, texts, category, languages, without_language, status, active_from, expires, when, unless, verdict, hide,
          escalation, score, severity, suppresses, final, evidence_uses, evidence_measures);
}
void fields(auto& archive, Is<program::Pattern> auto& value) {
  auto& [name, rule, first_item, end_item] = value;
  archive(name, rule, first_item, end_item);
}
inline void fields(Writer& archive, const TextList& value) { archive(value.bytes, value.ends); }
inline void fields(Reader& archive, TextList& value) {
  archive(value.bytes, value.ends);
  require(std::ranges::is_sorted(value.ends) && (value.ends.empty() || value.ends.back() <= value.bytes.size()),
          "a text lies outside its list");
}
void fields(auto& archive, Is<program::RuleNeeds> auto& value) {
  auto& [rule, needs] = value;
  archive(rule, needs.traits, needs.attributes, needs.title_bytes, needs.text_bytes);
}
void fields(auto& archive, Is<program::Image> auto& value) {
  auto& [policy, first_language, timezone, limits, host_attributes, categories, routes, rules,
         patterns, items, uses, in, code, nodes, integers, numbers, texts, sets, measures, operands,
         stack_size, wake_begin, waking, sleepless, needs] = value;
  archive(policy, first_language, timezone, limits, host_attributes, categories, routes, rules,
          patterns, items, uses, in, code, nodes, integers, numbers, texts, sets, measures, operands,
          stack_size, wake_begin, waking, sleepless, needs);
}

}  // namespace modcore::artifact
