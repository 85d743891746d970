// Plots of a backtest as SVG that stands in the page.
#pragma once

#include <string>

#include <modcore/corpus.hpp>

namespace modcore::tooling {

// All posts as one bar, by verdict.
[[nodiscard]] std::string verdict_bar(const BacktestReport& report);
// What a rule caught, as a share of `most`: right, wrong and unlabelled.
[[nodiscard]] std::string row_bar(const BacktestRow& row, std::uint64_t most);
// A share with its interval on a scale from 0 to 1; `kind` is precision, recall or f1.
[[nodiscard]] std::string rate_plot(const Rate& rate, std::string_view kind);
// How many posts each two of the rules caught together; at most `most` rules.
[[nodiscard]] std::string overlap_matrix(const BacktestReport& report, std::size_t most);

}  // namespace modcore::tooling
