#include "check/policy.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "check/time.hpp"
#include "diag/catalogue.hpp"
#include "support/sort_unique.hpp"

namespace modcore::checker {
namespace {

constexpr std::int64_t points_unit = 1000;
constexpr double max_points = 1'000'000;
constexpr std::int64_t min_text_bytes = 64;
constexpr std::int64_t max_text_bytes = std::int64_t{64} << 20;
constexpr std::int64_t max_matches = 1'000'000;

template <typename Map>
std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> keys;
  for (const auto& entry : map) keys.push_back(entry.first);
  return keys;
}

class Merger {
 public:
  explicit Merger(diag::Sink& sink) : report_(sink) {
    for (const char* name : {"spam", "self-promotion", "harassment", "off-topic"}) declare(name);
    policy_.routes.try_emplace(std::string(default_route));
  }

  void add(const ast::CategoryDeclaration& declaration) {
    CategorySettings& settings = declare(declaration.name.value);
    if (declaration.default_verdict) set_default(settings, *declaration.default_verdict);
    if (declaration.route) settings.route = declaration.route;
    if (declaration.suppressible) settings.suppressible = declaration.suppressible->value;
  }

  // Of a rule file: two that disagree are an error, because files have no order.
  void add_of_file(const ast::CategoryDeclaration& declaration) {
    const auto [first, added] = of_files_.try_emplace(declaration.name.value, &declaration);
    if (!added && !same(*first->second, declaration)) {
      report_(diag::duplicate_id, declaration.name.span, {"category", declaration.name.value})
          .label(first->second->name.span, "declared otherwise here");
      return;
    }
    add(declaration);
  }

  void add(const ast::PolicyFile& file) {
    for (const auto& category : file.categories) add(category);
    for (const auto& thresholds : file.thresholds) add(thresholds);
    for (const auto& route : file.routes) add(route);
    for (const auto& override_ : file.overrides) policy_.overrides.push_back(&override_);
    add_limits(file);
    if (!file.languages.empty()) set_languages(file.languages);
    if (file.timezone) {
      if (auto zone = find_time_zone(report_, *file.timezone)) policy_.timezone = std::move(*zone);
    }
  }

  Policy finish(const ast::Bundle& bundle) {
    policy_.given = bundle.policy.has_value();
    if (policy_.given) policy_.name = bundle.policy->name.value;
    for (const auto& [name, settings] : policy_.categories) {
      if (settings.route) static_cast<void>(policy_.check_route(report_, *settings.route));
    }
    return std::move(policy_);
  }

 private:
  CategorySettings& declare(const std::string& name) {
    const auto [entry, added] = policy_.categories.try_emplace(name);
    if (added) {
      entry->second.thresholds = {{ir::Verdict::flag, 4 * points_unit},
                                  {ir::Verdict::hide, 8 * points_unit}};
    }
    return entry->second;
  }

  static bool same(const ast::CategoryDeclaration& a, const ast::CategoryDeclaration& b) {
    const auto text = [](const std::optional<ast::Name>& name) { return name ? name->value : ""; };
    const auto truth = [](const auto& flag) { return !flag || flag->value; };
    return text(a.default_verdict) == text(b.default_verdict) && text(a.route) == text(b.route) &&
           truth(a.suppressible) == truth(b.suppressible);
  }

  void set_default(CategorySettings& settings, const ast::Name& word) {
    const auto verdict = choose<ir::Verdict, 4>(report_, word, "default_verdict");
    if (verdict == ir::Verdict::allow) {
      report_(diag::keys_do_not_fit, word.span,
              {"a category cannot allow by default", "an allow rule says `verdict: allow` itself"});
    } else if (verdict) {
      settings.default_verdict = *verdict;
    }
  }

