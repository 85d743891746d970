// By what tables literals are found.
#include "compile/literals.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compile/byte_gates.hpp"
#include "support/seed.hpp"

namespace modcore::compiler {
namespace {

runtime::LiteralTable table_of(std::size_t literals) {
  LiteralCollector collector;
  for (std::size_t i = 0; i < literals; ++i) collector.add("literal" + std::to_string(10'000 + i), {}, {}, true);
  return collector.build(LiteralCollector::Kind::bytes).table;
}

// Else artifacts of the same rules would differ.
TEST_CASE("the number of literals tells by what they are found, whatever the processor") {
  for (const std::size_t gated : {std::size_t{4}, most_gated_everywhere}) {
    CAPTURE(gated);
    const runtime::LiteralTable table = table_of(gated);
    CHECK_FALSE(table.by_gram.filter.gate.empty());
    CHECK(table.by_gate.empty());
    CHECK_FALSE(table.database);
  }
  // In two tables, of which the processor chooses one when it searches.
  for (const std::size_t either : {most_gated_everywhere + 1, most_gated}) {
    CAPTURE(either);
    const runtime::LiteralTable table = table_of(either);
    CHECK_FALSE(table.by_gram.grams.entries.empty());
    CHECK_FALSE(table.by_gate.filter.gate.empty());
    CHECK(table.by_gate.grams.entries.empty());
    CHECK_FALSE(table.database);
  }
  for (const std::size_t others : {std::size_t{3}, most_gated + 1, std::size_t{2'000}}) {
    CAPTURE(others);
    const runtime::LiteralTable table = table_of(others);
    CHECK(table.by_gram.empty());
    CHECK(table.by_gate.empty());
    CHECK(table.database);
  }
  const runtime::LiteralTable many = table_of(2'001);
  CHECK(many.by_gram.filter.gate.empty());
  CHECK_FALSE(many.by_gram.grams.entries.empty());
  CHECK(many.by_gate.empty());
}

// Some do not suit one of the tables: they are in neither.
TEST_CASE("two tables of the same literals find the same") {
  std::mt19937 random(test::announced_seed());
  LiteralCollector collector;
  const auto random_text = [&random](std::size_t length) {
    std::string text(length, '\0');
    for (char& c : text) c = "ab. "[random() % 4];
    return text;
  };
  for (int i = 0; i < 400; ++i) collector.add(random_text(3 + random() % 6), {}, {}, true);
  const runtime::LiteralTable table = collector.build(LiteralCollector::Kind::bytes).table;
  REQUIRE_FALSE(table.by_gate.empty());
  using Found = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  const auto search = [](const runtime::GramTable& grams, std::string_view text) {
    Found found;
    grams.search(text, [&](std::uint32_t literal, std::uint32_t end) { found.emplace_back(end, literal); });
    std::sort(found.begin(), found.end());
    return found;
  };
  std::size_t found = 0;
  for (int i = 0; i < 2'000; ++i) {
    const std::string text = random_text(random() % 90);
    CAPTURE(text);
    const Found here = search(table.by_gram, text);
    CHECK(here == search(table.by_gate, text));
    found += here.size();
  }
  CHECK(found > 2'000);
}

runtime::LiteralTable table_of_hosts(std::size_t hosts, std::size_t others) {
  LiteralCollector collector;
  for (std::size_t i = 0; i < hosts; ++i) collector.add("host" + std::to_string(10'000 + i) + ".com", {}, {}, true);
  for (std::size_t i = 0; i < others; ++i) collector.add("literal" + std::to_string(10'000 + i), {}, {}, true);
  return collector.build(LiteralCollector::Kind::bytes).table;
}

TEST_CASE("hosts are found by their dots where they are many and the others few") {
  CHECK(table_of_hosts(900, 0).by_gram.dotted.entries.size() == 900);
  CHECK(table_of_hosts(900, 0).by_gram.filter.empty());
  CHECK(table_of_hosts(900, most_gated).by_gram.dotted.entries.size() == 900);
  CHECK(table_of_hosts(900, most_gated).by_gate.dotted.entries.size() == 900);
  CHECK_FALSE(table_of_hosts(900, most_gated).by_gate.filter.gate.empty());
  CHECK(table_of_hosts(900, most_gated + 1).by_gram.dotted.entries.empty());
  CHECK(table_of_hosts(10, 100).by_gram.dotted.entries.empty());
}

}  // namespace
}  // namespace modcore::compiler
