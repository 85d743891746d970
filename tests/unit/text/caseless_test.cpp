// What PCRE2 takes for the same letter in two cases folds the same: a regex that
// searches a fold must find what it finds in the text.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <doctest/doctest.h>
#include <pcre2.h>

#include <memory>
#include <string>
#include <vector>

#include "support/utf8.hpp"
#include "text/fold.hpp"

using namespace modcore;

namespace {

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
using Code = std::unique_ptr<pcre2_code, FreeCode>;
using MatchData = std::unique_ptr<pcre2_match_data, FreeCode>;

Code compile(const std::string& pattern, std::uint32_t options) {
  int error = 0;
  PCRE2_SIZE at = 0;
  return Code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                            options | PCRE2_UTF | PCRE2_UCP, &error, &at, nullptr));
}

std::vector<std::string> matches(const Code& code, const std::string& subject) {
  const MatchData data(pcre2_match_data_create(1, nullptr));
  std::vector<std::string> found;
  for (PCRE2_SIZE at = 0; at < subject.size();) {
    const int count = pcre2_match(code.get(), reinterpret_cast<PCRE2_SPTR>(subject.data()),
                                  subject.size(), at, PCRE2_NO_UTF_CHECK, data.get(), nullptr);
    if (count <= 0) break;
    const PCRE2_SIZE* ovector = pcre2_get_ovector_pointer(data.get());
    found.push_back(subject.substr(ovector[0], ovector[1] - ovector[0]));
    at = ovector[1];
  }
  return found;
}

// All code points, in order.
std::string everything() {
  std::string text;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c < 0xD800 || c > 0xDFFF) utf8::append(text, c);
  }
  return text;
}

}  // namespace

TEST_CASE("letters that PCRE2 takes for one in another case fold to the same") {
  // The categories that hold letters with another case.
  const Code cased_categories = compile("\\p{L&}|\\p{Nl}|\\p{So}|\\p{Mn}", 0);
  std::string cased;
  for (const std::string& letter : matches(cased_categories, everything())) cased += letter;
  int letters = 0;
  int pairs = 0;
  for (std::size_t at = 0; at < cased.size();) {
    const auto next = utf8::decode(cased, at);
    const std::string letter = cased.substr(at, next.length);
    at += next.length;
    const bool lower = text::fold(letter, text::Level::case_) == text::fold(letter, text::Level::exact);
    if (lower) continue;  // its upper case brings it
    const Code code = compile(letter, PCRE2_CASELESS);
    REQUIRE(code != nullptr);
    for (const std::string& other : matches(code, cased)) {
      CAPTURE(letter);
      CAPTURE(other);
      REQUIRE(text::fold(other, text::Level::accents) == text::fold(letter, text::Level::accents));
      pairs += other != letter ? 1 : 0;
    }
    ++letters;
  }
  CHECK(letters > 1300);
  CHECK(pairs > 1300);
}
