#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "load/load.hpp"

using namespace modcore;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view rules =
    "modcore: 1\ncategory: spam\nrules:\n  - {id: a.b, words: [x]}\n";

// A folder of files that is gone when the test is over.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "modcore-load-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& file, std::string_view text) const {
    fs::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file, std::ios::binary) << text;
  }
  [[nodiscard]] std::string at(const std::string& file) const { return (path_ / file).string(); }

 private:
  fs::path path_;
};

struct Loaded {
  source::SourceMap sources;
  diag::Sink sink{sources};
  ast::Bundle bundle;

  explicit Loaded(const std::vector<std::string>& paths, const CompileOptions& options = {}) {
    bundle = load::load_paths(paths, options, sources, sink);
  }
  [[nodiscard]] std::set<std::string> packs() const {
    std::set<std::string> names;
    for (const ast::RuleFile& file : bundle.rule_files) names.insert(file.pack);
    return names;
  }
  [[nodiscard]] std::string first_problem() {
    const auto diagnostics = sink.take();
    return diagnostics.empty() ? "" : diagnostics.front().id + " " + diagnostics.front().message;
  }
};

TEST_CASE("the files of `guidelines` and `context` may have any name") {
  Folder folder;
  folder.write("policy.yaml",
               "modcore: 1\npolicy: p\npacks: [./our.rules.yaml]\n"
               "guidelines: docs/clauses.yml\ncontext: facts\n");
  folder.write("our.rules.yaml", rules);
  folder.write("docs/clauses.yml", "modcore: 1\nG1: {title: Be kind}\n");
  folder.write("facts", "modcore: 1\nattributes: {author.plan: text}\n");
  Loaded loaded({folder.at("policy.yaml")});
  CHECK(loaded.first_problem().empty());
  REQUIRE(loaded.bundle.guidelines.has_value());
  CHECK(loaded.bundle.guidelines->clauses.size() == 1);
  REQUIRE(loaded.bundle.contexts.size() == 1);
  CHECK(loaded.bundle.contexts.front().attributes.size() == 1);
}

TEST_CASE("a file of guidelines that is not there is reported where the policy names it") {
  Folder folder;
  folder.write("policy.yaml", "modcore: 1\npolicy: p\npacks: []\nguidelines: ours.yaml\n");
  Loaded loaded({folder.at("policy.yaml")});
  const auto diagnostics = loaded.sink.take();
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.front().id == "M011");
  CHECK(diagnostics.front().where.line == 4);
}

TEST_CASE("no path means the four shipped packs") {
  Loaded loaded({});
  CHECK(loaded.packs() ==
        std::set<std::string>{"harassment", "off-topic", "self-promotion", "spam"});
  CHECK_FALSE(loaded.sink.has_errors());
}

TEST_CASE("a shipped pack is found by its name") {
  Loaded loaded({"spam"});
  CHECK(loaded.packs() == std::set<std::string>{"spam"});
}

TEST_CASE("a misspelt pack is named and the right name is offered") {
  Loaded loaded({"spamm"});
  const auto diagnostics = loaded.sink.take();
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].id == "M101");
  CHECK(diagnostics[0].help.find("spam") != std::string::npos);
}

TEST_CASE("a rule file is a pack named by its stem") {
  const Folder folder;
  folder.write("ours.rules.yaml", rules);
  CHECK(Loaded({folder.at("ours.rules.yaml")}).packs() == std::set<std::string>{"ours"});
}

TEST_CASE("a folder of rule files is one pack, sorted, with what lies below") {
  const Folder folder;
  folder.write("pack/b.rules.yaml", rules);
  folder.write("pack/a.rules.yaml", rules);
  folder.write("pack/deep/c.rules.yaml", rules);
  folder.write("pack/.hidden.rules.yaml", "not read");
  folder.write("pack/pack.test.yaml", "modcore: 1\ncases: [{body: x}]\n");
  Loaded loaded({folder.at("pack")});
  CHECK(loaded.packs() == std::set<std::string>{"pack"});
  REQUIRE(loaded.bundle.rule_files.size() == 3);
  CHECK(loaded.sources.name(loaded.bundle.rule_files[0].source) == folder.at("pack/a.rules.yaml"));
  CHECK(loaded.sources.name(loaded.bundle.rule_files[2].source) ==
        folder.at("pack/deep/c.rules.yaml"));
  CHECK(loaded.bundle.test_files.size() == 1);
}

TEST_CASE("a folder of folders holds packs") {
  const Folder folder;
  folder.write("one/a.rules.yaml", rules);
  folder.write("two/a.rules.yaml", rules);
  CHECK(Loaded({folder.at("")}).packs() == std::set<std::string>{"one", "two"});
}

TEST_CASE("a folder with a policy is that policy and nothing else") {
  const Folder folder;
  folder.write("policy.yaml", "modcore: 1\npolicy: p\npacks: [./a.rules.yaml]\n");
  folder.write("a.rules.yaml", rules);
  folder.write("b.rules.yaml", rules);
  folder.write("p.test.yaml", "modcore: 1\ncases: [{body: x}]\n");
  Loaded loaded({folder.at("")});
  CHECK(loaded.bundle.policy.has_value());
  CHECK(loaded.packs() == std::set<std::string>{"a"});
  CHECK(loaded.bundle.test_files.size() == 1);
}

