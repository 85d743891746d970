// The stricter levels against ICU, an implementation of the same standard.
#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <random>
#include <string>

#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/unicode_tables.hpp"
#include "unit/text/random_text.hpp"

using namespace modcore;
using text::Level;

namespace {

icu::UnicodeString nfd(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString normal = normalizer->normalize(text, status);
  REQUIRE(U_SUCCESS(status));
  return normal;
}

std::string by_icu(const std::string& valid, Level level) {
  icu::UnicodeString text = nfd(icu::UnicodeString::fromUTF8(valid));
  if (level == Level::case_) text = nfd(text.foldCase());
  std::string bytes;
  return text.toUTF8String(bytes);
}

// ICU of another Unicode version knows other characters.
bool same_version() {
  const std::string ours(text::unicode::version);
  const bool same = ours.starts_with(U_UNICODE_VERSION);
  if (!same) MESSAGE("skipped: ICU has Unicode " U_UNICODE_VERSION ", the tables have " << ours);
  return same;
}

}  // namespace

TEST_CASE("ICU and the tables agree on every code point") {
  if (!same_version()) return;
  int compared = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string one;
    utf8::append(one, c);
    CAPTURE(one);
    if (text::fold(one, Level::exact) != by_icu(one, Level::exact)) FAIL("exact differs");
    if (text::fold(one, Level::case_) != by_icu(one, Level::case_)) FAIL("case differs");
    ++compared;
  }
  CHECK(compared == 1112064);
}

TEST_CASE("ICU and the levels agree on random text") {
  if (!same_version()) return;
  const auto seed = test::fresh_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  static constexpr std::string_view marks[] = {"\u0301", "\u0323", "\u0345", "\u0F71", "\u3099",
                                               "\u05B8", "\u05BC", "\u064E", "\u0651", "α", "ά"};
  for (int i = 0; i < 20000; ++i) {
    std::string text = text::repair(test::random_text(random, 12));
    for (auto n = random() % 5; n > 0; --n) text += marks[random() % std::size(marks)];
    CAPTURE(text);
    REQUIRE(text::fold(text, Level::exact) == by_icu(text, Level::exact));
    REQUIRE(text::fold(text, Level::case_) == by_icu(text, Level::case_));
  }
}
