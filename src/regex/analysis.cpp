#include "regex/analysis.hpp"

#include <optional>

#include "regex/filter_pattern.hpp"
#include "regex/literals.hpp"
#include "regex/measure.hpp"
#include "regex/needed_characters.hpp"
#include "regex/parser.hpp"
#include "regex/required_character.hpp"

namespace modcore::regex {
namespace {

Problem problem_of_all(Problem::Kind kind, std::string_view pattern, std::string message,
                       std::string suggestion) {
  return {kind, 0, static_cast<std::uint32_t>(pattern.size()), std::move(message),
          std::move(suggestion)};
}

// What is wrong with a regex that PCRE2 may take.
std::optional<Problem> problem_of(const Node& root, std::uint64_t cost, std::string_view pattern) {
  if (cost > max_cost) {
    return problem_of_all(
        Problem::Kind::too_big, pattern,
        "its repeats expand to " + std::to_string(cost) + " states, " +
            std::to_string(max_cost) + " are allowed",
        "make the numbers of the repeats smaller, or use `phrases` with a gap such as `<0-5>`");
  }
  if (always_matches_empty(root) || takes_nothing(root)) {
    return problem_of_all(Problem::Kind::matches_empty, pattern,
                          "it matches without taking a character",
                          "make a part of it required, for example with `+` instead of `*`");
  }
  return std::nullopt;
}

// Its problems and its cost; the tree in any case.
Parsed examine(std::string_view pattern, bool case_sensitive, Analysis& analysis) {
  if (pattern.size() > max_pattern_bytes) {
    analysis.problems.push_back(
        problem_of_all(Problem::Kind::too_big, pattern,
                       "it is longer than " + std::to_string(max_pattern_bytes) + " bytes",
                       "write several shorter regexes"));
    return {};
  }
  Parsed parsed = parse(pattern, case_sensitive);
  analysis.problems = std::move(parsed.problems);
  if (!analysis.problems.empty()) return parsed;
  analysis.cost = cost(parsed.root);
  if (auto problem = problem_of(parsed.root, analysis.cost, pattern)) {
    analysis.problems.push_back(*std::move(problem));
  }
  return parsed;
}

}  // namespace

std::vector<Problem> problems_of(std::string_view pattern, bool case_sensitive) {
  Analysis analysis;
  examine(pattern, case_sensitive, analysis);
  return std::move(analysis.problems);
}

Analysis analyse(std::string_view pattern, bool case_sensitive) {
  Analysis analysis;
  Parsed parsed = examine(pattern, case_sensitive, analysis);
  if (!analysis.problems.empty()) return analysis;
  analysis.opaque = parsed.opaque;
  if (parsed.opaque) return analysis;
  analysis.required = required_literals(parsed.root);
  analysis.digits = required_digits(parsed.root);
  if (!parsed.moves_begin) {
    analysis.plain = plain_regex(parsed.root);
  } else {
    analysis.required.before_max = analysis.digits.before_max = unbounded;
  }
  if (!analysis.plain.is_plain && !analysis.required.texts.empty()) {
    analysis.companions = companion_literals(parsed.root, analysis.required);
  }
  // A plain one is compared where its literal stands.
  if (!analysis.plain.is_plain) analysis.needed = needed_characters(parsed.root);
  analysis.root = std::move(parsed.root);
  return analysis;
}

Narrowing narrow(const Analysis& analysis) {
  Narrowing narrowing;
  if (analysis.opaque) return narrowing;
  narrowing.spelling = required_spelling(analysis.root);
  narrowing.required_characters = required_characters(analysis.root);
  narrowing.ascii_filter = filter_pattern(analysis.root, Encoding::ascii);
  narrowing.utf8_filter = filter_pattern(analysis.root, Encoding::utf8);
  return narrowing;
}

}  // namespace modcore::regex
