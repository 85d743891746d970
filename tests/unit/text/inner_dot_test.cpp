// Dots inside names: every processor's way finds what one byte after the other does.
#include "text/inner_dot.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "support/seed.hpp"

using namespace modcore;

namespace {

constexpr auto none = std::string_view::npos;

TEST_CASE("a dot inside a name has a letter or a digit behind it") {
  CHECK(text::next_inner_dot("a.b", 0) == 1);
  CHECK(text::next_inner_dot(".com", 0) == 0);
  CHECK(text::next_inner_dot("a.1.b", 2) == 3);
  for (const std::string_view text : {"", ".", "a.", "a. b", "a..", "a.\n", "a.\"", "a.\xC3\xA9", "no dot at all, in a text that is long"}) {
    CAPTURE(text);
    CHECK(text::next_inner_dot(text, 0) == none);
  }
  CHECK(text::next_inner_dot("a.b", 2) == none);
  CHECK(text::next_inner_dot("a.b", 3) == none);
}

// In blocks of just the size: the sanitizers watch.
TEST_CASE("dots inside names are found at every place of texts of every length") {
  std::mt19937 random(test::announced_seed());
  std::size_t found = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::vector<char> text(random() % 80);
    for (char& c : text) c = "abcdefghij ,\xC3\xA9\x7F.."[random() % 17];
    const std::string_view view(text.data(), text.size());
    const std::size_t at = random() % (view.size() + 2);
    const std::size_t expected = text::next_inner_dot_portable(view, at);
    CHECK(text::next_inner_dot(view, at) == expected);
    found += expected != none ? 1U : 0U;
  }
  CHECK(found > 5'000);
}

}  // namespace
