// What is decided: the Decision, with everything needed to act, to explain and
// to replay it.
//
//   modcore::Decision d = scanner.scan(post);
//   if (d.hidden) hide(post, d.reason("fr"));
//   for (const modcore::Route& r : d.routes) notify(r.to, r.within);
//
// A Decision is a value: copy it, keep it, pass it to another thread. The texts
// in it live as long as the Decision or one of its copies. One with nothing to
// tell (verdict allow, nothing fired) owns no memory.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/export.hpp>

namespace modcore {

// In order of strength. The values are part of the ABI.
enum class Verdict : std::uint8_t { allow = 0, flag = 1, hide = 2, escalate = 3 };

// What the moderators' attention is asked for, beside whether the post is
// hidden. The values are part of the ABI.
enum class Attention : std::uint8_t { none = 0, flag = 1, escalate = 2 };

enum class RuleSeverity : std::uint8_t { info = 0, low = 1, medium = 2, high = 3, critical = 4 };
enum class Urgency : std::uint8_t { low = 0, normal = 1, high = 2, critical = 3 };

// The ladder of what counts as the same text; each step matches whatever the
// one before it matches.
enum class Tolerance : std::uint8_t { exact = 0, case_ = 1, accents = 2, obfuscated = 3 };

// The words of the rule language ("allow", "escalate", "case"...). Static storage.
[[nodiscard]] MODCORE_API std::string_view to_string(Verdict) noexcept;
[[nodiscard]] MODCORE_API std::string_view to_string(Attention) noexcept;
[[nodiscard]] MODCORE_API std::string_view to_string(RuleSeverity) noexcept;
[[nodiscard]] MODCORE_API std::string_view to_string(Urgency) noexcept;
[[nodiscard]] MODCORE_API std::string_view to_string(Tolerance) noexcept;

// Names an Engine by its meaning: equal for the same rules on every machine.
struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Fingerprint&) const = default;
  [[nodiscard]] MODCORE_API std::string to_string() const;  // 32 hexadecimal digits
};

// One place in the post that a rule saw.
struct Evidence {
  std::string pattern;   // the group's name, or the function that found it ("links")
  std::string item;      // the item as the author of the rule wrote it
  std::string field;     // the field that the host passed: "title", "body", "author.name"...
  std::size_t begin = 0;  // half-open range in bytes of that field as passed
  std::size_t end = 0;
  std::string text;      // those bytes
  Tolerance tolerance = Tolerance::exact;  // the mildest that suffices
};

// A text in several languages. Asked for a language that it lacks, it answers
// in the policy's first language, then in English, then in any.
struct LocalizedText {
  struct Entry {
    std::string lang;
    std::string text;
  };
  std::vector<Entry> entries;   // sorted by lang
  std::string fallback;         // the policy's first language
  [[nodiscard]] bool empty() const noexcept { return entries.empty(); }
  [[nodiscard]] MODCORE_API std::string_view in(std::string_view lang) const noexcept;
};

struct FiredRule {
  std::string rule;
  LocalizedText title;
  LocalizedText reason;
  std::string category;
  std::optional<Verdict> verdict;  // empty for a rule that only gives points
  RuleSeverity severity = RuleSeverity::medium;
  double points = 0;
  std::string guideline;  // the clause it cites, may be empty
  std::string meta;       // the rule's `meta:` as JSON, empty if it has none
  std::vector<Evidence> evidence;
};

// A category whose points reached a threshold.
struct CrossedThreshold {
  std::string category;
  Verdict verdict = Verdict::flag;
  double points = 0;
  std::vector<std::string> rules;  // those that gave points, sorted
};

struct Route {
  std::string to;
  std::optional<std::chrono::seconds> within;
  Urgency urgency = Urgency::normal;
};

struct SuppressedRule {
  std::string rule;
  std::string by;  // the allow rule
};

// A rule that could not be decided because the host did not supply a fact.
struct UndeterminedRule {
  std::string rule;
  std::string part;                  // "when", "unless", "escalate" or "score"
  std::vector<std::string> missing;  // attribute names, sorted
};

// What a rule in shadow would have changed.
struct ShadowRule {
  std::string rule;
  std::optional<Verdict> verdict;
  Verdict would_be = Verdict::allow;  // the headline if this rule alone were active
};

struct CategoryScore {
  std::string category;
  double points = 0;
};

struct Decision {
  std::string id;  // Post::id
  Verdict verdict = Verdict::allow;
  bool hidden = false;
  Attention attention = Attention::none;
  std::vector<Route> routes;
  std::vector<FiredRule> fired;  // strongest first: verdict, severity, points, then id
  std::vector<CrossedThreshold> crossed;
  std::vector<SuppressedRule> suppressed;
  std::vector<UndeterminedRule> undetermined;
  std::vector<ShadowRule> shadow;
  std::vector<CategoryScore> scores;  // categories with points other than 0
  std::vector<std::string> limits;    // which bound was reached, e.g. "text_bytes: body"
  std::vector<std::string> notices;   // attributes that were ignored, and why
  Fingerprint engine;

  // What the author may be told: the reason of the first fired rule that is
  // not an allow rule and has one, else empty. Valid while the Decision is.
  [[nodiscard]] MODCORE_API std::string_view reason(std::string_view lang = {}) const noexcept;
};

}  // namespace modcore
