// Ordinary words of files: which are read, and what they change.
#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "lint/word_lists.hpp"
#include "tooling/word_files.hpp"

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const std::string here = std::string(MODCORE_SOURCE_DIR) + "/tests/data/words/";

// `qorb` stands in no common word.
const std::string rules =
    "modcore: 1\ncategory: spam\nrules:\n  - {id: spam.a, substrings: [qorb], verdict: flag,\n"
    "     tests: {match: [qorb], no_match: [roses]}}\n";

struct Folder {
  fs::path path = fs::temp_directory_path() / ("modcore_words_" + std::to_string(::getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
    write("our.rules.yaml", rules);
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
};

CheckReport checked(const Folder& folder, const std::vector<std::string>& wordlists) {
  CheckOptions options;
  options.wordlists = wordlists;
  return check_rules({(folder.path / "our.rules.yaml").string()}, options);
}

std::string messages(const CheckReport& report, std::string_view id) {
  std::string all;
  for (const Diagnostic& d : report.diagnostics) {
    if (d.id != id) continue;
    all += d.message + "\n";
    for (const std::string& note : d.notes) all += note + "\n";
  }
  return all;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("a line of a word file is a word, with what dictionaries and counts add left out") {
  CHECK(lint::word_of_line("art") == "art");
  CHECK(lint::word_of_line("art/S.()\r") == "art");
  CHECK(lint::word_of_line("art 1234") == "art");
  CHECK(lint::word_of_line("arts-décoratifs\tpo:noun") == "arts-décoratifs");
  for (const std::string& line : {std::string(), std::string("# art"), std::string("a"), std::string("12345"),
                                  std::string("é"), std::string(1000, 'a')}) {
    CHECK(lint::word_of_line(line).empty());
  }
}

TEST_CASE("the name of a word file tells its language") {
  CHECK(tooling::language_of_word_file("/usr/share/hunspell/fr_FR.dic") == "fr");
  CHECK(tooling::language_of_word_file("words/pl.txt") == "pl");
  CHECK(tooling::language_of_word_file("/usr/share/dict/american-english-large") == "en");
  CHECK(tooling::language_of_word_file("/usr/share/dict/polish") == "pl");
  CHECK(tooling::language_of_word_file("plants.txt").empty());
  CHECK(tooling::language_of_word_file("").empty());
}

TEST_CASE("a word of a given list is found by accident like a common one, and the note says which lists were used") {
  const Folder folder;
  CHECK(messages(checked(folder, {}), "M310").empty());
  const CheckReport report = checked(folder, {here + "plants.fr.txt", here + "fr_TEST.dic"});
  const std::string said = messages(report, "M310");
  CHECK_MESSAGE(has(said, "qorbelle, qorberose, qorbérant, qorbéreux"), said);
  CHECK_MESSAGE(has(said, "the 3 words of " + here + "plants.fr.txt, the 5 words of "), said);
  REQUIRE(report.words.size() == 5);
  CHECK(report.words[0].shipped);
  CHECK(report.words[4].count == 5);
  CHECK_FALSE(report.words[4].shipped);
}

TEST_CASE("a dictionary holds rare words: an item is told that finds three of them") {
  const Folder folder;
  CHECK(messages(checked(folder, {folder.write("en.dic", "2\naqorbx\nbqorbx\n")}), "M310").empty());
  CHECK(has(messages(checked(folder, {folder.write("en.dic", "3\naqorbx\nbqorbx\ncqorbx\n")}), "M310"),
            "3 ordinary words"));
  CHECK(has(messages(checked(folder, {folder.write("en.txt", "aqorbx\n")}), "M310"), "an ordinary word"));
}

TEST_CASE("an everyday word of a given list is strange in a group of another language") {
  const Folder folder;
  folder.write("our.rules.yaml",
               "modcore: 1\ncategory: spam\nrules:\n  - id: spam.a\n    words: [bullshit, wanker, asshole, bollocks, zorgel]\n"
               "    verdict: flag\n    tests: {match: [wanker], no_match: [roses]}\n");
  CHECK(messages(checked(folder, {}), "M311").empty());
  const std::string list = folder.write("dorf.txt", "zorgel\n");
  const std::string said = messages(checked(folder, {"de=" + list}), "M311");
  CHECK_MESSAGE(has(said, "`zorgel` is an ordinary word in de: it stands in " + list), said);
}

TEST_CASE("`.modcore.yaml` names word lists beside it") {
  const Folder folder;
  folder.write(".modcore.yaml", "modcore: 1\nwordlists: plants.txt\n");
  CHECK(messages(checked(folder, {}), "M011").find("plants.txt") != std::string::npos);
  folder.write("plants.txt", "qorberose\n");
  CHECK(has(messages(checked(folder, {}), "M310"), "qorberose"));
  const std::vector<Source> sources{{"our.rules.yaml", rules},
                                    {"words.txt", "qorberose\n"},
                                    {".modcore.yaml", "modcore: 1\nwordlists: [words.txt]\n"}};
  CHECK(has(messages(check_rules(sources), "M310"), "qorberose"));
}

TEST_CASE("a word list that cannot be used is an error at its place") {
  const Folder folder;
  const auto problem = [&](const std::string& bytes) {
    return messages(checked(folder, {folder.write("bad.txt", bytes)}), "M011");
  };
  CHECK(has(problem(std::string("qo\0rb", 6)), "it is no text"));
  CHECK(has(problem("qorb\xE9\n"), "it is not UTF-8"));
  CHECK(has(messages(checked(folder, {folder.path.string()}), "M011"), "it is not a file"));
  CHECK(has(messages(checked(folder, {(folder.path / "none.txt").string()}), "M011"), "No such file"));
  const std::string large = folder.write("large.txt", "x");
  fs::resize_file(large, tooling::largest_word_file + 1);
  CHECK(has(messages(checked(folder, {large}), "M011"), "it is too big"));
  folder.write(".modcore.yaml", "modcore: 1\nwordlists: [none.txt]\n");
  const CheckReport report = checked(folder, {});
  const auto found = std::ranges::find(report.diagnostics, "M011", &Diagnostic::id);
  REQUIRE(found != report.diagnostics.end());
  CHECK(found->where.line == 2);
  CHECK(found->where.column == 13);
}

TEST_CASE("an empty list, one without line ends and one of a hundred thousand lines do no harm") {
  const Folder folder;
  CHECK(messages(checked(folder, {folder.write("empty.txt", "")}), "M011").empty());
  CHECK(messages(checked(folder, {folder.write("long.txt", std::string(1U << 20U, 'a'))}), "M310").empty());
  std::string many;
  for (int i = 0; i < 150'000; ++i) many += "qz" + std::to_string(i) + "qz\n";
  const CheckReport report = checked(folder, {folder.write("many.txt", many)});
  CHECK(messages(report, "M310").empty());
  REQUIRE(report.words.size() == 4);
  CHECK(report.words[3].count == 150'000);
}

TEST_CASE("installed dictionaries are those of the policy's languages, each once") {
  const Folder folder;
  fs::create_directories(folder.path / "dict");
  folder.write("dict/french", "xqorby\nyqorby\nzqorby\n");
  folder.write("dict/ngerman", "xqorbx\n");
  folder.write("dict/README", "not a list\n");
  fs::create_symlink("french", folder.path / "dict/words");
  ::setenv("MODCORE_DICTIONARIES", (folder.path / "dict").c_str(), 1);
  const CheckReport report = checked(folder, {"installed"});
  CHECK_FALSE(report.lacks_dictionaries);
  CHECK(has(messages(report, "M310"), "3 ordinary words"));
  REQUIRE(report.words.size() == 4);
  CHECK(report.words[3].language == "fr");
  ::setenv("MODCORE_DICTIONARIES", (folder.path / "nowhere").c_str(), 1);
  CHECK(checked(folder, {"installed"}).lacks_dictionaries);
  ::unsetenv("MODCORE_DICTIONARIES");
}

}  // namespace
