// The table of literals by their grams finds what a naive search finds.
#include "compile/gram_tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "support/seed.hpp"

namespace modcore::compiler {
namespace {

using runtime::GramTable;
using Found = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // literal, end

Found search(const GramTable& table, std::string_view text) {
  Found found;
  table.search(text, [&](std::uint32_t literal, std::uint32_t end) { found.emplace_back(literal, end); });
  std::sort(found.begin(), found.end());
  return found;
}

Found naive(const std::vector<std::string>& literals, std::string_view text) {
  Found found;
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    for (std::size_t at = text.find(literals[i]); at != std::string_view::npos; at = text.find(literals[i], at + 1)) {
      found.emplace_back(i, static_cast<std::uint32_t>(at + literals[i].size()));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t length) {
  std::string text(length, '\0');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

GramTable table_of(const std::vector<std::string>& literals) {
  GramTableBuilder builder(GramTableBuilder::Way::gate, literals.size());
  for (std::uint32_t i = 0; i < literals.size(); ++i) CHECK(builder.add(literals[i], i));
  return builder.build();
}

// In turn.
GramTableBuilder::Way way_of(int round) {
  return round % 2 == 0 ? GramTableBuilder::Way::gate : GramTableBuilder::Way::bits;
}

TEST_CASE("literals are found wherever they stand, at the ends too") {
  const std::vector<std::string> literals{"abc", "abcd", "bcd", "cdefgh", "aaa", "aaaa", "xyz", std::string("\0\0\0", 3)};
  const GramTable table = table_of(literals);
  for (const std::string_view text : {"abcd", "abc", "xabcdefgh", "aaaaaa", "ab", "", "a", "xyzxyz", "abcdabcdabc", "xy", "zxyz",
                                      "xcdefgh", "cdefghx", "xxcdefghcdefgh"}) {
    CAPTURE(text);
    CHECK(search(table, text) == naive(literals, text));
  }
  const std::string zeros(7, '\0');
  CHECK(search(table, zeros) == naive(literals, zeros));
  CHECK(search(table, std::string_view(zeros).substr(0, 2)).empty());
}

TEST_CASE("random literals are found in random texts as a naive search finds them") {
  std::mt19937 random(test::announced_seed());
  std::size_t found = 0;
  int dotted = 0, gated = 0, by_gram = 0;
  for (int round = 0; round < 300; ++round) {
    const std::string_view alphabet = round % 3 == 0 ? "ab" : round % 3 == 1 ? "abc. " : "aB.\xC3\xA9 1\n";
    std::set<std::string> distinct;
    for (int i = 0; i < 60; ++i) distinct.insert(random_text(random, alphabet, 3 + random() % 9));
    std::vector<std::string> literals;
    GramTableBuilder builder(way_of(round), distinct.size(), distinct.size());
    for (const std::string& text : distinct) {
      const auto literal = static_cast<std::uint32_t>(literals.size());
      const bool by_dot = round % 4 < 2 && builder.add_dotted(text, literal);
      dotted += by_dot ? 1 : 0;
      if (by_dot || builder.add(text, literal)) literals.push_back(text);
    }
    const GramTable table = builder.build();
    gated += table.filter.gate.empty() ? 0 : 1;
    by_gram += table.grams.entries.empty() ? 0 : 1;
    for (int i = 0; i < 20; ++i) {
      const std::string text = random_text(random, alphabet, random() % (i == 0 ? 2'000 : 40));
      CAPTURE(text);
      const Found expected = naive(literals, text);
      CHECK(search(table, text) == expected);
      found += expected.size();
    }
  }
  CHECK(found > 10'000);
  CHECK(dotted > 1'000);
  CHECK(gated > 100);
  CHECK(by_gram > 100);
}

// Whatever a text is made of, each of its places leads to few literals.
TEST_CASE("no place of a text leads to many literals") {
  GramTableBuilder builder(GramTableBuilder::Way::bits, 10'000);
  std::mt19937 random(7);
  std::size_t taken = 0;
  for (std::uint32_t i = 0; i < 10'000; ++i) taken += builder.add(random_text(random, "ab", 30), i) ? 1U : 0U;
  // There are 32 grams of two letters, and eight short ones with each of two letters behind.
  CHECK(taken <= 40 * GramTable::most_in_bucket);
  CHECK(taken > 0);
  const GramTable table = builder.build();
  for (const GramTable::Buckets* buckets : {&table.grams, &table.shorts, &table.gated, &table.dotted}) {
    for (std::size_t i = 1; i < buckets->begins.size(); ++i) {
      CHECK(buckets->begins[i] - buckets->begins[i - 1] <= GramTable::most_in_bucket);
    }
  }
}

// In blocks of just the size: the sanitizers watch.
TEST_CASE("every processor finds the places that one byte after the other finds") {
  std::mt19937 random(test::announced_seed());
  std::size_t found = 0;
  int gated = 0, hashed = 0;
  for (int round = 0; round < 2'000; ++round) {
    const std::string_view alphabet = round % 2 == 0 ? "abc" : "aB.\xC3\xA9 1\n";
    const std::uint32_t literals = round % 4 < 2 ? 30 : 300;
    GramTableBuilder builder(way_of(round / 4), literals);
    for (std::uint32_t i = 0; i < literals; ++i) {
      // In some rounds there are no short ones, in some so few that they have a gate, of one part or two.
      static_cast<void>(builder.add(random_text(random, alphabet, (round % 3 == 0 ? 6 : 3) + random() % 9), i));
    }
    const GramTable table = builder.build();
    const std::string text = random_text(random, alphabet, 3 + random() % 70);
    const std::vector<char> exact(text.begin(), text.end());
    const std::string_view view(exact.data(), exact.size());
    const std::size_t begin = random() % 2 == 0 ? 0 : view.size() / 4 * 2;
    const std::size_t end = view.size() - random() % (view.size() - begin);
    runtime::GramPlaces quick, slow;
    runtime::find_places(table.filter, view, begin, end, quick);
    runtime::find_places_portable(table.filter, view, begin, end, slow);
    const auto first = [](const auto& places, std::size_t count) {
      return std::vector<std::uint32_t>(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count));
    };
    gated += table.filter.gate.parts.size() == 2 ? 1 : 0;
    hashed += table.filter.shorts.empty() ? 0 : 1;
    CAPTURE(text);
    CHECK(first(quick.grams, quick.gram_count) == first(slow.grams, slow.gram_count));
    const auto left = first(quick.shorts, quick.short_count), surely = first(slow.shorts, slow.short_count);
    CHECK(std::includes(left.begin(), left.end(), surely.begin(), surely.end()));
    CHECK((table.filter.gate.empty() ? left == surely : std::is_sorted(left.begin(), left.end())));
    CHECK(std::all_of(left.begin(), left.end(), [&](std::uint32_t at) { return at >= begin && at < end; }));
    found += quick.gram_count + quick.short_count;
  }
  CHECK(found > 2'000);
  CHECK(gated > 100);
  CHECK(hashed > 100);
}

TEST_CASE("literals are found by the dot inside a name, wherever else they have one") {
  const std::vector<std::string> literals{"example.com", "www.example.com/a.b", "abc.d", "abc.de.f", "xyz. abc.d", "1.2.3.4"};
  GramTableBuilder builder(GramTableBuilder::Way::gate, 0, literals.size());
  for (std::uint32_t i = 0; i < literals.size(); ++i) CHECK(builder.add_dotted(literals[i], i));
  const GramTable table = builder.build();
  CHECK(table.filter.empty());
  for (const std::string_view text : {"example.com", "see www.example.com/a.b.", "abc.de.f", "xyz. abc.d", "xabc.dx", "1.2.3.4.5",
                                      "11.2.3.4", "example. com", "abc.", ".d", "", "a.b", "ab.c.d", "abc.abc.abc.d"}) {
    CAPTURE(text);
    CHECK(search(table, text) == naive(literals, text));
  }
  for (const std::string_view text : {"", "abc", "abc.", "abc. d", "ab.c", "abc.\xC3\xA9"}) {
    CAPTURE(text);
    CHECK_FALSE(has_inner_dot(text));
    CHECK_FALSE(GramTableBuilder(GramTableBuilder::Way::gate, 0, 1).add_dotted(text, 0));
  }
}

TEST_CASE("what is too short or too long is left to others") {
  GramTableBuilder builder(GramTableBuilder::Way::gate, 3);
  CHECK_FALSE(builder.add("", 0));
  CHECK_FALSE(builder.add("ab", 0));
  CHECK_FALSE(builder.add(std::string(GramTable::longest + 1, 'a'), 0));
  CHECK(builder.add(std::string(GramTable::longest, 'a'), 0));
  CHECK(search(builder.build(), std::string(GramTable::longest + 2, 'a')).size() == 3);
  CHECK(GramTableBuilder(GramTableBuilder::Way::gate, 0).build().empty());
}

}  // namespace
}  // namespace modcore::compiler
