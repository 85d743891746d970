// The JSON of backtests.
#pragma once

#include <string_view>

#include <modcore/corpus.hpp>

namespace modcore::tooling {

inline constexpr std::string_view backtest_schema = "modcore.backtest/1";

// What to_json() wrote; `error` says why it is none.
[[nodiscard]] BacktestReport read_backtest(std::string_view json);

}  // namespace modcore::tooling