  void add(const ast::Thresholds& thresholds) {
    if (!policy_.check_category(report_, thresholds.category)) return;
    CategorySettings& settings = policy_.categories.find(thresholds.category.value)->second;
    for (const auto& [word, points] : thresholds.verdicts) {
      const auto verdict = choose<ir::Verdict, 4>(report_, word, "thresholds");
      const auto value = parse_points(report_, points);
      if (!verdict || !value) continue;
      if (*verdict == ir::Verdict::allow) {
        report_(diag::keys_do_not_fit, word.span,
                {"points cannot allow a post", "thresholds are flag, hide and escalate"});
      } else if (*value <= 0) {
        report_(diag::literal_out_of_range, points.span,
                {points.value, "a threshold is more than 0"});
      } else {
        settings.thresholds[*verdict] = *value;
      }
    }
  }

  void add(const ast::RouteDeclaration& route) {
    RouteSettings& settings = policy_.routes[route.name.value];
    if (route.within) settings.within = parse_duration(report_, *route.within);
    if (route.urgency)
      settings.urgency = choose<ir::Urgency, 4>(report_, *route.urgency, "urgency");
  }

  void add_limits(const ast::PolicyFile& file) {
    ir::Limits& limits = policy_.limits;
    if (file.text_bytes)
      set_limit(limits.text_bytes, *file.text_bytes, min_text_bytes, max_text_bytes);
    if (file.matches) set_limit(limits.matches, *file.matches, 1, max_matches);
    if (file.limits_reached) {
      static constexpr std::array<std::string_view, 2> words{"flag", "allow"};
      limits.reached_allows = choose_index(report_, *file.limits_reached, "reached", words) == 1;
    }
  }

  void set_limit(std::uint32_t& limit, const ast::Name& text, std::int64_t least,
                 std::int64_t most) {
    std::int64_t value = 0;
    const char* const end = text.value.data() + text.value.size();
    const auto read = std::from_chars(text.value.data(), end, value);
    if (read.ec == std::errc{} && read.ptr == end && value >= least && value <= most) {
      limit = static_cast<std::uint32_t>(value);
      return;
    }
    report_(diag::literal_out_of_range, text.span,
            {text.value,
             "a whole number from " + std::to_string(least) + " to " + std::to_string(most)});
  }

  // The first one is the fallback for reasons, so their order is kept.
  void set_languages(const std::vector<ast::Name>& tags) {
    policy_.languages.clear();
    for (const ast::Name& tag : tags) {
      const auto language = language_tag(report_, tag);
      if (language && std::ranges::count(policy_.languages, *language) == 0) {
        policy_.languages.push_back(*language);
      }
    }
  }

  Reporter report_;
  Policy policy_;
  std::map<std::string, const ast::CategoryDeclaration*> of_files_;
};

// A code of two or three letters, then parts of letters and digits.
bool is_language_tag(std::string_view lower) {
  const std::size_t code = std::min(lower.find('-'), lower.size());
  if (code < 2 || code > 3) return false;
  std::size_t length = 0;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = lower[i];
    length = c == '-' ? 0 : length + 1;
    const bool letter = c >= 'a' && c <= 'z';
    const bool digit = i > code && c >= '0' && c <= '9';
    const bool ends = c == '-' && i + 1 < lower.size() && lower[i + 1] != '-';
    if (length > 8 || (!letter && !digit && !ends)) return false;
  }
  return true;
}