TEST_CASE("packs of the policy's folder come before $MODCORE_RULES, and that before shipped ones") {
  const Folder folder;
  folder.write("policy.yaml", "modcore: 1\npolicy: p\npacks: [spam, harassment]\n");
  folder.write("spam.rules.yaml", rules);
  folder.write("elsewhere/spam/x.rules.yaml", rules);
  folder.write("elsewhere/harassment/x.rules.yaml", rules);
  ::setenv("MODCORE_RULES", folder.at("elsewhere").c_str(), 1);
  Loaded loaded({folder.at("policy.yaml")});
  ::unsetenv("MODCORE_RULES");
  REQUIRE(loaded.bundle.rule_files.size() == 2);
  CHECK(loaded.sources.name(loaded.bundle.rule_files[0].source) ==
        folder.at("elsewhere/harassment/x.rules.yaml"));
  CHECK(loaded.sources.name(loaded.bundle.rule_files[1].source) == folder.at("spam.rules.yaml"));
}

TEST_CASE("the same file named twice is read once") {
  const Folder folder;
  folder.write("a.rules.yaml", rules);
  const Loaded loaded({folder.at("a.rules.yaml"), folder.at("./a.rules.yaml")});
  CHECK(loaded.bundle.rule_files.size() == 1);
}

TEST_CASE("two policies are one too many") {
  const Folder folder;
  folder.write("a/policy.yaml", "modcore: 1\npolicy: a\npacks: [spam]\n");
  folder.write("b/policy.yaml", "modcore: 1\npolicy: b\npacks: [spam]\n");
  CHECK(Loaded({folder.at("a"), folder.at("b")}).first_problem().starts_with("M109"));
}

TEST_CASE("what cannot be read is a diagnostic") {
  const Folder folder;
  folder.write("empty/readme.txt", "no rules");
  folder.write("binary.rules.yaml", std::string("\x7f"
                                                "ELF\0\xff\xfe",
                                                7));
  folder.write("big.rules.yaml", std::string((8U << 20U) + 1, '#'));
  CHECK(Loaded({folder.at("missing.rules.yaml")}).first_problem().starts_with("M011"));
  CHECK(Loaded({folder.at("empty")}).first_problem().starts_with("M011"));
  CHECK(Loaded({"/dev/zero"}).first_problem().starts_with("M011"));
  CHECK(Loaded({folder.at("binary.rules.yaml")}).first_problem().starts_with("M004"));
  CHECK(Loaded({folder.at("big.rules.yaml")}).first_problem().starts_with("M012"));
}

TEST_CASE("a list is read from a file, and never from outside the pack") {
  const Folder folder;
  folder.write("pack/a.rules.yaml",
               "modcore: 1\ncategory: spam\nlists:\n"
               "  good: {kind: words, file: lists/good.txt}\n"
               "  bad: {kind: words, file: ../secret.txt}\n"
               "rules:\n  - {id: a.b, words: [x]}\n");
  folder.write("pack/lists/good.txt", "one\n# two\nthree\n");
  folder.write("secret.txt", "secret\n");
  Loaded loaded({folder.at("pack")});
  const ast::RuleFile& file = loaded.bundle.rule_files.at(0);
  REQUIRE(file.lists.size() == 2);
  const auto items = [&](std::string_view name) {
    return std::ranges::find(file.lists, name, [](const auto& list) { return list.name.value; })
        ->items.size();
  };
  CHECK(items("good") == 2);
  CHECK(items("bad") == 0);
  CHECK(loaded.first_problem().starts_with("M017"));
}

TEST_CASE("a list of a pack that is not loaded comes without its rules") {
  const Folder folder;
  folder.write("policy.yaml", "modcore: 1\npolicy: p\npacks: [./a.rules.yaml]\n");
  folder.write("a.rules.yaml",
               "modcore: 1\ncategory: spam\nlists: {l: {from: other/l}}\nrules: []\n");
  folder.write("other/o.rules.yaml",
               "modcore: 1\ncategory: spam\nlists: {l: {kind: words, items: [x]}}\n"
               "rules:\n  - {id: o.x, words: [x]}\n");
  const Loaded loaded({folder.at("policy.yaml")});
  REQUIRE(loaded.bundle.rule_files.size() == 2);
  CHECK(loaded.bundle.rule_files[1].pack == "other");
  CHECK(loaded.bundle.rule_files[1].rules.empty());
  CHECK(loaded.bundle.rule_files[1].lists.size() == 1);
}

TEST_CASE("a preset by option stands in for the policy's own") {
  CompileOptions options;
  options.preset = "kids";
  const Loaded loaded({"spam"}, options);
  REQUIRE(loaded.bundle.presets.size() == 1);
  CHECK(loaded.bundle.presets[0].name.value == "kids");
  options.preset = "../spam/links";
  CHECK(Loaded({"spam"}, options).first_problem().starts_with("M101"));
}

TEST_CASE("sources in memory refer to one another and the disk is not read") {
  const std::vector<Source> given{
      {"policy.yaml",
       "modcore: 1\npolicy: p\npacks: [./ours.rules.yaml, spam, /etc/x.rules.yaml]\n"},
      {"ours.rules.yaml", std::string(rules)}};
  source::SourceMap sources;
  diag::Sink sink(sources);
  const ast::Bundle bundle = load::load_sources(given, {}, sources, sink);
  const auto diagnostics = sink.take();
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].id == "M017");
  CHECK(bundle.rule_files.front().pack == "ours");
}

TEST_CASE("the library holds every shipped rule file as it is") {
  std::size_t compared = 0;
  for (const load::EmbeddedFile& file : load::embedded_files()) {
    std::ifstream in(fs::path(MODCORE_SOURCE_DIR) / "rules" / file.path, std::ios::binary);
    CHECK_MESSAGE(std::string(std::istreambuf_iterator<char>(in), {}) == file.text, file.path);
    ++compared;
  }
  CHECK(compared >= 20);
}

}  // namespace
