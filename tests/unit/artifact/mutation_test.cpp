// Hostile bytes: artifacts with edits at random, checksums repaired so that the
// edits are seen. Loading gives an engine or a reason, and an engine that loads
// judges and explains any post.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "artifact/sections.hpp"
#include "support/seed.hpp"
#include "unit/artifact/corpus.hpp"

namespace {

using namespace modcore;

struct Sample {
  std::string bytes;
  std::vector<std::string> posts;
};

std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (const test::Suite& suite : test::suites()) {
    const CompileResult result = compile(suite.sources);
    REQUIRE_MESSAGE(result, suite.name);
    std::string bytes = result.engine->save({.native = false});
    // Large lists would take most of the time and show nothing new.
    if (bytes.size() < 60'000) all.push_back({std::move(bytes), suite.posts});
  }
  return all;
}

class Editor {
 public:
  explicit Editor(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }

  void edit(std::string& bytes) {
    switch (below(7)) {
      case 0: bytes[at(bytes)] = static_cast<char>(random_()); break;
      case 1: bytes[at(bytes)] = static_cast<char>(1U << below(8)); break;
      case 2:
      case 3:
      case 4: put_number(bytes); break;
      case 5: move_bytes(bytes); break;
      case 6: set_count(bytes); break;
    }
  }

  // Cuts or lengthens what stands inside, and the frame says so.
  void resize(std::string& bytes) {
    const std::size_t place = at(bytes);
    if (below(2) == 0) {
      bytes.erase(place, 1 + below(16));
    } else {
      bytes.insert(place, bytes.substr(at(bytes), 1 + below(16)));
    }
  }

 private:
  // Behind the header and its table, which are tested by every damaged byte.
  std::size_t at(const std::string& bytes) { return 32 + below(bytes.size() - 32); }

  void put_number(std::string& bytes) {
    static constexpr std::array<std::uint64_t, 12> interesting = {
        0, 1, 2, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
        0x7fffffffffffffff, 0xffffffffffffffff};
    const std::size_t place = at(bytes);
    const std::size_t size = std::min<std::size_t>(std::size_t{1} << below(4), bytes.size() - place);
    std::uint64_t number = interesting[below(interesting.size())];
    if (below(3) == 0) {
      std::uint64_t old = 0;
      std::memcpy(&old, bytes.data() + place, size);
      number = old + below(5) - 2;
    }
    if (below(2) == 0) return put_short(bytes, place, number);
    std::memcpy(bytes.data() + place, &number, size);
  }

  // As the artifact writes its numbers.
  static void put_short(std::string& bytes, std::size_t place, std::uint64_t number) {
    for (; number >= 0x80 && place + 1 < bytes.size(); number >>= 7U) {
      bytes[place++] = static_cast<char>(number | 0x80U);
    }
    bytes[place] = static_cast<char>(number & 0x7fU);
  }

  void move_bytes(std::string& bytes) {
    const std::size_t from = at(bytes);
    const std::size_t to = at(bytes);
    const std::size_t size = std::min({std::size_t{1} + below(24), bytes.size() - from, bytes.size() - to});
    std::memmove(bytes.data() + to, bytes.data() + from, size);
  }

  // Small numbers at places that hold small numbers: indexes, counts, kinds.
  void set_count(std::string& bytes) {
    for (int attempt = 0; attempt < 64; ++attempt) {
      const std::size_t place = at(bytes);
      if (static_cast<unsigned char>(bytes[place]) > 64) continue;
      bytes[place] = static_cast<char>(below(20));
      return;
    }
  }

  std::mt19937 random_;
};

std::size_t number_of_edits() {
  const char* given = std::getenv("MODCORE_TEST_EDITS");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'000;
}

void use(const Engine& engine, const std::vector<std::string>& posts, std::size_t from) {
  Scanner scanner(engine);
  for (std::size_t i = 0; i < 2; ++i) {
    const PostDocument document = parse_post(posts[(from + i) % posts.size()], engine);
    static_cast<void>(to_json(scanner.scan(document.post())));
    static_cast<void>(to_json(scanner.explain(document.post())));
  }
  for (const RuleInfo& rule : engine.rules()) static_cast<void>(rule.file.size() + rule.id.size());
}

TEST_CASE("edits of an artifact are refused or give an engine that works") {
  const std::vector<Sample> all = samples();
  REQUIRE(all.size() > 100);
  Editor editor(test::announced_seed());
  std::size_t loaded = 0, refused = 0;
  for (std::size_t i = 0; i < number_of_edits(); ++i) {
    const Sample& sample = all[editor.below(all.size())];
    std::string bytes = sample.bytes;
    for (std::size_t edits = 1 + editor.below(3); edits > 0; --edits) editor.edit(bytes);
    if (editor.below(8) == 0) editor.resize(bytes);
    if (editor.below(16) != 0) artifact::repair_checksums(bytes);
    const LoadResult result = load_bytes(bytes);
    CHECK(result.engine.has_value() == result.error.empty());
    ++(result ? loaded : refused);
    if (result) use(*result.engine, sample.posts, i);
  }
  MESSAGE(loaded << " edits loaded, " << refused << " refused");
  CHECK(loaded > number_of_edits() / 20);
  CHECK(refused > number_of_edits() / 20);
}

TEST_CASE("tables of thousands of literals that somebody edited are not believed") {
  std::string rules = "modcore: 1\ncategory: spam\nrules:\n  - id: spam.many\n    verdict: hide\n    substrings:\n";
  for (int i = 0; i < 4000; ++i) rules += "      - inside" + std::to_string(i * 7919) + "\n";
  const Source source{"test.rules.yaml", rules};
  const CompileResult compiled = compile({&source, 1});
  REQUIRE_MESSAGE(compiled, render(compiled.diagnostics));
  const std::string whole = compiled.engine->save();
  std::size_t begin = 0, size = 0;
  for (const artifact::Section& section : artifact::split_sections(whole)) {
    if (section.kind != artifact::SectionKind::native) continue;
    begin = static_cast<std::size_t>(section.bytes.data() - whole.data());
    size = section.bytes.size();
  }
  REQUIRE(size > 100'000);  // the tables are in there
  const std::vector<std::string> posts{"see inside7919 today", "inside 7919", "roses", "xinside31668081x"};
  const auto verdicts = [&](const Engine& engine) {
    Scanner scanner(engine);
    std::string all;
    for (const std::string& post : posts) all += std::string(to_string(scanner.scan({.body = post}).verdict)) + ' ';
    return all;
  };
  const std::string wanted = verdicts(*compiled.engine);
  REQUIRE(wanted == "hide allow allow hide ");
  std::mt19937 random(test::announced_seed());
  const std::size_t edits = std::min<std::size_t>(number_of_edits() / 200, 1000);
  REQUIRE(edits > 0);
  for (std::size_t i = 0; i < edits; ++i) {
    std::string bytes = whole;
    for (int n = 0; n < 20; ++n) bytes[begin + random() % size] = static_cast<char>(random());
    artifact::repair_checksums(bytes);
    const LoadResult result = load_bytes(bytes);
    REQUIRE_MESSAGE(result, result.error);
    CHECK(verdicts(*result.engine) == wanted);
  }
}

}  // namespace