// Names, ISO 639-2 codes and country codes that people write for a language.
std::string meant_language(std::string_view lower) {
  struct Habit {
    std::string_view written, code;
  };
  static constexpr std::array<Habit, 57> habits{{
      {"arabic", "ar"},     {"chi", "zh"},      {"chinese", "zh"},  {"cn", "zh"},
      {"cz", "cs"},         {"cze", "cs"},      {"czech", "cs"},    {"danish", "da"},
      {"deu", "de"},        {"deutsch", "de"},  {"dk", "da"},       {"dut", "nl"},
      {"dutch", "nl"},      {"eng", "en"},      {"english", "en"},  {"español", "es"},
      {"fra", "fr"},        {"français", "fr"}, {"francais", "fr"}, {"fre", "fr"},
      {"french", "fr"},     {"ger", "de"},      {"german", "de"},   {"gr", "el"},
      {"greek", "el"},      {"hebrew", "he"},   {"hindi", "hi"},    {"hun", "hu"},
      {"hungarian", "hu"},  {"ita", "it"},      {"italian", "it"},  {"italiano", "it"},
      {"japanese", "ja"},   {"jp", "ja"},       {"jpn", "ja"},      {"kor", "ko"},
      {"korean", "ko"},     {"nld", "nl"},      {"norwegian", "no"}, {"pol", "pl"},
      {"polish", "pl"},     {"polski", "pl"},   {"por", "pt"},      {"portuguese", "pt"},
      {"romanian", "ro"},   {"rus", "ru"},      {"russian", "ru"},  {"slovak", "sk"},
      {"spa", "es"},        {"spanish", "es"},  {"swedish", "sv"},  {"tur", "tr"},
      {"turkish", "tr"},    {"ua", "uk"},       {"ukr", "uk"},      {"ukrainian", "uk"},
      {"zho", "zh"},
  }};
  const auto* const habit = std::ranges::find(habits, lower, &Habit::written);
  if (habit != habits.end()) return std::string(habit->code);
  std::string dashed(lower);
  std::ranges::replace(dashed, '_', '-');
  return dashed;
}

}  // namespace

bool Policy::check_route(const Reporter& report, const ast::Name& route) const {
  if (!given || routes.contains(route.value)) return true;
  report(diag::route_missing, route.span, {route.value})
      .suggest(route.span, diag::nearest(route.value, keys_of(routes)));
  return false;
}

bool Policy::check_category(const Reporter& report, const ast::Name& category) const {
  if (categories.contains(category.value)) return true;
  report_unknown(report, "category", category, keys_of(categories));
  return false;
}

Policy merge_policy(const ast::Bundle& bundle, diag::Sink& sink) {
  Merger merger(sink);
  for (const ast::RuleFile& file : bundle.rule_files) {
    if (file.category_declaration) merger.add_of_file(*file.category_declaration);
  }
  for (const ast::PolicyFile& preset : bundle.presets) merger.add(preset);
  if (bundle.policy) merger.add(*bundle.policy);
  return merger.finish(bundle);
}

std::optional<std::string> language_tag(const Reporter& report, const ast::Name& tag) {
  std::string lower;
  for (const char c : tag.value) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const std::string meant = meant_language(lower);
  if (meant == lower && is_language_tag(lower)) return lower;
  report(diag::bad_identifier, tag.span,
         {tag.value, "language", "write a BCP 47 tag such as en, pl or pt-BR"})
      .suggest(tag.span, is_language_tag(meant) ? meant : "");
  return std::nullopt;
}

ir::Languages sorted_languages(const Reporter& report, const std::vector<ast::Name>& tags) {
  ir::Languages languages;
  for (const ast::Name& tag : tags) {
    if (auto language = language_tag(report, tag)) languages.push_back(std::move(*language));
  }
  sort_unique(languages);
  return languages;
}

std::optional<std::int64_t> parse_points(const Reporter& report, const ast::Name& number) {
  double value = 0;
  const char* const end = number.value.data() + number.value.size();
  const auto read = std::from_chars(number.value.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || !(std::abs(value) <= max_points)) {
    report(diag::literal_out_of_range, number.span, {number.value, "at most a million points"});
    return std::nullopt;
  }
  const double thousandths = value * static_cast<double>(points_unit);
  if (std::abs(thousandths - std::round(thousandths)) > 1e-6) {
    report(diag::literal_out_of_range, number.span,
           {number.value, "points have at most three decimals"});
    return std::nullopt;
  }
  return std::llround(thousandths);
}

}  // namespace modcore::checker
