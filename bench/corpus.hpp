// Patterns and posts for the benchmarks: made from a seed, or read from files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

// Two-word phrases of made-up words, all different. If MODCORE_BENCH_PHRASES names
// a file, its first lines.
std::vector<std::string> phrases(std::size_t count);

// Regular expressions as blocklists have them, `\b(?:word\Wword)\b`, all different.
// If MODCORE_BENCH_REGEXES names a file, its first lines.
std::vector<std::string> regexes(std::size_t count);

// Posts of about 140 bytes of ordinary words, a fifth of them with accents.
// None holds a phrase. If MODCORE_BENCH_POSTS names an NDJSON file, its bodies.
std::vector<std::string> clean_posts();

// The same posts with one phrase put into each.
std::vector<std::string> dirty_posts(const std::vector<std::string>& phrases);

// A rule file with one rule a phrase, or a regular expression.
std::string rule_file(const std::vector<std::string>& phrases);
std::string regex_rule_file(const std::vector<std::string>& regexes);

// Calls of operator new in this process so far.
std::size_t allocations() noexcept;

}  // namespace bench
