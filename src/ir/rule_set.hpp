// The typed rules: names resolved, macros expanded, constants folded, sorted so
// that the order of files, rules and keys has left no trace.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ir/fields.hpp"
#include "ir/types.hpp"
#include "ir/words.hpp"
#include "source/source_map.hpp"
#include "support/rare.hpp"

namespace modcore::ir {

using source::Span;

enum class PatternId : std::uint32_t {};
enum class RuleId : std::uint32_t {};      // index into RuleSet::rules, sorted by id
enum class CategoryId : std::uint16_t {};  // index into RuleSet::categories, sorted by name
enum class RouteId : std::uint16_t {};     // index into RuleSet::routes, sorted by name
inline constexpr PatternId no_pattern{0xffffffffU};

enum class Tolerance : std::uint8_t { exact, case_, accents, obfuscated };
enum class At : std::uint8_t { anywhere, start, end, whole };
enum class Unit : std::uint8_t { field, line };
enum class Verdict : std::uint8_t { allow, flag, hide, escalate };
enum class Severity : std::uint8_t { info, low, medium, high, critical };
enum class Urgency : std::uint8_t { low, normal, high, critical };
enum class Status : std::uint8_t { active, shadow, off };

// ---- Items: what one line of a pattern group matches -------------------------

// Words and phrases.
struct WordsItem {
  Alternatives alternatives;
};
struct SubstringItem {
  std::string exact, cased, accents;
};
// Searched as its own tolerance says: case_ unless the group writes another one.
struct RegexItem {
  std::string pattern;
  Tolerance tolerance = Tolerance::case_;
};
struct DomainItem {
  std::string host;
  std::string path;
};  // normalised host, "/path" or ""
struct EmojiItem {
  std::string plain;
};  // text::plain_emoji
struct NumberItem {
  std::string digits;
};

struct Item {
  std::string source;  // as written in the rule
  Span span;
  std::variant<WordsItem, SubstringItem, RegexItem, DomainItem, EmojiItem, NumberItem> what;
  // Items that are equal after folding bear the same number within their pattern.
  std::uint32_t distinct = 0;
};

using Languages = std::vector<std::string>;  // lower-case tags, sorted; empty: any

struct Pattern {
  std::string name;  // "main" for an inline group
  RuleId rule{};
  Span span;
  std::vector<Item> items;  // sorted by source, none equal to another after folding
  Tolerance tolerance = Tolerance::accents;  // of all items but regexes
  FieldSet in = text_fields();
  Languages languages;
  At at = At::anywhere;
  Unit unit = Unit::field;
  PatternId except = no_pattern;  // a pattern like any other, never named in a condition
  bool is_except = false;
};

// ---- Conditions --------------------------------------------------------------

enum class Op : std::uint8_t {
  constant,
  attribute,
  logic_and,
  logic_or,
  logic_not,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in_set,     // args: element, set
  overlaps,   // args: set, set; of domains: a host of the first lies under one of the second
  subset_of,  // args: set, set; of domains: every host of the first does
  contains,
  starts_with,
  ends_with,   // args: text, text
  is_missing,  // of an attribute
  coalesce,
  add,
  subtract,
  multiply,
  divide,
  negate,
  to_number,  // int to number
  matched,    // one use
  at_least,   // `count` of the uses, at least two of them
  call,
};

enum class Function : std::uint8_t {
  count,
  distinct,
  first,
  last,  // of one use
  near,
  followed_by,  // of two uses; args: the distance, a constant int
  disguised,    // of one use
  length,
  words,
  lines,
  links,
  misleading_link,
  hosts,
  domains,
  mentions,
  hashtags,
  emoji,
  caps_ratio,
  digit_ratio,
  repeat_run,
  symbol_ratio,
  repeat_ratio,
  unique_word_ratio,
  invisible,
  mixed_script,
  script_ratio,  // args: the script's name, a constant text
  marks_run,
  similar,  // of fields and other_fields
  phones,
  emails,
  cards,
  ips,  // of fields
  quoted_ratio,
  hour,
  weekday,  // args: a time
};

// A pattern asked for inside certain fields.
struct PatternUse {
  PatternId pattern{};
  FieldSet fields;
  auto operator<=>(const PatternUse&) const = default;
};

// Text and domains are strings (text as written, domains normalised), an enum is
// its word; durations and times are seconds. Sets are sorted, without duplicates.
using Constant = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

// Operands of `and` and `or` are never of the same operator, sorted by their
// canonical text and without duplicates; so are uses. Only `when` that is always
// true or false holds a boolean constant.
struct Expr {
  Op op{};
  Type type{};
  Span span;
  std::vector<Expr> args;
  Constant constant;             // Op::constant
  std::uint16_t attribute = 0;   // Op::attribute, is_missing: Attribute or first_host + index
  std::vector<PatternUse> uses;  // matched, at_least, call
  std::int64_t count = 0;        // at_least
  Function function{};           // call
  FieldSet fields;               // call of a function of fields
  FieldSet other_fields;         // of `similar`
  bool ignore_case = true;       // text comparison; false for ids
  std::string text;              // the node in the rule language, for people
};

// ---- Rules -------------------------------------------------------------------

struct LocalizedText {
  std::map<std::string, std::string> entries;
};

struct Score {
  std::int64_t points = 0;          // thousandths
  std::optional<Expr> per;          // int or number
  std::optional<std::int64_t> max;  // thousandths
};

// `to`, `within` and `urgency` after the defaults of category and route.
struct Escalate {
  RouteId to{};
  std::optional<std::int64_t> within;  // seconds
  std::optional<Urgency> urgency;
  std::optional<Expr> condition;  // raises the rule's verdict where it is true
};

struct Rule {
  std::string id;
  Span span;
  LocalizedText title;
  LocalizedText reason;
  CategoryId category{};
  std::string guideline, owner;
  std::string meta;  // JSON, keys sorted; empty without
  Languages languages;
  Status status = Status::active;
  std::optional<std::int64_t> active_from;  // first second in force
  std::optional<std::int64_t> expires;      // first second no longer in force
  std::vector<PatternId> patterns;          // own groups, exceptions not included
  Expr when;
  std::vector<Expr> unless;
  std::optional<Verdict> verdict;    // after the category's default; empty: decides nothing alone
  bool hide = false;                 // is the post held when the rule escalates, or is raised to it
  Rare<Escalate> escalate;  // always there if the verdict is escalate
  Rare<Score> score;
  Severity severity = Severity::medium;
  bool suppresses_everything = false;
  std::vector<RuleId> suppresses_rules;
  std::vector<CategoryId> suppresses_categories;
  bool final = false;
};

struct Threshold {
  Verdict verdict{};
  std::int64_t points = 0;  // thousandths
};

struct Category {
  std::string name;
  RouteId route{};  // where its thresholds escalate to
  bool suppressible = true;
  std::vector<Threshold> thresholds;  // ascending
};

struct Route {
  std::string name;
  std::optional<std::int64_t> within;  // seconds
  std::optional<Urgency> urgency;
};

struct TimeZone {
  std::string name = "UTC";
  // Offset from UTC in seconds from each instant on, sorted; the first begins at
  // the smallest int64.
  std::vector<std::pair<std::int64_t, std::int32_t>> offsets = {{INT64_MIN, 0}};
};

struct Limits {
  std::uint32_t text_bytes = 65536;
  std::uint32_t matches = 1000;
  bool reached_allows = false;
};

struct RuleSet {
  std::string policy;  // its name, empty without
  bool has_policy = false;
  Languages languages;  // the policy's, in its order
  TimeZone timezone;
  std::vector<HostAttribute> host_attributes;  // sorted by name
  std::vector<Category> categories;            // those that rules bear or name
  std::vector<Route> routes;                   // those that can appear in a decision
  std::vector<Rule> rules;
  std::vector<Pattern> patterns;
  Limits limits;
};

[[nodiscard]] std::string_view to_string(Tolerance) noexcept;  // "case", as rules write it
[[nodiscard]] std::string_view to_string(At) noexcept;
[[nodiscard]] std::string_view to_string(Verdict) noexcept;
[[nodiscard]] std::string_view to_string(Severity) noexcept;
[[nodiscard]] std::string_view to_string(Urgency) noexcept;
[[nodiscard]] std::string_view to_string(Status) noexcept;
[[nodiscard]] std::string_view to_string(Op) noexcept;
[[nodiscard]] std::string_view to_string(Function) noexcept;

// The name of an attribute or text field, of the host or not, as rules write it.
[[nodiscard]] std::string_view attribute_name(const RuleSet& rules,
                                              std::uint16_t attribute) noexcept;
[[nodiscard]] std::string_view field_name(const RuleSet& rules, TextField field) noexcept;
// "title + own", in the order of TextField.
[[nodiscard]] std::string to_string(const RuleSet& rules, FieldSet fields);

// What an item searches after expansion and folding, the same for the same
// meaning: `words "buy now"`.
[[nodiscard]] std::string meaning(const Item& item, Tolerance tolerance);

// A condition as one line, the same for the same meaning.
[[nodiscard]] std::string dump(const RuleSet& rules, const Expr& expr);

// The whole rule set as text, one meaning one text: the golden form of the tests
// and what the fingerprint is taken over. It holds everything that can show in a
// Decision, and nothing else: no spans, no owners, no comments.
[[nodiscard]] std::string dump(const RuleSet& rules);

}  // namespace modcore::ir
