// Formatting changes the layout and nothing that anybody reads: on examples of each
// change, and on every file at hand and what random edits make of it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <modcore/tooling.hpp>

#include "ast/dump.hpp"
#include "parse/parse.hpp"
#include "support/seed.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

std::string formatted(const std::string& text, const std::string& name = "a.rules.yaml") {
  return format(Source{name, text}).text;
}

TEST_CASE("two columns for each level; comments, dashes and block texts move along") {
  CHECK(formatted("modcore: 1\n"
                  "rules:\n"
                  "- id: a.b\n"
                  "  # about the words\n"
                  "  words:\n"
                  "  -   one\n"
                  "  - two   \n"
                  "  # of the end\n"
                  "  title: |\n"
                  "     a\n"
                  "       b\n"
                  "  when: >-\n"
                  "        links(text)\n"
                  "\n"
                  "        > 1\n") ==
        "modcore: 1\n"
        "rules:\n"
        "  - id: a.b\n"
        "    # about the words\n"
        "    words:\n"
        "      - one\n"
        "      - two\n"
        "    # of the end\n"
        "    title: |\n"
        "       a\n"
        "         b\n"
        "    when: >-\n"
        "          links(text)\n"
        "\n"
        "          > 1\n");
  CHECK(
      formatted("rules:\n    -   id: a\n        when:\n            all:\n                - x\n") ==
      "rules:\n  - id: a\n    when:\n      all:\n        - x\n");
}

TEST_CASE("blank lines: one at most, none at the ends, one between rules of several lines") {
  CHECK(formatted("\n\nmodcore: 1\n\n\n\nrules:\n  - id: a\n    words: [b]\n  # the second\n"
                  "  - id: c\n    words: [d]\n\n\n") ==
        "modcore: 1\n\nrules:\n  - id: a\n    words: [b]\n\n  # the second\n  - id: c\n    words: "
        "[d]\n");
  CHECK(formatted("rules:\n  - {id: a}\n  - {id: b}") == "rules:\n  - {id: a}\n  - {id: b}\n");
}

TEST_CASE("quotes and brackets") {
  CHECK(formatted("a: ['b' ,g,  h ]\nc: ['d', '\"e\"']\n") ==
        "a: [\"b\", g, h]\nc: ['d', '\"e\"']\n");
  CHECK(formatted("regex: ['b']\n") == "regex: ['b']\n");
  CHECK(formatted("a: { b: 1 ,c:   [ ] }\n") == "a: {b: 1, c: []}\n");
  CHECK(formatted("a: 'x'  # why\n") == "a: \"x\"  # why\n");
}

TEST_CASE("windows line ends stay, and so does a byte order mark") {
  CHECK(formatted("\xEF\xBB\xBF"
                  "a:\r\n- b \r\n\r\n\r\n- c\r\n") ==
        "\xEF\xBB\xBF"
        "a:\r\n  - b\r\n\r\n  - c\r\n");
}

TEST_CASE("what is no YAML is left alone, and says why") {
  const FormatResult result = format(Source{"a.rules.yaml", "a: [b\nc: d\n"});
  CHECK(result.text == "a: [b\nc: d\n");
  CHECK(has_errors(result.diagnostics));
}

TEST_CASE("lists are sorted within their paragraphs") {
  CHECK(formatted("# shops\nb.example\nA.example \n\n\n# others\nz\n# modcore: allow M311 "
                  "reason=\"x\"\ny\n\n",
                  "lists/a.txt") ==
        "# shops\nA.example\nb.example\n\n# others\n# modcore: allow M311 reason=\"x\"\ny\nz\n");
  CHECK(formatted("", "a.txt").empty());
  const FormatResult binary = format(Source{"a.txt", "b\n\xFF\na\n"});
  CHECK(binary.text == "b\n\xFF\na\n");
  CHECK(has_errors(binary.diagnostics));
}

struct File {
  std::string name;
  std::string text;
};

std::vector<File> files_at_hand() {
  std::vector<File> files;
  for (const char* folder : {"rules", "examples", "tests/golden", "tests/cli"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(MODCORE_SOURCE_DIR) / folder)) {
      const std::string name = entry.path().filename().string();
      if (!name.ends_with(".yaml") && !name.ends_with(".txt")) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      files.push_back({name, {std::istreambuf_iterator<char>(in), {}}});
    }
  }
  std::ranges::sort(files, {}, &File::text);
  return files;
}

