#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "support/count_allocations.hpp"

namespace {

using namespace modcore;

constexpr const char* rules = R"(modcore: 1
category: spam
rules:
  - id: spam.casino
    phrases: [online casino]
    verdict: hide
    unless: author.post_count > 100
  - id: spam.title
    patterns: {p: {words: [bingo], in: [title]}}
    when: $p
    verdict: flag
)";

Engine engine() {
  const Source source{"test.rules.yaml", rules};
  CompileResult result = compile({&source, 1});
  REQUIRE_MESSAGE(result, render(result.diagnostics));
  return *std::move(result.engine);
}

// A column of texts as Arrow would hold it.
struct Texts {
  std::vector<std::int32_t> offsets = {0};
  std::string bytes;
  explicit Texts(const std::vector<std::string>& all) {
    for (const std::string& text : all) {
      bytes += text;
      offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
  }
  [[nodiscard]] TextColumn column() const { return {.offsets = offsets, .bytes = bytes}; }
};

struct Posts {
  std::vector<std::string> titles, bodies;
  std::vector<std::int64_t> counts;
};

Posts many(std::size_t rows) {
  Posts posts;
  for (std::size_t i = 0; i < rows; ++i) {
    posts.titles.push_back(i % 11 == 0 ? "Bingo tonight" : "");
    posts.bodies.push_back(i % 7 == 0 ? "an online casino, number " + std::to_string(i) : "roses bloom");
    posts.counts.push_back(static_cast<std::int64_t>(i % 5) * 50);
  }
  return posts;
}

TEST_CASE("a batch decides as each post alone, on any number of threads") {
  const Engine compiled = engine();
  const Posts posts = many(3000);
  const Texts titles(posts.titles);
  const Texts bodies(posts.bodies);
  const std::vector<BatchColumn> columns = {{"title", titles.column()},
                                            {"body", bodies.column()},
                                            {"author.post_count", IntegerColumn{.values = posts.counts}}};
  Scanner alone(compiled);
  for (const std::size_t jobs : {1U, 2U, 5U, 0U}) {
    BatchScanner scanner(compiled, jobs);
    for (int again = 0; again < 2; ++again) {
      const BatchDecisions& all = scanner.scan_batch({.rows = 3000, .columns = columns});
      REQUIRE(all.verdicts.size() == 3000);
      std::size_t told = 0;
      for (std::size_t row = 0; row < 3000; ++row) {
        const Decision one = alone.scan({.title = posts.titles[row], .body = posts.bodies[row],
                                         .author = {.post_count = posts.counts[row]}});
        REQUIRE(all.verdicts[row] == one.verdict);
        REQUIRE((all.hidden[row] != 0) == one.hidden);
        if (told < all.told.size() && all.told[told].row == row) {
          REQUIRE(to_json(all.told[told].decision) == to_json(one));
          ++told;
        } else {
          REQUIRE(one.verdict == Verdict::allow);
        }
      }
      CHECK(told == all.told.size());
      CHECK(told > 300);
    }
  }
}

TEST_CASE("a row that is not valid is missing") {
  const Texts bodies({"online casino", "online casino"});
  const std::vector<std::int64_t> counts = {500, 500};
  const std::vector<std::uint8_t> first = {1};
  const std::vector<BatchColumn> columns = {
      {"body", bodies.column()}, {"author.post_count", IntegerColumn{.values = counts, .valid = first}}};
  BatchScanner scanner(engine());
  const BatchDecisions& all = scanner.scan_batch({.rows = 2, .columns = columns});
  CHECK(all.verdicts[0] == Verdict::allow);
  CHECK(all.verdicts[1] == Verdict::hide);
}

TEST_CASE("columns that cannot be are refused before a row is judged") {
  const Texts bodies({"a", "b"});
  BatchScanner scanner(engine());
  const auto scan = [&](std::string_view field, std::variant<TextColumn, IntegerColumn> values,
                        std::size_t rows) {
    const BatchColumn column{field, values};
    static_cast<void>(scanner.scan_batch({.rows = rows, .columns = {&column, 1}}));
  };
  const std::vector<std::int64_t> numbers = {1, 2};
  const std::vector<std::uint8_t> short_bits = {};
  CHECK_NOTHROW(scan("body", bodies.column(), 2));
  CHECK_NOTHROW(scan("body", bodies.column(), 0));
  CHECK_THROWS_AS(scan("body", bodies.column(), 3), std::invalid_argument);
  CHECK_THROWS_AS(scan("nobody", bodies.column(), 2), std::invalid_argument);
  CHECK_THROWS_AS(scan("author.post_count", bodies.column(), 2), std::invalid_argument);
  CHECK_THROWS_AS(scan("author.post_count", IntegerColumn{.values = numbers}, 3), std::invalid_argument);
  for (const std::vector<std::int32_t>& offsets :
       {std::vector<std::int32_t>{0, 2, 1}, {-1, 0, 1}, {0, 1, 3}}) {
    CHECK_THROWS_AS(scan("body", TextColumn{.offsets = offsets, .bytes = bodies.bytes}, 2),
                    std::invalid_argument);
  }
}

TEST_CASE("rows without a match allocate nothing once the buffers have grown") {
  std::vector<std::string> all(2000, "My roses bloom, and so do yours.");
  all[77] = "Schöne Rosen – naïve façade";
  const Texts bodies(all);
  const BatchColumn column{"body", bodies.column()};
  BatchScanner scanner(engine());
  static_cast<void>(scanner.scan_batch({.rows = all.size(), .columns = {&column, 1}}));
  const std::size_t before = testing::allocations();
  CHECK(scanner.scan_batch({.rows = all.size(), .columns = {&column, 1}}).told.empty());
  CHECK(testing::allocations() == before);
}

}  // namespace
