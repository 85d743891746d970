// Rule files that are wrong in every way a file can be: each gives its
// diagnostic, none crashes, hangs or eats the memory.
#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

namespace {

namespace fs = std::filesystem;

modcore::CompileResult compile_text(std::string text) {
  const modcore::Source source{.name = "x.rules.yaml", .text = std::move(text)};
  return modcore::compile({&source, 1});
}

bool reports(const modcore::CompileResult& result, std::string_view id) {
  return std::any_of(result.diagnostics.begin(), result.diagnostics.end(),
                     [&](const modcore::Diagnostic& d) { return d.id == id; });
}

std::string ids(const modcore::CompileResult& result) {
  std::string text;
  for (const auto& d : result.diagnostics) text += d.id + " " + d.message + "; ";
  return text;
}

// A folder that is removed at the end.
struct TempFolder {
  fs::path path;
  TempFolder() : path(fs::temp_directory_path() / ("modcore_bad_input_" + std::to_string(::getpid()))) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~TempFolder() { fs::remove_all(path); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
};

const std::string good_rule =
    "modcore: 1\n"
    "category: spam\n"
    "rules:\n"
    "  - id: spam.casino\n"
    "    title: {en: Casino, fr: \"Casino en ligne\"}\n"
    "    phrases: [online casino, \"casino en ligne\", kasyno <0-2> online]\n"
    "    when: author.post_count < 5 or (links(text) >= 2 and not author.verified)\n"
    "    unless:\n"
    "      - 'author.roles overlaps [\"staff\"]'\n"
    "    verdict: hide\n"
    "    score: 4\n"
    "    tests:\n"
    "      match: [{body: \"best online casino\", author: {post_count: 1}}]\n"
    "      no_match: [cards on the table]\n";

TEST_CASE("a missing file is a diagnostic") {
  const auto result = modcore::compile_files({"/nonexistent/policy.yaml"});
  CHECK_FALSE(result);
  CHECK_MESSAGE(reports(result, "M011"), ids(result));
}

TEST_CASE("a folder without rules is a diagnostic") {
  const TempFolder folder;
  const auto result = modcore::compile_files({folder.path.string()});
  CHECK_FALSE(result);
  CHECK_MESSAGE(reports(result, "M011"), ids(result));
}

TEST_CASE("an empty file is a diagnostic") {
  for (const std::string text : {"", "\n\n", "# only a comment\n", "\xEF\xBB\xBF"}) {
    const auto result = compile_text(text);
    CHECK_FALSE(result);
    CHECK_MESSAGE(modcore::has_errors(result.diagnostics), ids(result));
  }
}

TEST_CASE("a binary file is a diagnostic") {
  std::string bytes = "\x7f" "ELF";
  for (int i = 0; i < 4096; ++i) bytes.push_back(static_cast<char>(i * 37));
  const auto result = compile_text(bytes);
  CHECK_FALSE(result);
  CHECK_MESSAGE(reports(result, "M004"), ids(result));
}

TEST_CASE("invalid UTF-8 in a rule file is a diagnostic at its place") {
  const auto result = compile_text("modcore: 1\ncategory: spam\nrules:\n  - id: a\n    words: [caf\xE9]\n");
  CHECK_FALSE(result);
  REQUIRE_MESSAGE(reports(result, "M004"), ids(result));
  CHECK(result.diagnostics.front().where.line == 5);
}

TEST_CASE("a NUL byte in a rule file is a diagnostic") {
  std::string text = good_rule;
  text[text.find("best")] = '\0';
  const auto result = compile_text(text);
  CHECK_FALSE(result.diagnostics.empty());
}

TEST_CASE("a file over 8 MiB is a diagnostic") {
  const auto result = compile_text(good_rule + "# " + std::string(9U << 20U, 'x') + "\n");
  CHECK_FALSE(result);
  CHECK_MESSAGE(reports(result, "M012"), ids(result));
}

TEST_CASE("deep nesting is a diagnostic") {
  for (const std::size_t depth : {100U, 1000U, 200000U}) {
    const auto result = compile_text("modcore: 1\nx-a: " + std::string(depth, '['));
    CHECK_FALSE(result);
    CHECK_FALSE(result.diagnostics.empty());
  }
}

TEST_CASE("an alias bomb is refused before it grows") {
  std::string text = "modcore: 1\nx-a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string previous = "*a" + std::to_string(i - 1);
    text += "x-a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 9; ++k) text += (k > 0 ? ", " : "") + previous;
    text += "]\n";
  }
  const auto result = compile_text(text);
  CHECK_FALSE(result);
  CHECK_MESSAGE(reports(result, "M005"), ids(result));
  CHECK_FALSE(compile_text("modcore: 1\nx-a: &a [*a]\n"));
}

TEST_CASE("the texts that break yaml-cpp give diagnostics") {
  for (const std::string text : {",", "]", "}", "- ,", "&a [*a]", "!!binary x", "%YAML 9.9\n---\n", "? ? ? ?",
                                 "\t- a", "a: b: c: d", "'", "\"", "|", ">", "{a: [b}", "--- ---", "...\n..."}) {
    CAPTURE(text);
    const auto result = compile_text(text);
    CHECK_FALSE(result);
    CHECK(modcore::has_errors(result.diagnostics));
  }
}

TEST_CASE("ten thousand rules compile") {
  std::string text = "modcore: 1\ncategory: spam\nrules:\n";
  for (int i = 0; i < 10000; ++i) {
    text += "  - id: r" + std::to_string(i) + "\n    phrases: [buy thing number" + std::to_string(i) + "]\n";
  }
  const auto result = compile_text(text);
  REQUIRE_MESSAGE(result, ids(result).substr(0, 500));
  modcore::Scanner scanner(*result.engine);
  const auto decision = scanner.scan({.body = "please buy thing number4711 now"});
  REQUIRE(decision.fired.size() == 1);
  CHECK(decision.fired.front().rule == "r4711");
}

// Whatever a diagnostic points at must be there: a line of the file, and columns
// on that line.
void check_places(const std::string& text, const modcore::CompileResult& result) {
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const auto& d : result.diagnostics) {
    CAPTURE(d.id);
    CAPTURE(d.message);
    if (d.where.line == 0) continue;
    CHECK(d.where.line <= lines + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\r')));
    CHECK(d.where.begin <= d.where.end);
    CHECK(d.where.end <= text.size());
    CHECK(d.where.column <= d.where.line_text.size() + 1);
  }
}

TEST_CASE("a rule file with random damage gives an engine or diagnostics with real places") {
  const unsigned seed = 20260102;
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  REQUIRE_MESSAGE(compile_text(good_rule), ids(compile_text(good_rule)));
  int refused = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string text = good_rule;
    for (auto edits = 1 + random() % 3; edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0: text[at] = static_cast<char>(random() % 256); break;
        case 1: text.erase(at, 1 + random() % 12); break;
        case 2: text.insert(at, 1, "\t:#[]{}'\"|>&*!%@`,-\n\r"[random() % 21]); break;
        default: text.insert(at, text.substr(random() % text.size(), random() % 30)); break;
      }
      if (text.empty()) text = "x";
    }
    CAPTURE(text);
    const auto result = compile_text(text);
    CHECK(result.engine.has_value() != modcore::has_errors(result.diagnostics));
    refused += result ? 0 : 1;
    check_places(text, result);
  }
  CHECK(refused > 500);
}

TEST_CASE("a failed reload keeps the last good engine in force") {
  const TempFolder folder;
  const std::string path = folder.write("x.rules.yaml", good_rule);
  auto compiled = modcore::compile_files({path});
  REQUIRE_MESSAGE(compiled, ids(compiled));
  modcore::EngineSlot slot(*compiled.engine);
  modcore::Scanner scanner(slot);
  const modcore::Post post{.body = "online casino", .author = {.post_count = 1}};
  CHECK(scanner.scan(post).verdict == modcore::Verdict::hide);
  folder.write("x.rules.yaml", "modcore: 1\nrules: [");
  CHECK_FALSE(slot.reload({path}));
  CHECK(scanner.scan(post).verdict == modcore::Verdict::hide);
  folder.write("x.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - {id: a, words: [casino], verdict: flag}\n");
  CHECK(slot.reload({path}));
  CHECK(scanner.scan(post).verdict == modcore::Verdict::flag);
}

}  // namespace
