// By what tables literals are found.
#include "compile/literals.hpp"

#include <doctest/doctest.h>

#include <string>

#include "compile/byte_gates.hpp"

namespace modcore::compiler {
namespace {

runtime::LiteralTable table_of(std::size_t literals) {
  LiteralCollector collector;
  for (std::size_t i = 0; i < literals; ++i) collector.add("literal" + std::to_string(10'000 + i), {}, {}, true);
  return collector.build(LiteralCollector::Kind::bytes).table;
}

// Else artifacts of the same rules would differ.
TEST_CASE("the number of literals tells by what they are found, whatever the processor") {
  for (const std::size_t gated : {std::size_t{4}, std::size_t{128}, std::size_t{129}, most_gated}) {
    CAPTURE(gated);
    const runtime::LiteralTable table = table_of(gated);
    CHECK_FALSE(table.by_gram.filter.gate.empty());
    CHECK_FALSE(table.database);
  }
  for (const std::size_t others : {most_gated + 1, std::size_t{2'000}}) {
    CAPTURE(others);
    const runtime::LiteralTable table = table_of(others);
    CHECK(table.by_gram.filter.gate.empty());
    CHECK_FALSE(table.by_gram.grams.entries.empty());
  }
  CHECK(table_of(3).by_gram.empty());
  CHECK(table_of(3).database);
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
  CHECK_FALSE(table_of_hosts(900, most_gated).by_gram.filter.gate.empty());
  CHECK(table_of_hosts(900, most_gated + 1).by_gram.dotted.entries.empty());
  CHECK(table_of_hosts(10, 100).by_gram.dotted.entries.empty());
}

}  // namespace
}  // namespace modcore::compiler
