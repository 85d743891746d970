#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

namespace modcore::cli {
namespace {

constexpr std::size_t width = 30;
constexpr auto patience = std::chrono::milliseconds(500);
constexpr auto between = std::chrono::milliseconds(100);

bool is_dumb() {
  const char* const terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) == "dumb";
}

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(width));
  std::string out;
  for (std::size_t i = 0; i < width; ++i) out += i < full ? "█" : "░";
  return out;
}

std::string remaining(std::chrono::duration<double> spent, double share) {
  if (share <= 0) return {};
  const auto left = static_cast<long>(spent.count() * (1 - share) / share + 0.5);
  return left >= 60 ? fmt::format(", {} min {} s left", left / 60, left % 60) : fmt::format(", {} s left", left);
}

}  // namespace

Progress::Progress(std::string what) : what_(std::move(what)), wanted_(isatty(STDERR_FILENO) == 1 && !is_dumb()) {}

Progress::~Progress() { clear(); }

void Progress::show(std::uint64_t done, std::uint64_t total, const std::string& note) {
  const auto now = Clock::now();
  if (!wanted_ || now - start_ < patience || now - last_ < between) return;
  last_ = now;
  shown_ = true;
  const double share = total == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const std::string line =
      total == 0 ? fmt::format("\r\x1b[K{} {:.1f} MB{}", what_, static_cast<double>(done) / 1e6, note)
                 : fmt::format("\r\x1b[K{} {} {:3.0f} %{}{}", what_, bar(share), 100 * share,
                               remaining(now - start_, share), note);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Progress::clear() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace modcore::cli
