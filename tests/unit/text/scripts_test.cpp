// Scripts, invisible characters and marks.
#include "text/scripts.hpp"

#include <doctest/doctest.h>

#include "text/census.hpp"
#include "text/statistics.hpp"

using namespace modcore;

namespace {

std::int64_t invisible(std::string_view text) {
  std::vector<text::Range> buffer;
  return text::count_invisible(text, buffer);
}

}  // namespace

TEST_CASE("scripts are named as Unicode names them, however it is spelt") {
  REQUIRE(text::script_named("cyrillic"));
  CHECK(text::script_named("Cyrillic") == text::script_named("CYRILLIC"));
  CHECK(text::script_named("old italic") == text::script_named("Old_Italic"));
  CHECK(text::script_name(*text::script_named("Old-Italic")) == "old_italic");
  for (const char* name : {"", "klingon", "common", "inherited"}) CHECK_FALSE(text::script_named(name));
}

TEST_CASE("a script's share is of the letters") {
  const auto share = [](std::string_view text, std::string_view script) {
    const text::Ratio ratio = text::script_ratio(text, *text::script_named(script));
    return std::pair(ratio.part, ratio.whole);
  };
  CHECK(share("дом 12 x!", "cyrillic") == std::pair<std::int64_t, std::int64_t>(3, 4));
  CHECK(share("дом 12 x!", "latin") == std::pair<std::int64_t, std::int64_t>(1, 4));
  CHECK(share("e\u0301\u034F", "latin") == std::pair<std::int64_t, std::int64_t>(1, 1));
  CHECK(share("12 !", "latin") == std::pair<std::int64_t, std::int64_t>(0, 0));
}

TEST_CASE("words that mix scripts are counted, words beside words of another are not") {
  CHECK(text::count_mixed_script("сasino дом casino") == 1);
  CHECK(text::count_mixed_script("c\u200Bаsino, е-mail") == 1);
  CHECK(text::count_mixed_script("дом2 casino7 é 𝐀b") == 0);
  CHECK(text::count_mixed_script("漢字かなカナ 한국漢字 ㄅ漢") == 0);
  CHECK(text::count_mixed_script("한か ㄅカ 漢a") == 3);
}

TEST_CASE("characters that show nothing are counted where nothing needs them") {
  CHECK(invisible("ca\u200Bsi\u00ADno\uFEFF\u202E\U000E0041") == 5);
  CHECK(invisible("a b\t\n\u00A0c") == 0);
  CHECK(invisible("👩\u200D🌾 ❤\uFE0F 🏴\U000E0067\U000E0062\U000E007F") == 0);
  CHECK(invisible("می\u200Cخواهم क्\u200Dष שלום\u200F!") == 0);
  CHECK(invisible("\u200Cab\u200Dc") == 2);
}

TEST_CASE("the most marks in a row are those of one letter") {
  CHECK(text::marks_run("café") == 0);
  CHECK(text::marks_run("cafe\u0301") == 1);
  CHECK(text::marks_run("z\u0301\u0302\u200B\u0303a\u0301") == 3);
}

TEST_CASE("symbols have a share in what is shown") {
  const text::Census census = text::count_characters("ab $!\u200B 🌹é");
  CHECK(census.symbols == 3);
  CHECK(census.unspaced - census.invisible == 6);
}
