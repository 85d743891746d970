// What rule files say, with the place of everything: plain data, nothing checked
// beyond its shape, nothing resolved.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "source/source_map.hpp"
#include "support/rare.hpp"

namespace modcore::ast {

using source::Span;

template <typename T>
struct Spanned {
  T value{};
  Span span;
};
using Name = Spanned<std::string>;

// ---- Conditions ------------------------------------------------------------

enum class ExprKind : std::uint8_t {
  number,
  string,
  boolean,
  now,
  path,
  pattern,
  list,
  call,
  negate,
  arithmetic,
  coalesce,
  compare,
  in,
  not_in,
  overlaps,
  subset_of,
  contains,
  starts_with,
  ends_with,
  is_missing,
  is_present,
  quantifier,
  pattern_in,
  logic_not,
  logic_and,
  logic_or,
};

enum class Quantity : std::uint8_t { any, all, none, at_least };

struct Expr {
  ExprKind kind{};
  Span span;           // the whole expression
  Span operator_span;  // the operator or the function's name, where there is one
  // number: as written, without unit, "1.5"; string: decoded; path, pattern
  // (without $), call: the name; arithmetic, compare: the operator ("+", "<=").
  std::string text;
  std::string unit;  // number: "", "%", "days", "words"... as written
  bool boolean = false;
  Quantity quantity{};
  std::int64_t at_least = 0;
  bool them = false;           // quantifier: over `them`
  std::vector<Name> patterns;  // quantifier, pattern_in: the patterns
  std::vector<Name> fields;    // quantifier, pattern_in: after `in`; empty without
  std::vector<Expr> args;      // operands, arguments, elements
};

// ---- Patterns ---------------------------------------------------------------

enum class ItemKind : std::uint8_t { words, phrases, substrings, regex, domains, emoji, numbers };

// One kind of a group: `words: [a, b]`, with the place of each item.
struct ItemList {
  ItemKind kind{};
  Span key;
  std::vector<Name> items;
};

struct Group {
  Name name;  // "main" for an inline group
  Span span;
  std::vector<ItemList> kinds;
  std::vector<Name> lists;  // `list:`
  std::vector<Name> in;     // fields; empty: default
  std::optional<Name> tolerance;
  std::vector<Name> lang;
  std::optional<Name> at;
  std::optional<Name> unit;
  bool short_ = false;
  std::unique_ptr<Group> except;
};

// ---- Tests -----------------------------------------------------------------

// A YAML value where the language leaves the shape to others: `meta`, test posts.
struct Field;
struct Value {
  enum class Kind : std::uint8_t { null, boolean, integer, number, text, list, map };
  Kind kind = Kind::null;
  Span span;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string text;  // scalars: as decoded, also of booleans and numbers
  std::vector<Value> items;
  std::vector<Field> entries;
};
struct Field {
  Name first;  // the key
  Value second;
};

enum class TestKind : std::uint8_t { match, no_match, undetermined, todo_match, todo_no_match };

struct Expectation {
  Span span;
  std::optional<Name> verdict;
  std::optional<Spanned<bool>> hidden;
  std::optional<std::vector<Name>> routes;
  std::vector<Name> evidence;
  std::optional<std::vector<Name>> fired;      // *.test.yaml only
  std::optional<std::vector<Name>> not_fired;  // *.test.yaml only
};

struct TestCase {
  TestKind kind{};
  Span span;
  Value post;  // a map; a bare text is {body: text}
  std::optional<Expectation> expect;
};

// ---- Rules -----------------------------------------------------------------

struct LocalizedText {
  Span span;
  std::vector<std::pair<Name, Name>> entries;  // lang ("" if written bare), text
};

struct Score {
  Span span;
  Name points;  // a number as written
  std::optional<Expr> per;
  std::optional<Name> max;
};

struct Escalate {
  Span span;
  std::optional<Name> to;
  std::optional<Name> within;  // a duration as written
  std::optional<Name> urgency;
  std::optional<Expr> condition;  // `if`
};

struct Rule {
  Span span;
  // Something in it was reported as an error, and what could not be read is left
  // out: what seems to follow from that is not worth a report.
  bool faulty = false;
  Name id;
  std::optional<LocalizedText> title;
  std::optional<LocalizedText> reason;
  std::optional<Name> category;
  std::optional<Name> guideline;
  std::optional<Name> owner;
  Rare<Value> meta;
  std::vector<Name> lang;
  std::optional<Name> status;
  std::optional<Name> active_from;
  std::optional<Name> expires;
  std::optional<Group> inline_group;
  std::vector<Group> groups;
  std::optional<Expr> when;
  std::vector<Expr> unless;
  std::optional<Name> verdict;
  std::optional<Spanned<bool>> hide;
  Rare<Escalate> escalate;
  Rare<Score> score;
  std::optional<Name> severity;
  std::vector<Name> suppresses;
  std::optional<Spanned<bool>> final;
  std::vector<TestCase> tests;
  std::vector<Name> mutations;
};

// ---- Files -----------------------------------------------------------------

struct Macro {
  Name name;
  Expr body;
};

struct ListDeclaration {
  Name name;
  Span span;
  std::optional<Name> kind;
  std::vector<Name> items;
  std::optional<Name> file;  // items from a text file
  std::optional<Name> from;  // "pack/list"
};

struct CategoryDeclaration {
  Name name;
  Span span;
  std::optional<Name> default_verdict;
  std::optional<Name> route;
  std::optional<Spanned<bool>> suppressible;
};

struct AttributeDeclaration {
  Name name;
  Name type;
};

struct RuleFile {
  source::SourceId source{};
  std::string pack;  // set by load/
  std::optional<Name> category;
  std::optional<CategoryDeclaration> category_declaration;
  std::vector<Macro> macros;
  std::vector<ListDeclaration> lists;
  std::vector<AttributeDeclaration> context;
  std::vector<Rule> rules;
};

struct Thresholds {
  Name category;
  std::vector<std::pair<Name, Name>> verdicts;  // verdict, points as written
};

struct RouteDeclaration {
  Name name;
  std::optional<LocalizedText> title;
  std::optional<Name> within;
  std::optional<Name> urgency;
  std::optional<Value> extra;  // keys for the host ("x-...")
};

struct Override {
  enum class Target : std::uint8_t { rule, list, macro };
  Span span;
  Target target{};
  Name name;                       // "spam.caps", "spam/allowed", "off-topic/market"
  std::vector<Field> set;          // rule: scalar keys
  std::optional<Expr> expression;  // macro: `set`; rule: `when`
  std::vector<Name> append;
  std::vector<Name> remove;
  std::optional<Spanned<bool>> disable;
  std::optional<Name> until;
  std::optional<Name> because;
};

struct PolicyFile {
  source::SourceId source{};
  Name name;
  std::vector<Name> languages;
  std::optional<Name> timezone;
  std::vector<Name> packs;
  bool packs_given = false;
  std::optional<Name> preset;
  std::optional<Name> guidelines;
  std::optional<Name> context;
  std::vector<CategoryDeclaration> categories;
  std::vector<Thresholds> thresholds;
  std::vector<RouteDeclaration> routes;
  std::vector<Override> overrides;
  std::optional<Name> text_bytes;
  std::optional<Name> matches;
  std::optional<Name> limits_reached;
};

struct GuidelineClause {
  std::string pack;  // set by load/; empty for the policy's
  Name id;
  std::optional<LocalizedText> title;
  std::optional<Name> url;
};
struct GuidelinesFile {
  source::SourceId source{};
  std::vector<GuidelineClause> clauses;
};

struct ContextFile {
  source::SourceId source{};
  std::vector<AttributeDeclaration> attributes;
};

struct TestFile {
  source::SourceId source{};
  std::vector<TestCase> cases;
  std::vector<Value> corpora;
};

// `.modcore.yaml`: settings of tools, no part of a policy.
struct LevelSetting {
  Name diagnostic;  // id or name
  Name level;       // error, warning, info, off
};
struct PathLevels {
  std::vector<Name> paths;  // globs
  std::vector<LevelSetting> levels;
};
struct ConfigFile {
  source::SourceId source{};
  std::optional<Name> fail_level;
  std::vector<LevelSetting> levels;
  std::vector<PathLevels> overrides;
  std::vector<Name> exclude;    // globs
  std::vector<Name> wordlists;  // paths
  std::vector<Name> require;    // keys that every rule must have: "owner", "meta.reviewed"
  std::vector<Name> owners;
  std::vector<Name> ids;        // globs; {category} and {pack} stand for the rule's
  std::optional<Name> expiring, shadow, review;  // durations: how long is too long
};

using File = std::variant<RuleFile, PolicyFile, GuidelinesFile, ContextFile, TestFile>;

// Everything that was loaded for one engine, files resolved by load/, names not.
struct Bundle {
  std::optional<PolicyFile> policy;
  std::vector<PolicyFile> presets;   // fragments below the policy, weakest first
  std::vector<RuleFile> rule_files;  // sorted by pack and file name
  std::optional<GuidelinesFile> guidelines;
  std::vector<ContextFile> contexts;
  std::vector<TestFile> test_files;
};

}  // namespace modcore::ast
