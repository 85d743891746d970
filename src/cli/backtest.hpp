// A backtest as text.
#pragma once

#include <string>

#include <modcore/corpus.hpp>

#include "cli/terminal.hpp"

namespace modcore::cli {

[[nodiscard]] std::string render_backtest(const BacktestReport& report, const Palette& palette);

}  // namespace modcore::cli
