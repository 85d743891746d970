// What a run of `scan` found, in one table.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <modcore/decision.hpp>

#include "cli/terminal.hpp"

namespace modcore::cli {

struct Disagreement {
  std::size_t count = 0;
  std::vector<std::string> ids;  // the first of them
};

struct RuleCount {
  std::size_t posts = 0;
  std::optional<Verdict> verdict;
};

struct Summary {
  std::size_t posts = 0;
  std::size_t bytes = 0;
  std::size_t bad_lines = 0;
  std::array<std::size_t, 4> verdicts{};
  std::map<std::string, std::size_t> categories;  // posts in which the category spoke
  std::map<std::string, RuleCount> rules;
  std::size_t undetermined = 0;                   // posts with a rule that lacked a fact
  std::map<std::string, std::size_t> missing;
  std::size_t limited = 0;                        // posts that reached a limit
  std::size_t expected = 0;                       // posts that bear x-expect
  std::size_t agreed = 0;
  std::map<std::pair<Verdict, Verdict>, Disagreement> disagreements;  // expected, got
  std::map<std::string, std::size_t> unknown_keys;  // these and the notices: said once a run
  std::map<std::string, std::size_t> notices;
  std::chrono::nanoseconds scanning{};            // time in scan(), over all threads

  void add(const Decision& decision);
  void expect(Verdict expected, const Decision& decision);
  void unknown_key(const std::string& key);
  void notice(const std::string& text);
  void merge(Summary&& other);
};

[[nodiscard]] std::string render_summary(const Summary& summary, std::chrono::nanoseconds elapsed,
                                         const Palette& palette);

// The word and ink of a verdict: "hide" in red.
[[nodiscard]] std::string paint_verdict(const Palette& palette, Verdict verdict,
                                        std::size_t width = 0);

}  // namespace modcore::cli
