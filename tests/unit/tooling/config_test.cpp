// `.modcore.yaml`: levels, excludes, and where it is found.
#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

using namespace modcore;

namespace {

namespace fs = std::filesystem;

const std::string rules =
    "modcore: 1\ncategory: spam\nrules:\n  - id: a\n    words: [casino, Casino]\n    verdict: hide\n";

CheckReport check_with(const std::string& config) {
  const std::vector<Source> sources{{"ours/our.rules.yaml", rules}, {".modcore.yaml", config}};
  return check_rules(sources);
}

std::string found(const std::string& config) {
  std::string all;
  for (const Diagnostic& d : check_with(config).diagnostics) {
    all += (all.empty() ? "" : ", ") + std::string(to_string(d.severity)) + " " + d.id;
  }
  return all;
}

TEST_CASE("without settings findings have the level of the catalogue") {
  CHECK(found("modcore: 1\n") == "warning M501, warning M306");
}

TEST_CASE("a level is set by id or name") {
  CHECK(found("modcore: 1\nlevels: {M501: off, duplicate-item: info}\n") == "info M306");
  CHECK(found("modcore: 1\nlevels: {M501: error}\n") == "error M501, warning M306");
}

TEST_CASE("what is an error in some cases and a warning in others can be lowered where it is a warning") {
  const auto ids = [](const std::string& words, const std::string& config) {
    const std::vector<Source> sources{
        {"our.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - id: a\n    tests: {match: [\"ab 1234\"], no_match: [x]}\n"
                           "    patterns: {main: {" + words + "}}\n"},
        {".modcore.yaml", config}};
    std::string all;
    for (const Diagnostic& d : check_rules(sources).diagnostics) all += std::string(to_string(d.severity)) + " " + d.id + ' ';
    return all;
  };
  const std::string mild = "words: [ab], tolerance: obfuscated";
  CHECK(ids(mild, "modcore: 1\n") == "warning M307 ");
  CHECK(ids(mild, "modcore: 1\nlevels: {M307: off}\n").empty());
  CHECK(ids(mild, "modcore: 1\nlevels: {item-too-short: info}\n") == "info M307 ");
  CHECK(ids("numbers: ['1234']", "modcore: 1\nlevels: {M307: off}\n") == "error M307 ");
}

TEST_CASE("an override counts for its paths, the last one first") {
  CHECK(found("modcore: 1\nlevels: {M501: off}\noverrides:\n"
              "  - {paths: ['ours/**'], levels: {M501: info, M306: off}}\n"
              "  - {paths: [theirs], levels: {M501: error}}\n") == "info M501");
}

TEST_CASE("an excluded file has no findings but errors") {
  CHECK(found("modcore: 1\nexclude: [ours]\n").empty());
  const std::vector<Source> broken{{"ours/our.rules.yaml", rules + "    nonsense: 1\n"},
                                   {".modcore.yaml", "modcore: 1\nexclude: [ours]\n"}};
  const CheckReport report = check_rules(broken);
  CHECK_FALSE(report.compiles);
  REQUIRE(report.diagnostics.size() == 1);
  CHECK(report.diagnostics[0].id == "M002");
}

TEST_CASE("the fail level comes along") {
  CHECK(check_with("modcore: 1\nfail-level: warning\n").fail_level == Severity::warning);
  CHECK(check_with("modcore: 1\n").fail_level == std::nullopt);
}

TEST_CASE("mistakes in the settings are diagnostics of their own") {
  const auto first = [](const std::string& config) {
    const std::string all = found(config);
    return all.substr(0, all.find(','));
  };
  CHECK(first("levels: {}\n") == "error M009");
  CHECK(first("modcore: 1\nlevel: {}\n") == "error M002");
  CHECK(first("modcore: 1\nlevels: {M999: off}\n") == "warning M909");
  CHECK(first("modcore: 1\nlevels: {M501: quiet}\n") == "error M108");
  CHECK(first("modcore: 1\nlevels: {M301: off}\n") == "error M912");
  CHECK(first("modcore: 1\nlevels: {M501: off, rule-without-tests: info}\n") == "error M109");
  CHECK(first("modcore: 1\nfail-level: off\n") == "error M108");
  CHECK(first("modcore: 1\noverrides: [{levels: {M501: off}}]\n") == "error M007");
  CHECK(first("modcore: 1\nlevels: [M501]\n") == "error M006");
  CHECK(check_with("modcore: 1\nlevel: {}\n").compiles);
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("modcore-config-" + std::to_string(getpid()))) {
    fs::create_directories(path_ / "repo/.git");
    fs::create_directories(path_ / "repo/rules/ours");
    write("repo/rules/ours/our.rules.yaml", rules);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
  }
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

TEST_CASE("settings are found upward to the root of the repository, the nearest first") {
  const Folder folder;
  const std::vector<std::string> path{folder / "repo/rules/ours/our.rules.yaml"};
  folder.write(".modcore.yaml", "modcore: 1\nlevels: {M501: off}\n");
  CHECK(check_rules(path).config.empty());
  CHECK(check_rules(path).diagnostics.size() == 2);
  folder.write("repo/.modcore.yaml", "modcore: 1\nlevels: {M306: off}\n");
  REQUIRE(check_rules(path).diagnostics.size() == 1);
  CHECK(check_files(path)[0].id == "M501");
  folder.write("repo/rules/.modcore.yaml", "modcore: 1\nexclude: [ours/]\n");
  CHECK(check_rules({folder / "repo/rules/ours"}).diagnostics.empty());
  CHECK(fs::equivalent(check_rules(path).config, folder / "repo/rules/.modcore.yaml"));
}

TEST_CASE("settings can be named, and must then be there") {
  const Folder folder;
  const std::vector<std::string> path{folder / "repo/rules/ours"};
  folder.write("mine.yaml", "modcore: 1\nlevels: {M501: off}\n");
  CHECK(check_rules(path, {.compile = {}, .config = folder / "mine.yaml"}).diagnostics.size() == 1);
  const CheckReport missing = check_rules(path, {.compile = {}, .config = folder / "none.yaml"});
  CHECK(missing.diagnostics[0].id == "M011");
}

TEST_CASE("a settings file among the paths is not read as rules") {
  const Folder folder;
  folder.write("repo/.modcore.yaml", "modcore: 1\nlevels: {M501: of}\n");
  const CheckReport report =
      check_rules({folder / "repo/.modcore.yaml", folder / "repo/rules/ours/our.rules.yaml"});
  REQUIRE(report.diagnostics.size() == 3);
  CHECK(report.diagnostics[0].id == "M108");
}

}  // namespace
