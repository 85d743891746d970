// The mildest tolerance at which a match that was found still matches.
#pragma once

#include <map>
#include <optional>

#include "runtime/match_plan.hpp"
#include "runtime/matcher.hpp"
#include "runtime/search.hpp"

namespace modcore::runtime {

class ToleranceTester {
 public:
  explicit ToleranceTester(const MatchPlan& plan) : plan_(plan) {}

  [[nodiscard]] ir::Tolerance mildest(const Match& match, Search& search);

 private:
  [[nodiscard]] bool holds(const Match& match, ir::Tolerance tolerance, Search& search);
  [[nodiscard]] bool regex_holds(const PlannedItem& item, text::Range range, text::Views& views,
                                 ir::Tolerance tolerance, Search& search);
  [[nodiscard]] const RegexProgram* case_sensitive(std::uint32_t regex, const std::string& pattern);

  const MatchPlan& plan_;
  // Compiled when evidence first asks, by regex.
  std::map<std::uint32_t, std::optional<RegexProgram>> case_sensitive_;
};

}  // namespace modcore::runtime
