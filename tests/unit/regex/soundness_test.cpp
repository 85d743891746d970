// The analysis against the truth: PCRE2, over all characters and many random
// patterns and texts.
#include <doctest/doctest.h>
#include <hs.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "compile/hyperscan.hpp"
#include "regex/analysis.hpp"
#include "regex/automaton.hpp"
#include "regex/cases.hpp"
#include "regex/mark.hpp"
#include "regex/needed_characters.hpp"
#include "regex/parser.hpp"
#include "regex/required_character.hpp"
#include "runtime/regex_program.hpp"
#include "support/random_regexes.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/views.hpp"

namespace modcore::regex {
namespace {

using runtime::RegexProgram;
using runtime::RegexRunner;

bool found(RegexRunner& runner, const RegexProgram& program, std::string_view text) {
  return runner.search(program, text, 0).outcome == RegexRunner::Search::Outcome::found;
}

std::string utf8_of(char32_t code_point) {
  std::string text;
  utf8::append(text, code_point);
  return text;
}

TEST_CASE("every letter that counts as sound folds with all that PCRE2 takes for it") {
  RegexRunner runner;
  int letters = 0, partners = 0;
  // Characters beyond these blocks that are a case of one inside them.
  std::vector<char32_t> candidates;
  const auto sound = RegexProgram::compile(
      "[\\x{0}-\\x{7f}\\x{c0}-\\x{1b0}\\x{400}-\\x{45f}\\x{1d00}-\\x{1d2b}\\x{1e00}-\\x{1eff}\\x{ff01}-\\x{ff9f}]", false);
  REQUIRE(sound.program);
  for (char32_t c = 1; c < 0x110000; ++c) {
    const bool surrogate = c >= 0xD800 && c < 0xE000;
    if (!surrogate && found(runner, *sound.program, utf8_of(c))) candidates.push_back(c);
  }
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (!folds_with_its_cases(c) || has_no_case(c)) continue;
    ++letters;
    const auto letter = RegexProgram::compile("\\Q" + utf8_of(c) + "\\E", false);
    REQUIRE(letter.program);
    for (const char32_t other : candidates) {
      if (!found(runner, *letter.program, utf8_of(other))) continue;
      ++partners;
      CAPTURE(static_cast<std::uint32_t>(c));
      CAPTURE(static_cast<std::uint32_t>(other));
      CHECK(text::fold(utf8_of(other), text::Level::accents) ==
            text::fold(utf8_of(c), text::Level::accents));
    }
  }
  CHECK(letters == 127 + 192 + 4 + 96 + 44 + 256 + 159);
  CHECK(partners > 1'200);
}

std::string escaped(char32_t c) {
  std::ostringstream out;
  out << "\\x{" << std::hex << static_cast<std::uint32_t>(c) << "}";
  return out.str();
}

TEST_CASE("a character without case is taken for no other") {
  RegexRunner runner;
  std::vector<std::pair<char32_t, char32_t>> blocks;
  std::vector<char32_t> others;
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    if (!has_no_case(c)) {
      others.push_back(c);
    } else if (!blocks.empty() && blocks.back().second + 1 == c) {
      blocks.back().second = c;
    } else {
      blocks.emplace_back(c, c);
    }
  }
  REQUIRE(blocks.size() == 9);
  std::string all;
  for (const auto& block : blocks) all += escaped(block.first) + "-" + escaped(block.second);
  const auto any = RegexProgram::compile("[" + all + "]", false);
  REQUIRE(any.program);
  int strangers = 0, checked = 0;
  for (const char32_t c : others) strangers += found(runner, *any.program, utf8_of(c)) ? 1 : 0;
  CHECK(strangers == 0);
  for (const auto& block : blocks) {
    for (char32_t c = block.first; c <= block.second; ++c) {
      const std::string before = c > block.first ? escaped(block.first) + "-" + escaped(c - 1) : "";
      const std::string behind = c < block.second ? escaped(c + 1) + "-" + escaped(block.second) : "";
      const auto neighbours = RegexProgram::compile("[" + before + behind + "]", false);
      REQUIRE(neighbours.program);
      strangers += found(runner, *neighbours.program, utf8_of(c)) ? 1 : 0;
      ++checked;
    }
  }
  CHECK(strangers == 0);
  CHECK(checked > 40'000);
}

int note(unsigned, unsigned long long, unsigned long long, unsigned, void* context) noexcept {
  *static_cast<bool*>(context) = true;
  return 0;
}

bool hyperscan_finds(const runtime::Database& database, runtime::Scratch& scratch,
                     std::string_view text) {
  bool seen = false;
  hs_scan(database.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch.get(), note, &seen);
  return seen;
}

// Whether what a regex spells is told of a text like this.
bool spells_plainly(const RequiredSpelling& spelling, std::string_view text, std::string_view folded) {
  const auto may_matter = [&](std::size_t at) {
    if (spelling.unless.find(folded[at]) == std::string::npos) return false;
    if (!utf8::is_ascii(text) || spelling.behind.all()) return true;
    return at + 1 < folded.size() && spelling.behind[static_cast<unsigned char>(folded[at + 1])];
  };
  bool rare = false;
  for (std::size_t at = 0; at < folded.size(); ++at) rare = rare || may_matter(at);
  return !rare && !(spelling.ascii_only && !utf8::is_ascii(text)) && !text::may_spell_otherwise(text);
}

TEST_CASE("a text with a match contains the required literal, and both filters find it") {
  const std::uint32_t seed = std::random_device{}();
  std::cout << "seed " << seed << '\n';
  test::RandomRegexes generator(seed);
  RegexRunner runner;
  int admitted = 0, matched = 0, with_literal = 0, with_filter = 0, with_companion = 0, with_spelling = 0;
  int with_automaton = 0, with_all = 0, told = 0, with_mark = 0, told_by_mark = 0;
  for (int i = 0; i < 5'000; ++i) {
    const std::string pattern = generator.regex(3);
    const bool case_sensitive = i % 4 == 0;
    const Analysis analysis = analyse(pattern, case_sensitive);
    const auto compiled = RegexProgram::compile(pattern, case_sensitive);
    CAPTURE(pattern);
    for (const Problem& problem : analysis.problems) {
      if (problem.kind == Problem::Kind::syntax) CHECK_FALSE(compiled.program);
    }
    if (!compiled.program || !analysis.problems.empty()) continue;
    ++admitted;
    std::vector<std::string> literals = analysis.required.texts;
    for (std::string& literal : literals) literal = text::fold(literal, text::Level::accents);
    std::vector<std::string> companions = analysis.companions;
    for (std::string& companion : companions) companion = text::fold(companion, text::Level::accents);
    const Automaton automaton = automaton_of(pattern, case_sensitive);
    const Mark mark = mark_of(analysis.root);
    const Automaton at_mark = automaton_at_mark(pattern, case_sensitive);
    CHECK((mark.kind == Mark::Kind::none || at_mark.tells()));
    const Narrowing narrowing = narrow(analysis);
    std::vector<std::string> spellings = narrowing.spelling.texts;
    for (std::string& spelling : spellings) spelling = text::spelled(text::fold(spelling, text::Level::accents));
    const bool filtered = compiler::accepts_regex(narrowing.ascii_filter) &&
                          compiler::accepts_regex(narrowing.utf8_filter);
    const auto ascii = filtered ? compiler::compile_regexes({narrowing.ascii_filter}) : compiler::Compiled{};
    const auto utf8 = filtered ? compiler::compile_regexes({narrowing.utf8_filter}) : compiler::Compiled{};
    runtime::Scratch scratch;
    scratch.fit(ascii.database);
    scratch.fit(utf8.database);
    for (int j = 0; j < 30; ++j) {
      const std::string text = generator.text(j % 2 == 0);
      const auto match = runner.search(*compiled.program, text, 0);
      told += automaton.may_match(text, 0, text.size()) ? 0 : 1;
      const bool has_mark = mark.kind != Mark::Kind::none;
      told_by_mark += has_mark && !may_match(mark, at_mark, text) ? 1 : 0;
      if (match.outcome != RegexRunner::Search::Outcome::found) continue;
      ++matched;
      CAPTURE(text);
      if (has_mark) {
        ++with_mark;
        CHECK(may_match(mark, at_mark, text));
      }
      const std::string_view taken = std::string_view(text).substr(match.range.begin, match.range.end - match.range.begin);
      CHECK((analysis.opaque || parse(pattern, case_sensitive).moves_begin || may_consist_of(analysis.root, characters_of(taken))));
      CAPTURE(analysis.digits.digits);
      CAPTURE(narrowing.ascii_filter);
      CAPTURE(narrowing.utf8_filter);
      if (automaton.tells()) {
        ++with_automaton;
        CHECK(automaton.may_match(text, match.range.begin, match.range.begin));
        CHECK(automaton.may_match(text, 0, text.size()));
      }
      if (automaton.tells() && automaton.knows_all()) {
        ++with_all;
        CHECK(std::all_of(taken.begin(), taken.end(), [&](char byte) { return automaton.takes(byte); }));
      }
      const std::string folded = text::fold(text, text::Level::accents);
      const auto stands = [&](const std::string& literal) { return folded.find(literal) != std::string::npos; };
      CHECK((literals.empty() || std::any_of(literals.begin(), literals.end(), stands)));
      if (!literals.empty()) ++with_literal;
      CHECK((companions.empty() || std::any_of(companions.begin(), companions.end(), stands)));
      if (!companions.empty()) ++with_companion;
      for (const char character : narrowing.required_characters) {
        const bool holds = character == beyond_ascii ? !utf8::is_ascii(text) : folded.find(character) != std::string::npos;
        CHECK((character == 0 || holds));
      }
      const auto needed = [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return analysis.needed[byte < 0x80 ? byte : 0x7F];
      };
      CHECK(std::any_of(text.begin(), text.end(), needed));
      text::Views views;
      views.build(text);
      if (!spellings.empty() && spells_plainly(narrowing.spelling, text, folded)) {
        const std::string_view letters = views.get(text::View::spelled);
        CHECK(std::any_of(spellings.begin(), spellings.end(), [&](const std::string& spelling) {
          return letters.find(spelling) != std::string_view::npos;
        }));
        ++with_spelling;
      }
      CHECK(views.get(text::View::digits).find(analysis.digits.digits) != std::string_view::npos);
      if (utf8.database) CHECK(hyperscan_finds(utf8.database, scratch, text));
      if (ascii.database && utf8::is_ascii(text)) CHECK(hyperscan_finds(ascii.database, scratch, text));
      if (utf8.database && ascii.database) ++with_filter;
    }
  }
  std::cout << admitted << " admitted, " << matched << " matches, " << with_literal
            << " with a literal, " << with_companion << " with another, " << with_spelling << " spelled, " << with_filter << " filtered, "
            << with_automaton << " with an automaton, which told of " << told << " texts without a match, "
            << with_mark << " with a mark, which told of " << told_by_mark << "\n";
  CHECK(admitted > 2'500);
  CHECK(matched > 10'000);
  CHECK(with_literal > 200);
  CHECK(with_spelling > 200);
  CHECK(with_automaton > 5'000);
  CHECK(with_all > 1000);
  CHECK(told > 5'000);
  CHECK(with_mark > 200);
  CHECK(told_by_mark > 200);
  if (compiler::filters_are_sound()) {
    CHECK(with_filter > 10'000);
  } else {
    MESSAGE("this matching library's regex filters are not used, so they were not tested");
    CHECK(with_filter == 0);
  }
}

}  // namespace
}  // namespace modcore::regex
