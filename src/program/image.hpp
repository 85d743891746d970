// All that a scanner reads besides the match plan: the rules, the code of their
// conditions, and the tables that both refer to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"
#include "program/instruction.hpp"
#include "program/needs.hpp"
#include "support/rare.hpp"
#include "support/text_list.hpp"

namespace modcore::program {

// A node of a condition, for people. A fragment's nodes stand in postfix order,
// so that the children of a node stand right before it.
struct Node {
  std::string text;
  std::uint32_t instruction = 0;  // the one that leaves its value on the stack
  std::uint32_t nodes = 1;        // itself and all below it
  ir::Type type{};
};

// The code of one condition: it leaves one value.
struct Fragment {
  std::uint32_t begin = 0, end = 0;              // instructions
  std::uint32_t nodes_begin = 0, nodes_end = 0;  // the last one is the root
};

// A function of fields, computed at most once a post.
struct Measure {
  ir::Function function{};
  ir::FieldSet fields;
  ir::FieldSet other_fields = {};  // of `similar`
  std::string script = {};         // of `script_ratio`
  auto operator<=>(const Measure&) const = default;
};

// A set that a rule writes down, sorted. `views` point into `items`.
struct ConstantSet {
  std::vector<std::string> items;
  std::vector<std::string_view> views;
};

struct Score {
  std::int64_t points = 0;  // thousandths
  std::optional<Fragment> per;
  std::optional<std::int64_t> max;
};

struct Escalation {
  ir::RouteId to{};
  std::optional<std::int64_t> within;  // seconds
  ir::Urgency urgency = ir::Urgency::normal;
  std::optional<Fragment> condition;
};

// What a rule says to people.
struct RuleTexts {
  ir::LocalizedText title, reason;
  std::string guideline;
  std::string meta;  // JSON
};

// What an allow rule takes back.
struct Suppression {
  bool everything = false;
  std::vector<ir::RuleId> rules;
  std::vector<ir::CategoryId> categories;
};

// There may be tens of thousands: half of what loading takes is memory that it touches.
struct Rule {
  std::string id;
  Rare<RuleTexts> texts;
  ir::CategoryId category{};
  ir::Languages languages;
  bool without_language = true;  // considered where the post's language is unknown
  ir::Status status = ir::Status::active;
  std::optional<std::int64_t> active_from, expires;
  Fragment when;
  std::vector<Fragment> unless;
  std::optional<ir::Verdict> verdict;
  bool hide = false;
  Rare<Escalation> escalation;
  Rare<Score> score;
  ir::Severity severity = ir::Severity::medium;
  Rare<Suppression> suppresses;
  bool final = false;
  // What a fired rule shows: each group and each finding function once.
  std::vector<std::uint32_t> evidence_uses;
  std::vector<std::uint32_t> evidence_measures;
};

struct Pattern {
  std::string name;
  ir::RuleId rule{};
  std::uint32_t first_item = 0, end_item = 0;  // in Image::items
};

struct Image {
  Image() = default;
  Image(const Image&) = delete;  // ConstantSet::views
  Image& operator=(const Image&) = delete;
  Image(Image&&) = default;
  Image& operator=(Image&&) = default;

  std::string policy;
  std::string first_language;  // the policy's, for texts that lack the one asked for
  ir::TimeZone timezone;
  ir::Limits limits;
  std::vector<ir::HostAttribute> host_attributes;  // sorted by name
  std::vector<ir::Category> categories;
  std::vector<ir::Route> routes;
  std::vector<Rule> rules;       // sorted by id
  std::vector<Pattern> patterns;
  TextList items;  // as written
  std::vector<ir::PatternUse> uses;  // sorted; the index is runtime::UseId
  ir::FieldSet fields;               // all that is searched or measured

  std::vector<Instruction> code;
  std::vector<Node> nodes;
  std::vector<std::int64_t> integers;
  std::vector<double> numbers;
  std::vector<std::string> texts;
  std::vector<ConstantSet> sets;
  std::vector<Measure> measures;
  std::vector<std::uint32_t> operands;
  std::uint32_t stack_size = 0;  // the most values that a fragment needs at once

  // The rules that pattern p wakes are waking[wake_begin[p]] to wake_begin[p + 1].
  std::vector<std::uint32_t> wake_begin;
  std::vector<std::uint32_t> waking;
  std::vector<std::uint32_t> sleepless;  // rules that run on each post
  // Of both, those that need not run in posts that lack something. Sorted by rule.
  std::vector<RuleNeeds> needs;
};

// An item of a pattern, as the author of the rule wrote it.
[[nodiscard]] inline std::string_view item_text(const Image& image, std::size_t pattern, std::size_t item) noexcept {
  return image.items[image.patterns[pattern].first_item + item];
}
// How many attributes there are, and the type and name of each.
[[nodiscard]] std::size_t attribute_count(const Image& image) noexcept;
[[nodiscard]] ir::Type attribute_type(const Image& image, std::uint32_t attribute) noexcept;
[[nodiscard]] std::string_view attribute_name(const Image& image, std::uint32_t attribute) noexcept;
[[nodiscard]] std::string_view field_name(const Image& image, ir::TextField field) noexcept;
[[nodiscard]] ir::Type measure_type(ir::Function function) noexcept;
// Whether it is a function of fields at all.
[[nodiscard]] bool is_measure(ir::Function function) noexcept;

}  // namespace modcore::program
