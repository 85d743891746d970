// Random scalars in every style: the map must lead each decoded byte back to the
// bytes it was written as, whatever yaml-cpp made of them.
#include "parse/scalar_map.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>

#include "diag/sink.hpp"
#include "parse/yaml_events.hpp"
#include "support/seed.hpp"
#include "support/utf8.hpp"

using namespace modcore;
using namespace modcore::parse;

namespace {

struct Generator {
  std::mt19937 random;

  std::size_t below(std::size_t n) { return random() % n; }

  std::string piece(ScalarStyle style) {
    static constexpr std::array<std::string_view, 14> common{
        "a", "b", "word", "é", "ł", "漢", "😀", " ", "  ", "x y", "(", "$p", "3", "."};
    static constexpr std::array<std::string_view, 12> escapes{
        "\\n",         "\\t", "\\\\", "\\\"", "\\x41", "\\u0142",
        "\\U0001F600", "\\0", "\\_",  "\\L",  "\\ ",   "\\/"};
    const std::size_t dice = below(20);
    if (style == ScalarStyle::double_quoted && dice < 5)
      return std::string(escapes[below(escapes.size())]);
    if (style == ScalarStyle::single_quoted && dice < 3) return "''";
    if (style == ScalarStyle::single_quoted && dice < 5) return "\\n\"";
    return std::string(common[below(common.size())]);
  }

