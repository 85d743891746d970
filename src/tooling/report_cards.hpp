// Rules and posts of a report as HTML: what people open to look at single cases.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <modcore/corpus.hpp>

namespace modcore::tooling {

// "hide", or "points" of a rule that only gives these.
[[nodiscard]] std::string_view verdict_word(const BacktestRow& rule);
// What a link to the rule's card names.
[[nodiscard]] std::string anchor(std::string_view rule);

// A post with what was seen in it marked, as an item of a list.
[[nodiscard]] std::string post_item(const BacktestExample& example);
// A rule with its mistakes and examples, closed until somebody opens it.
[[nodiscard]] std::string rule_card(const BacktestRow& rule, std::uint64_t posts);

}  // namespace modcore::tooling
