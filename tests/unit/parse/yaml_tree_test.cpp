#include "parse/yaml_tree.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <modcore/diagnostic.hpp>
#include "support/seed.hpp"

using namespace modcore;
using namespace modcore::parse;

namespace {

struct Read {
  source::SourceMap sources;
  std::optional<YamlNode> root;
  std::vector<Diagnostic> diagnostics;

  explicit Read(std::string text, const YamlLimits& limits = {}) {
    const source::SourceId id = sources.add("test.yaml", std::move(text));
    diag::Sink sink(sources);
    root = read_yaml(sources, id, sink, limits);
    diagnostics = sink.take();
  }

  [[nodiscard]] std::string ids() const {
    std::string ids;
    for (const Diagnostic& d : diagnostics) ids += (ids.empty() ? "" : " ") + d.id;
    return ids;
  }
  [[nodiscard]] std::string source_of(const YamlNode& node) const {
    return std::string(
        sources.text(node.span.source).substr(node.span.begin, node.span.end - node.span.begin));
  }
};

TEST_CASE("every node spans what it was written as") {
  const Read read(
      "\xEF\xBB\xBF"
      "a: 'it''s'  # why\nb: [x, {y: z} , ]\nc:\n  - d\n  - >-\n    e\n    f\n");
  REQUIRE(read.root);
  CHECK(read.ids().empty());
  CHECK(read.source_of(read.root->find("a")->key) == "a");
  CHECK(read.source_of(read.root->find("a")->value) == "'it''s'");
  CHECK(read.source_of(read.root->find("b")->value) == "[x, {y: z} , ]");
  CHECK(read.source_of(read.root->find("b")->value.items.at(1)) == "{y: z}");
  CHECK(read.source_of(read.root->find("c")->value) == "- d\n  - >-\n    e\n    f");
  CHECK(read.source_of(read.root->find("c")->value.items.at(1)) == ">-\n    e\n    f");
  CHECK(read.root->find("c")->value.items.at(1).text == "e f");
}

TEST_CASE("nothing stands behind its colon or dash, and a null word where it is written") {
  const Read read("a:\nb: ~\nc:\n  -\n  - null\nnull: x\n");
  REQUIRE(read.root);
  CHECK(read.root->find("a")->value.kind == YamlNode::Kind::null);
  CHECK(read.root->find("a")->value.span.begin == 2);
  CHECK(read.source_of(read.root->find("b")->value) == "~");
  CHECK(read.root->find("c")->value.items.at(0).span.begin == 14);
  CHECK(read.source_of(read.root->find("c")->value.items.at(1)) == "null");
}

TEST_CASE("plain scalars stay text, whatever YAML 1.1 took them for") {
  const Read read("[yes, 0755, 1:30, on, 2026-01-01, 0x1F]");
  REQUIRE(read.root);
  CHECK(read.root->items.size() == 6);
  for (const YamlNode& item : read.root->items) CHECK(item.text == read.source_of(item));
}

TEST_CASE("a question mark inside a text in brackets is a character of it") {
  const Read read("a: [what?, why? not, 'who?', \"?\\x01?\"]\nb: {so?: here?there}\nc: what?\n");
  CHECK(read.ids().empty());
  REQUIRE(read.root);
  const YamlNode& list = read.root->find("a")->value;
  REQUIRE(list.items.size() == 4);
  CHECK(list.items[0].text == "what?");
  CHECK(list.items[1].text == "why? not");
  CHECK(list.items[2].text == "who?");
  CHECK(list.items[3].text == "?\x01?");
  CHECK(read.root->find("b")->value.find("so?")->value.text == "here?there");
  CHECK(read.root->find("c")->value.text == "what?");
}

TEST_CASE("the depth limit is exact") {
  const auto nested = [](std::size_t levels) {
    return Read(std::string(levels, '[') + std::string(levels, ']'));
  };
  CHECK(nested(64).ids().empty());
  CHECK(nested(65).ids() == "M012");
  CHECK_FALSE(nested(65).root);
}

TEST_CASE("each limit gives one diagnostic and no tree") {
  const YamlLimits limits{.file_bytes = 100'000, .depth = 64, .nodes = 50, .token_bytes = 5000};
  std::string many;
  for (int i = 0; i < 60; ++i) many += "k" + std::to_string(i) + ": v\n";
  CHECK(Read(many, limits).ids() == "M012");
  CHECK(Read(std::string(100'001, '#'), limits).ids() == "M012");
  CHECK(Read("a: " + std::string(40'000, 'x'), limits).ids() == "M012");
  CHECK(Read("a: [" + std::string(40'000, ' ') + "]", limits).ids() == "M012");
}

// What took yaml-cpp minutes or all memory, or made trees without an end.
TEST_CASE("hostile files end soon") {
  const auto start = std::chrono::steady_clock::now();
  constexpr std::size_t big = std::size_t{1} << 20U;
  const YamlLimits few_nodes{.nodes = 100'000};
  CHECK(Read(",").ids() == "M003");
  CHECK(Read("&a [*a]").ids() == "M005 M005");
  CHECK(Read(std::string(big, '[')).ids() == "M012");
  std::string braces;
  while (braces.size() < big) braces += "{a:";
  CHECK(Read(braces).ids() == "M012");
  CHECK(Read("a: \"" + std::string(big, 'x') + "\"").ids() == "M012");
  std::string lines;
  while (lines.size() < big) lines += "- a\n";
  CHECK(Read(lines, few_nodes).ids() == "M012");
  std::string commas = "a: [";
  while (commas.size() < big) commas += "a,";
  CHECK(Read(commas, few_nodes).ids() == "M012");
  CHECK(Read(commas).ids() == "M003");  // nothing closes it
  std::string bomb = "a: &a [x, x]\n";
  for (char c = 'b'; c < 'k'; ++c)
    bomb += std::string(1, c) + ": &" + c + " [*" + char(c - 1) + ", *" + char(c - 1) + "]\n";
  CHECK(Read(bomb).ids().starts_with("M005"));
  std::string stray;
  while (stray.size() < big) stray += "a: @b\n";
  CHECK_FALSE(Read(stray).root);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}

TEST_CASE("any bytes give a tree or a diagnostic") {
  std::mt19937 random(test::announced_seed());
  static const std::vector<std::string> pieces{"a",
                                               "b: ",
                                               "- ",
                                               "\n",
                                               "  ",
                                               "[",
                                               "]",
                                               "{",
                                               "}",
                                               ",",
                                               ": ",
                                               "'",
                                               "\"",
                                               "|\n",
                                               ">\n",
                                               "&x ",
                                               "*x",
                                               "!t ",
                                               "#",
                                               " #",
                                               "\t",
                                               "\r\n",
                                               "\r",
                                               "---\n",
                                               "...\n",
                                               "?",
                                               "? ",
                                               "\\",
                                               "\xEF\xBB\xBF",
                                               "é",
                                               "\x01",
                                               std::string(1, '\0'),
                                               "\xFF",
                                               "%a\n",
                                               "@",
                                               "`",
                                               "~",
                                               "null",
                                               "<<: ",
                                               "\xE2\x80\xAE",
                                               "\x04",
                                               "|2\n",
                                               "0",
                                               "\"\\x41\"",
                                               ":"};
  int silent = 0;
  constexpr int cases = 20'000;
  for (int i = 0; i < cases; ++i) {
    std::string text;
    for (std::size_t n = random() % 24; n > 0; --n) text += pieces[random() % pieces.size()];
    CAPTURE(text);
    const Read read(text);
    REQUIRE((read.root || has_errors(read.diagnostics)));
    if (read.diagnostics.empty()) ++silent;
    for (const Diagnostic& d : read.diagnostics) {
      REQUIRE(d.where.begin <= d.where.end);
      REQUIRE(d.where.end <= text.size());
    }
  }
  CHECK(silent > cases / 100);
  CHECK(silent < cases);
}

}  // namespace
