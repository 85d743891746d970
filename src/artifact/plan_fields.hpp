// What a match plan holds besides its patterns: what only this library's matchers
// can use, and what is made anew from the patterns where it may not be trusted.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "artifact/fields.hpp"
#include "runtime/database.hpp"

namespace modcore::artifact {

template <> inline constexpr auto last_of<text::Lexicon::Form> = text::Lexicon::Form::row;
template <> inline constexpr auto last_of<regex::Mark::Kind> = regex::Mark::Kind::character;

template <> inline constexpr bool lies_flat<runtime::WordTable::Entry> = true;
template <> inline constexpr bool lies_flat<runtime::GramTable::Entry> = true;
template <> inline constexpr bool lies_flat<runtime::PatternSet> = true;
template <> inline constexpr bool lies_flat<runtime::ByteGate::Part> = true;

inline void fields(Writer& archive, const runtime::Database& value) {
  archive(runtime::to_bytes(value));
}
inline void fields(Reader& archive, runtime::Database& value) {
  std::string bytes;
  archive(bytes);
  value = runtime::from_bytes(bytes);
  require(value || bytes.empty(), "a database is of another library or processor");
}

void fields(auto& archive, Is<text::Range> auto& value) {
  auto& [begin, end] = value;
  archive(begin, end);
}
void fields(auto& archive, Is<text::Lexicon::Entry> auto& value) {
  auto& [id, form, other_script, safe_splits] = value;
  archive(id, form, other_script, safe_splits);
}
void fields(auto& archive, Is<text::Lexicon::Edge> auto& value) {
  auto& [symbol, node] = value;
  archive(symbol, node);
}
void fields(auto& archive, Is<text::Lexicon::Branch> auto& value) {
  auto& [first_edge, first_entry, edges, entries] = value;
  archive(first_edge, first_entry, edges, entries);
}
void fields(auto& archive, Is<text::Lexicon::Tree> auto& value) {
  auto& [branches, edges, entries, at_edge, anywhere] = value;
  archive(branches, edges, entries, at_edge, anywhere);
}
inline void fields(Writer& archive, const text::Lexicon& value) { archive(value.tree()); }
inline void fields(Reader& archive, text::Lexicon& value) {
  text::Lexicon::Tree tree;
  archive(tree);
  value = text::Lexicon::of(std::move(tree));
}

void fields(auto& archive, Is<runtime::ItemRef> auto& value) {
  auto& [pattern, item] = value;
  archive(pattern, item);
}
void fields(auto& archive, Is<runtime::Probe> auto& value) {
  auto& [item, alternative, element, whole_words, cut, regex, companions] = value;
  archive(item, alternative, element, whole_words, cut, regex, companions[0], companions[1]);
}
void fields(auto& archive, Is<runtime::Literal> auto& value) {
  auto& [length, first_probe, first_waiting, end_probe, in, waiting, leading_space, once] = value;
  archive(length, first_probe, first_waiting, end_probe, in, waiting, leading_space, once);
}
void fields(auto& archive, Is<runtime::WordTable> auto& value) {
  auto& [shift, buckets, entries, texts] = value;
  archive(shift, buckets, entries, texts);
}
void fields(auto& archive, Is<runtime::GramTable::Buckets> auto& value) {
  auto& [shift, begins, entries] = value;
  archive(shift, begins, entries);
}
void fields(auto& archive, Is<runtime::ByteGate> auto& value) {
  auto& [parts] = value;
  archive(parts);
}
void fields(auto& archive, Is<runtime::GramFilter> auto& value) {
  auto& [shift, grams, shorts, gate] = value;
  archive(shift, grams, shorts, gate);
}
void fields(auto& archive, Is<runtime::GramTable> auto& value) {
  auto& [filter, grams, shorts, gated, dotted, texts] = value;
  archive(filter, grams, shorts, gated, dotted, texts);
}
void fields(auto& archive, Is<runtime::LiteralTable> auto& value) {
  auto& [database, by_word, by_gram, by_gate, literals, probes, waiting_sets, in, waiting_in] = value;
  archive(database, by_word, by_gram, by_gate, literals, probes, waiting_sets, in, waiting_in);
}
void fields(auto& archive, Is<runtime::RegexFilter> auto& value) {
  auto& [regexes, ascii, utf8, in, folded, every_text, characters, behind, also, beyond_ascii, spelled] = value;
  archive(regexes, ascii, utf8, in, folded, every_text, characters, behind.low, behind.high, also, beyond_ascii, spelled);
}
void fields(auto& archive, Is<regex::Mark> auto& value) {
  auto& [kind, character, before] = value;
  archive(kind, character, before);
}
// The program is made from the item's pattern.
void fields(auto& archive, Is<runtime::PlannedRegex> auto& value) {
  auto& [item, in, program, direct, needed, mark, shared, before_min, before_max, folded, plain,
         edge_before, edge_after, companions] = value;
  archive(item, in, direct, needed.low, needed.high, mark, shared, before_min, before_max, folded, plain,
          edge_before, edge_after, companions);
}
void fields(auto& archive, Is<runtime::DisguiseProbe> auto& value) {
  auto& [item, sequence, element] = value;
  archive(item, sequence, element);
}
void fields(auto& archive, Is<runtime::DisguiseProbes> auto& value) {
  auto& [companion, begin, end] = value;
  archive(companion, begin, end);
}
void fields(auto& archive, Is<runtime::DisguisedSequence> auto& value) {
  auto& [item, alternative, first_word, sequence] = value;  // the sequence is the item's
  archive(item, alternative, first_word);
}
void fields(auto& archive, Is<runtime::DisguisePlan> auto& value) {
  auto& [lexicon, by_word, hashes, groups, probes, sequences, words, in] = value;
  archive(lexicon, by_word, hashes, groups, probes, sequences, words, in);
}

// Sorted, so that the same table gives the same bytes.
inline void fields(Writer& archive, const runtime::NameTable& value) {
  std::vector<std::pair<std::string, std::vector<runtime::ItemRef>>> sorted(value.begin(), value.end());
  std::ranges::sort(sorted, {}, [](const auto& entry) -> const std::string& { return entry.first; });
  archive(sorted);
}
inline void fields(Reader& archive, runtime::NameTable& value) {
  std::vector<std::pair<std::string, std::vector<runtime::ItemRef>>> sorted;
  archive(sorted);
  value.reserve(sorted.size());
  for (auto& [name, items] : sorted) value.emplace(std::move(name), std::move(items));
}

// Patterns and uses stand in sections of their own.
void fields(auto& archive, Is<runtime::MatchPlan> auto& value) {
  auto& [patterns, uses, in, words, fold, digits, spelled, disguises, regexes, direct, direct_fields, filters,
         domains, domain_fields, disguised_domain_fields, emoji, emoji_beginnings, emoji_fields, max_matches] = value;
  archive(in, words, fold, digits, spelled, disguises, regexes, direct, direct_fields, filters, domains,
          domain_fields, disguised_domain_fields, emoji, emoji_beginnings, emoji_fields, max_matches);
}

}  // namespace modcore::artifact
