// What a policy says, after its presets and the built-in defaults.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

struct CategorySettings {
  ir::Verdict default_verdict = ir::Verdict::flag;
  std::optional<ast::Name> route;
  bool suppressible = true;
  std::map<ir::Verdict, std::int64_t> thresholds;  // thousandths
};

struct RouteSettings {
  std::optional<std::int64_t> within;
  std::optional<ir::Urgency> urgency;
};

inline constexpr std::string_view default_route = "moderators";

struct Policy {
  bool given = false;
  std::string name;
  ir::Languages languages;  // in their order
  ir::TimeZone timezone;
  ir::Limits limits;
  std::map<std::string, CategorySettings, std::less<>> categories;
  std::map<std::string, RouteSettings, std::less<>> routes;
  std::vector<const ast::Override*> overrides;  // weakest first

  // Without a policy any route is accepted.
  [[nodiscard]] bool check_route(const Reporter& report, const ast::Name& route) const;
  [[nodiscard]] bool check_category(const Reporter& report, const ast::Name& category) const;
};

[[nodiscard]] Policy merge_policy(const ast::Bundle& bundle, diag::Sink& sink);

// A language tag in lower case, reported where it is none.
[[nodiscard]] std::optional<std::string> language_tag(const Reporter& report, const ast::Name& tag);
[[nodiscard]] ir::Languages sorted_languages(const Reporter& report,
                                             const std::vector<ast::Name>& tags);

// "1.5" as thousandths, at most a million points.
[[nodiscard]] std::optional<std::int64_t> parse_points(const Reporter& report,
                                                       const ast::Name& number);

}  // namespace modcore::checker