template <typename Use>
void for_each_line(const std::string& text, Use use) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    use(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

// A dump without the place at the end of each line.
std::string without_places(const std::string& dump) {
  std::string out;
  for_each_line(dump, [&out](std::string line) {
    const std::size_t at = line.rfind(" @");
    if (at != std::string::npos &&
        line.find_first_not_of("0123456789:-", at + 2) == std::string::npos) {
      line.resize(at);
    }
    out += line + '\n';
  });
  return out;
}

// The syntax tree without its places; of a list, its items sorted.
std::string meaning(const File& file) {
  source::SourceMap sources;
  diag::Sink sink(sources);
  const source::SourceId id = sources.add(file.name, file.text);
  if (file.name.ends_with(".txt")) {
    std::vector<std::string> items;
    for (const ast::Name& item : parse::parse_list(sources, id, sink)) items.push_back(item.value);
    std::ranges::sort(items);
    std::string all;
    for (const std::string& item : items) all += item + '\n';
    return all;
  }
  const auto tree = parse::parse_file(sources, id, parse::kind_of(file.name, file.text), sink);
  std::string text = tree ? ast::dump(*tree, sources) : "no tree";
  text = without_places(text);
  std::vector<std::string> reported;
  for (const Diagnostic& d : sink.take()) reported.push_back(d.id);
  std::ranges::sort(reported);
  for (const std::string& one : reported) text += one + '\n';
  return text;
}

// The comments that have a line of their own.
std::vector<std::string> comments(const std::string& text) {
  std::vector<std::string> all;
  for_each_line(text, [&all](const std::string& line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line[begin] != '#') return;
    all.push_back(line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1));
  });
  std::ranges::sort(all);
  return all;
}

// Whether it was changed.
bool check_format(const File& file) {
  CAPTURE(file.name);
  CAPTURE(file.text);
  const std::string once = formatted(file.text, file.name);
  CHECK(formatted(once, file.name) == once);
  CHECK(meaning({file.name, once}) == meaning(file));
  CHECK(comments(once) == comments(file.text));
  return once != file.text;
}

TEST_CASE("every file at hand keeps its meaning and comments, and is formatted once") {
  const std::vector<File> files = files_at_hand();
  CHECK(files.size() > 150);
  std::size_t changed = 0;
  for (const File& file : files) changed += check_format(file) ? std::size_t{1} : 0;
  MESSAGE(files.size() << " files, " << changed << " changed");
}

// Other indentation, blanks, blank lines, quotes, and bytes that break things.
std::string edited(std::string text, std::mt19937_64& random) {
  static constexpr std::array<std::string_view, 14> pieces{
      " ",  "  ", "\n", "\n\n", "    # note\n", "#",    "'",
      "\"", "- ", ": ", "|\n",  "\t",           "\r\n", "[a,b ]"};
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const std::size_t edits = 1 + below(4);
  for (std::size_t i = 0; i < edits; ++i) {
    const std::size_t at = below(text.size() + 1);
    switch (below(4)) {
      case 0:
        text.erase(at, 1 + below(3));
        break;
      case 1: {  // a line moves
        const std::size_t begin = text.rfind('\n', at);
        text.insert(begin == std::string::npos ? 0 : begin + 1, std::string(1 + below(3), ' '));
        break;
      }
      default:
        text.insert(at, pieces[below(pieces.size())]);
    }
  }
  return text;
}

TEST_CASE("edited files keep their meaning and comments as well") {
  const std::vector<File> files = files_at_hand();
  std::mt19937_64 random(test::announced_seed());
  constexpr std::size_t cases = 1500;
  std::size_t changed = 0;
  for (std::size_t i = 0; i < cases; ++i) {
    File file = files[random() % files.size()];
    if (file.text.size() > 6000)
      file.text.resize(file.text.rfind('\n', 1000 + random() % 5000) + 1);
    file.text = edited(std::move(file.text), random);
    changed += check_format(file) ? std::size_t{1} : 0;
  }
  MESSAGE(cases << " files, " << changed << " changed");
  CHECK(changed > cases / 10);
}

}  // namespace
