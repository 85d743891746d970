// What is dear in rules, with the numbers and the way to make it cheap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "lint/lint.hpp"

namespace modcore::lint {

void lint_cost(const Input& input, diag::Sink& sink);

// What was measured of a regex: nanoseconds for a byte of ordinary text, above those of
// folding it.
struct MeasuredRegex {
  source::Span span;
  std::string rule;
  double nanoseconds = 0;
  double compile_milliseconds = 0;
  std::size_t database_bytes = 0;
  std::string how;  // where it is looked for, and by what
};
// Of a regex that neither literals nor digits find.
[[nodiscard]] std::string how_searched(const runtime::MatchPlan& plan, std::uint32_t regex);
// Says what is to be said about it: nothing, M807 or M304.
void judge_regex(const MeasuredRegex& measured, diag::Sink& sink);
// M802, of all that is searched for.
void judge_size(std::size_t bytes, diag::Sink& sink);

}  // namespace modcore::lint
