// All patterns of a rule set, lowered to what can be searched for at once. Made
// by compile_patterns(), immutable, shared by all threads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "ir/rule_set.hpp"
#include "regex/mark.hpp"
#include "runtime/database.hpp"
#include "runtime/gram_table.hpp"
#include "runtime/regex_program.hpp"
#include "runtime/word_table.hpp"
#include "text/ascii_set.hpp"
#include "text/lexicon.hpp"
#include "text/views.hpp"

namespace modcore::runtime {

struct ItemRef {
  std::uint32_t pattern = 0;
  std::uint32_t item = 0;
};

inline constexpr std::uint32_t no_regex = 0xffffffffU;

// Why a literal is searched for.
struct Probe {
  ItemRef item;
  // Of a words item: which alternative, and which of its elements holds the
  // first character of the literal.
  std::uint32_t alternative = 0;
  std::uint32_t element = 0;
  // How many words the alternative has, if the literal is all of it, so that nothing is left to confirm; else 0.
  std::uint8_t whole_words = 0;
  bool cut = false;    // the literal is a word cut in two: only a single space may stand there
  std::uint32_t regex = no_regex;  // of a RegexItem: index into MatchPlan::regexes
  // Other words that the alternative cannot do without, by text::word_hash; 0: none.
  std::array<std::uint32_t, 2> companions{};
};

struct Literal {
  std::uint32_t length = 0;
  std::uint32_t first_probe = 0;
  std::uint32_t first_waiting = 0;  // from here on those of patterns that wait, by pattern
  std::uint32_t end_probe = 0;
  ir::FieldSet fields;
  std::uint32_t waiting = no_set;  // the patterns that wait: index into LiteralTable::waiting_sets
  bool leading_space = false;  // begins at the separator before a word
  bool once = false;           // one occurrence in a piece tells everything

  static constexpr std::uint32_t no_set = 0xffffffffU;
};

// A set of patterns; where there are many patterns some share a bit.
struct PatternSet {
  std::array<std::uint64_t, 8> bits{};

  void add(std::uint32_t pattern) noexcept { bits[pattern / 64U % bits.size()] |= std::uint64_t{1} << (pattern % 64U); }
  // False only if it was not added.
  [[nodiscard]] bool may_have(std::uint32_t pattern) const noexcept {
    return (bits[pattern / 64U % bits.size()] >> (pattern % 64U) & 1U) != 0;
  }
  auto operator<=>(const PatternSet&) const = default;
};

// The literals that are searched for in one view.
struct LiteralTable {
  Database database;  // null without literals for it; reports indexes into `literals`
  WordTable by_word;  // in the words view, where there are many
  GramTable by_gram;  // where there are a few or more
  GramTable by_gate;  // the same ones, for processors that are quicker with a gate of so many
  std::vector<Literal> literals;
  std::vector<Probe> probes;
  std::vector<PatternSet> waiting_sets;  // each once
  ir::FieldSet fields;          // of patterns that do not wait
  ir::FieldSet waiting_fields;  // of those that do
};

// The regexes that Hyperscan looks for first, all searched in the same view.
// Both databases report indexes into `regexes`.
struct RegexFilter {
  std::vector<std::uint32_t> regexes;  // indexes into MatchPlan::regexes
  Database ascii;  // for pure ASCII, sharper; null where few texts are searched
  Database utf8;   // for any text
  ir::FieldSet fields;
  bool folded = false;     // searched in the fold, else in the repaired view
  bool every_text = true;  // otherwise a text needs no search unless...
  std::string characters;     // ...one of these stands in its fold
  text::AsciiSet behind;      // with one of those behind it if it is pure ASCII,
  std::string also;           // and one of these stands there too, if there are any,
  bool beyond_ascii = false;  // ...or it is not pure ASCII and this is set,
  bool spelled = false;       // ...or it has letters that PCRE2 may not know and this is set
};

// Of each view: of regexes that most texts are searched for, and of those that few are.
inline constexpr std::size_t filter_count = 4;

struct PlannedRegex {
  ItemRef item;
  ir::FieldSet fields;
  RegexProgram program;
  // Run on every piece that holds one of `needed` and that its mark leaves room in.
  bool direct = false;
  text::AsciiSet needed = text::every_ascii;
  regex::Mark mark;
  std::uint32_t shared = not_shared;  // a number that all regexes have that are the same one
  // How many characters of a match stand before the literal that it is found by.
  std::uint32_t before_min = 0;
  std::uint32_t before_max = unknown_distance;
  bool folded = false;  // run in the fold, else in the repaired view
  // In pure ASCII it matches where its literal stands, between word edges or not.
  bool plain = false;
  bool edge_before = false;
  bool edge_after = false;
  // Beside its literal every match has one of these in the fold; empty: nothing is known.
  std::vector<std::string> companions;

