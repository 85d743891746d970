#include "artifact/validate.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <variant>

#include "artifact/archive.hpp"
#include "program/verify.hpp"
#include "text/scripts.hpp"

namespace modcore::artifact {
namespace {

// What the rule language allows, and beyond which sums could overflow.
constexpr std::int64_t most_points = 1'000'000'000;  // thousandths
constexpr std::int64_t first_second = -62'135'596'800;  // of the year 1
constexpr std::int64_t last_second = 253'402'300'799;   // of the year 9999
constexpr std::uint32_t largest_text = std::uint32_t{64} << 20U;
constexpr std::uint32_t most_matches = 1'000'000;
constexpr std::uint32_t widest_gap = 100;

bool is_instant(const std::optional<std::int64_t>& seconds) {
  return !seconds || (*seconds >= first_second && *seconds <= last_second);
}
bool is_duration(const std::optional<std::int64_t>& seconds) {
  return !seconds || (*seconds >= 0 && *seconds <= last_second);
}
bool are_points(const std::optional<std::int64_t>& points) {
  return !points || (*points >= -most_points && *points <= most_points);
}

// ---- The program -----------------------------------------------------------------

// Each instruction and node belongs to one condition at most, so that to verify
// all of them is linear.
class Shares {
 public:
  explicit Shares(const program::Image& image)
      : code_(image.code.size()), nodes_(image.nodes.size()) {}

  void take(const program::Fragment& fragment) {
    take(fragment.begin, fragment.end, code_);
    take(fragment.nodes_begin, fragment.nodes_end, nodes_);
  }
  void take(const program::Rule& rule) {
    take(rule.when);
    for (const program::Fragment& unless : rule.unless) take(unless);
    if (rule.escalation && rule.escalation->condition) take(*rule.escalation->condition);
    if (rule.score && rule.score->per) take(*rule.score->per);
  }

 private:
  static void take(std::uint32_t begin, std::uint32_t end, std::size_t& left) {
    require(begin <= end && end - begin <= left, "conditions share their code");
    left -= end - begin;
  }
  std::size_t code_, nodes_;
};

void check_rule(const program::Rule& rule) {
  require(is_instant(rule.active_from) && is_instant(rule.expires), "a date is out of range");
  if (rule.score) {
    require(are_points(rule.score->points) && are_points(rule.score->max), "points are out of range");
  }
  if (rule.escalation) require(is_duration(rule.escalation->within), "a time is out of range");
}

void check_tables(const program::Image& image) {
  require(image.limits.text_bytes >= 1 && image.limits.text_bytes <= largest_text &&
              image.limits.matches >= 1 && image.limits.matches <= most_matches,
          "a limit is out of range");
  for (const ir::Category& category : image.categories) {
    for (const ir::Threshold& threshold : category.thresholds) {
      require(are_points(threshold.points), "points are out of range");
    }
  }
  for (const ir::Route& route : image.routes) require(is_duration(route.within), "a time is out of range");
  for (const program::Measure& measure : image.measures) {
    require(measure.function != ir::Function::script_ratio || text::script_named(measure.script),
            "a script does not exist");
  }
  for (const ir::PatternUse& use : image.uses) {
    require((use.fields.bits & ~image.fields.bits) == 0, "a field is searched that is not read");
  }
  for (const program::Measure& measure : image.measures) {
    require(((measure.fields.bits | measure.other_fields.bits) & ~image.fields.bits) == 0,
            "a field is measured that is not read");
  }
}

void check_image(const program::Image& image) {
  Shares shares(image);
  const program::Rule* last = nullptr;
  for (const program::Rule& rule : image.rules) {
    require(last == nullptr || last->id < rule.id, "the rules are not sorted");
    last = &rule;
    check_rule(rule);
    shares.take(rule);
  }
  check_tables(image);
  const std::string fault = program::verify(image);
  if (!fault.empty()) throw Fault("the program is not sound: " + fault);
}

// ---- Patterns ----------------------------------------------------------------------

bool is_word(const std::vector<std::string>& parts) {
  return parts.size() == 1 ? !parts.front().empty() : parts.size() >= 2;
}

void check_sequence(const ir::WordSequence& sequence) {
  bool after_word = false;
  for (const ir::WordElement element : sequence) {
    const ir::Gap* const gap = element.gap();
    require(gap == nullptr || after_word, "a gap stands where a word must");
    after_word = gap == nullptr;
    if (gap != nullptr) {
      require(gap->minimum <= gap->maximum && gap->maximum <= widest_gap, "a gap is out of range");
      continue;
    }
    const ir::WordPattern& word = *element.word();
    require(is_word(word.accents) && is_word(word.cased) && is_word(word.exact), "a word is empty");
    const bool letters = std::ranges::any_of(word.accents, std::not_fn(&std::string::empty));
    require(letters || sequence.size() > 1, "a wildcard stands alone");
  }
  require(after_word, "a phrase is empty or ends with a gap");
}

void check_item(const runtime::PlannedItem& item) {
  if (const auto* const words = std::get_if<ir::WordsItem>(&item.what)) {
    for (const ir::WordSequence sequence : words->alternatives) check_sequence(sequence);
  } else if (const auto* const number = std::get_if<ir::NumberItem>(&item.what)) {
    require(std::ranges::all_of(number->digits, [](char c) { return c >= '0' && c <= '9'; }),
            "a number has other signs than digits");
  }
}

void check_patterns(const program::Image& image, const std::vector<runtime::PlannedPattern>& patterns) {
  require(patterns.size() == image.patterns.size(), "patterns are missing");
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const runtime::PlannedPattern& pattern = patterns[i];
    require(pattern.items.size() == image.patterns[i].end_item - image.patterns[i].first_item, "items are missing");
    const auto except = static_cast<std::size_t>(pattern.except);
    require(pattern.except == ir::no_pattern ||
                (except < patterns.size() && patterns[except].is_except && !pattern.is_except),
            "an exception does not exist");
    for (const runtime::PlannedItem& item : pattern.items) check_item(item);
  }
}

void check_origins(const program::Image& image, const Origins& origins) {
  require(origins.places.size() == image.rules.size(), "places of rules are missing");
  for (const Place& place : origins.places) {
    require(place.file == no_file || place.file < origins.files.size(), "a file does not exist");
  }
  require(std::ranges::is_sorted(origins.used_fields), "the fields are not sorted");
}

}  // namespace

void validate(const program::Image& image, const std::vector<runtime::PlannedPattern>& patterns,
              const Origins& origins) {
  check_image(image);
  check_patterns(image, patterns);
  check_origins(image, origins);
}

}  // namespace modcore::artifact