  std::string line(ScalarStyle style, std::size_t most) {
    std::string text;
    for (std::size_t n = below(most + 1); n > 0; --n) text += piece(style);
    return text;
  }
};

struct Case {
  std::string text;         // a whole file
  std::uint32_t begin = 0;  // of the scalar
};

std::string blanks(Generator& g) {
  return std::string(g.below(3), ' ');
}

Case flow_case(Generator& g, ScalarStyle style, std::string_view line_break) {
  const bool in_list = g.below(3) == 0;
  Case result{in_list ? "k: [" : "k: ", 0};
  result.begin = static_cast<std::uint32_t>(result.text.size());
  const std::string_view quote = style == ScalarStyle::plain           ? ""
                                 : style == ScalarStyle::single_quoted ? "'"
                                                                       : "\"";
  result.text += quote;
  if (style == ScalarStyle::plain) result.text += "a";
  for (std::size_t lines = 1 + g.below(4); lines > 0; --lines) {
    result.text += g.line(style, 5);
    if (lines == 1) break;
    if (style == ScalarStyle::double_quoted && g.below(4) == 0) result.text += '\\';
    result.text += line_break;
    for (std::size_t empty = g.below(3) / 2; empty > 0; --empty)
      result.text += blanks(g) + std::string(line_break);
    result.text += " " + blanks(g);
  }
  if (style == ScalarStyle::plain) result.text += "z";
  result.text += quote;
  if (in_list) result.text += "]";
  result.text += line_break;
  return result;
}

Case block_case(Generator& g, ScalarStyle style, std::string_view line_break) {
  Case result{"k: ", 3};
  result.text += style == ScalarStyle::literal ? "|" : ">";
  const bool explicit_indent = g.below(4) == 0;
  if (explicit_indent) result.text += "2";
  static constexpr std::array<std::string_view, 3> chomping{"", "-", "+"};
  result.text += chomping[g.below(3)];
  if (g.below(5) == 0) result.text += " # why";
  result.text += line_break;
  for (std::size_t lines = g.below(6); lines > 0; --lines) {
    const bool empty = g.below(4) == 0;
    if (empty) {
      result.text += std::string(g.below(3), ' ');
    } else {
      result.text +=
          "  " + std::string(g.below(4) == 0 ? g.below(3) : 0, ' ') + "w" + g.line(style, 4);
    }
    if (lines > 1 || g.below(4) != 0) result.text += line_break;
  }
  return result;
}

// What the source bytes of one decoded byte may look like.
bool stands_for(std::string_view source, char decoded, ScalarStyle style) {
  if (source.size() == 1 && source[0] == decoded) return true;
  if (decoded == ' ' || decoded == '\n') {
    if (source.find_first_of("\r\n") != std::string_view::npos) return true;
  }
  if (style == ScalarStyle::single_quoted && source == "''") return decoded == '\'';
  return style == ScalarStyle::double_quoted && source.starts_with("\\");
}

// Was it a scalar, and so a case?
bool check_case(const Case& generated) {
  CAPTURE(generated.text);
  const YamlAttempt attempt = parse_yaml_events(generated.text, {});
  if (attempt.failure) {
    CHECK(attempt.failure->fault != YamlFault::unplaced);
    return false;
  }
  if (attempt.root.entries.size() != 1) return false;
  const YamlNode& value = attempt.root.entries[0].value;
  const YamlNode& scalar =
      value.kind == YamlNode::Kind::sequence && value.items.size() == 1 ? value.items[0] : value;
  if (!scalar.is_scalar()) return false;
  REQUIRE(utf8::is_valid(scalar.text));
  std::uint32_t last = generated.begin;
  for (std::uint32_t i = 0; i < scalar.text.size(); ++i) {
    CAPTURE(i);
    const std::uint32_t begin = scalar.map.begin_of(i);
    const std::uint32_t end = scalar.map.end_of(i + 1);
    REQUIRE(begin >= last);
    REQUIRE(end > begin);
    REQUIRE(end <= generated.text.size());
    REQUIRE(stands_for(std::string_view(generated.text).substr(begin, end - begin), scalar.text[i],
                       scalar.style));
    last = begin;
  }
  CHECK(scalar.span.begin == generated.begin);
  CHECK(scalar.span.end >= last);
  return true;
}

TEST_CASE("every decoded byte of a random scalar is led back to where it was written") {
  Generator g{std::mt19937(test::announced_seed())};
  static constexpr std::array styles{ScalarStyle::plain, ScalarStyle::single_quoted,
                                     ScalarStyle::double_quoted, ScalarStyle::literal,
                                     ScalarStyle::folded};
  int scalars = 0;
  for (int cases = 0; cases < 20000; ++cases) {
    const ScalarStyle style = styles[g.below(styles.size())];
    const std::string_view line_break = g.below(3) == 0 ? "\r\n" : "\n";
    const bool block = style == ScalarStyle::literal || style == ScalarStyle::folded;
    scalars +=
        check_case(block ? block_case(g, style, line_break) : flow_case(g, style, line_break)) ? 1
                                                                                               : 0;
  }
  CHECK(scalars > 15000);
}

std::string source_of(std::string_view text, std::string_view value, std::size_t begin,
                      std::size_t end) {
  const auto at = static_cast<std::uint32_t>(text.find(": ") + 2);
  const auto place = place_scalar(text, at, value);
  if (!place) return "(no place)";
  const std::uint32_t from = place->map.begin_of(static_cast<std::uint32_t>(begin));
  const std::uint32_t to = place->map.end_of(static_cast<std::uint32_t>(end));
  return std::string(text.substr(from, to - from));
}

TEST_CASE("a part of a scalar is found in the file as it was written") {
  CHECK(source_of("k: one two", "one two", 4, 7) == "two");
  CHECK(source_of("k: 'it''s on'", "it's on", 2, 3) == "''");
  CHECK(source_of("k: 'it''s on'", "it's on", 5, 7) == "on");
  CHECK(source_of("k: \"\\u0142a x\"", "ła x", 0, 2) == "\\u0142");
  CHECK(source_of("k: \"\\u0142a x\"", "ła x", 4, 5) == "x");
  CHECK(source_of("k: |\n  a\n  b c\n", "a\nb c\n", 2, 5) == "b c");
  CHECK(source_of("k: >-\r\n  a\r\n  b c\r\n", "a b c", 2, 5) == "b c");
  CHECK(source_of("k: a\n  b", "a b", 2, 3) == "b");
}

TEST_CASE("a value that the text does not hold has no place") {
  CHECK(source_of("k: one", "two", 0, 1) == "(no place)");
  CHECK(source_of("k: one", "one more", 0, 1) == "(no place)");
}

TEST_CASE("a quote that nothing closes is noticed") {
  const auto open = place_scalar("\"abc", 0, "abc");
  REQUIRE(open.has_value());
  CHECK_FALSE(open->closed);
  CHECK(place_scalar("\"abc\"", 0, "abc")->closed);
}

}  // namespace