  static constexpr std::uint32_t unknown_distance = 0xffffffffU;
  static constexpr std::uint32_t not_shared = 0xffffffffU;
};

// Items looked up by name, with heterogeneous lookup so that nothing is copied.
struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const noexcept {
    return std::hash<std::string_view>{}(name);
  }
};
using NameTable = std::unordered_map<std::string, std::vector<ItemRef>, NameHash, std::equal_to<>>;

// Why a word is searched for in disguise.
struct DisguiseProbe {
  ItemRef item;
  std::uint32_t sequence = 0;  // no_sequence: the word is the whole item
  std::uint32_t element = 0;   // which of its elements the word is
};
// Those of one word whose phrases cannot do without another word, which is asked about first.
struct DisguiseProbes {
  std::uint32_t companion = 0;  // no_word: nothing need be asked
  std::uint32_t begin = 0, end = 0;  // of DisguisePlan::probes
};
inline constexpr std::uint32_t no_sequence = 0xffffffffU;
inline constexpr std::uint32_t no_word = 0xffffffffU;

// A phrase of which any word may stand in disguise.
struct DisguisedSequence {
  ItemRef item;
  std::uint32_t alternative = 0;
  std::uint32_t first_word = 0;  // of the item's words in DisguisePlan::words
  ir::WordSequence sequence;     // of a pattern of the same plan
};

// The words that are searched for in disguise, by the ids that the lexicon knows.
struct DisguisePlan {
  text::Lexicon lexicon;
  std::vector<text::Range> by_word;  // of `groups`
  std::vector<std::uint32_t> hashes;  // by word its text::word_hash(); 0 of parts of words
  std::vector<DisguiseProbes> groups;
  std::vector<DisguiseProbe> probes;
  std::vector<DisguisedSequence> sequences;
  std::vector<std::uint32_t> words;  // of each item those of its WordRows; no_word for wildcards
  ir::FieldSet fields;

  // Of an element that is a word.
  [[nodiscard]] std::uint32_t word_id(const DisguisedSequence& planned, std::size_t element) const noexcept {
    return words[planned.first_word + ir::WordRows::index_of(planned.sequence[element].number())];
  }
};

struct PlannedItem {
  std::variant<ir::WordsItem, ir::SubstringItem, ir::RegexItem, ir::DomainItem, ir::EmojiItem,
               ir::NumberItem> what;
  std::uint32_t distinct = 0;
  std::uint32_t regex = 0;  // of a RegexItem: index into MatchPlan::regexes
};

struct PlannedPattern {
  std::vector<PlannedItem> items;
  ir::FieldSet fields;  // all that any use asks for
  ir::Tolerance tolerance = ir::Tolerance::accents;
  ir::At at = ir::At::anywhere;
  ir::Unit unit = ir::Unit::field;
  ir::PatternId except = ir::no_pattern;
  bool is_except = false;
  bool waits = false;  // wakes no rule: searched for only where a condition asks for it
  ir::Languages languages;
  bool if_language_unknown = true;  // considered for posts of unknown language
};

struct MatchPlan {
  std::vector<PlannedPattern> patterns;  // by PatternId
  std::vector<ir::PatternUse> uses;      // by UseId
  ir::FieldSet fields;                   // all that anything is searched in

  LiteralTable words, fold, digits, spelled;
  DisguisePlan disguises;

  std::vector<PlannedRegex> regexes;
  std::vector<std::uint32_t> direct;  // of patterns that do not wait
  ir::FieldSet direct_fields;
  std::array<RegexFilter, filter_count> filters;

  NameTable domains;
  ir::FieldSet domain_fields;
  ir::FieldSet disguised_domain_fields;  // of those at Tolerance::obfuscated

  NameTable emoji;
  std::vector<std::string> emoji_beginnings;  // first characters of them, sorted
  ir::FieldSet emoji_fields;

  std::size_t max_matches = 1000;  // of one pattern in one post
};

}  // namespace modcore::runtime
