#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <modcore/modcore.hpp>
#include <unistd.h>

#include "artifact/sections.hpp"
#include "support/files.hpp"

namespace {

using namespace modcore;

constexpr const char* rules = R"(modcore: 1
category: spam
rules:
  - id: spam.casino
    patterns: {ads: {phrases: [online casino, casino en ligne], tolerance: obfuscated}}
    when: $ads
    verdict: hide
    reason: {en: No casinos here., fr: Pas de casinos ici.}
  - id: spam.code
    regex: ['\bcode\s?(\d)\1\b', '(?i)x{2,}y']
    verdict: flag
  - id: spam.links
    when: author.post_count < 5 and links(text) >= 2
    verdict: flag
)";

Engine compiled(const std::string& text = rules) {
  const Source source{"test.rules.yaml", text};
  CompileResult result = compile({&source, 1});
  REQUIRE_MESSAGE(result, render(result.diagnostics));
  return *std::move(result.engine);
}

std::string decide(const Engine& engine, std::string_view body) {
  Scanner scanner(engine);
  return to_json(scanner.scan({.body = body, .now = std::chrono::sys_seconds{}}));
}

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "modcore-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const char* name) const { return (path / name).string(); }
};

TEST_CASE("the same rules give the same bytes") {
  CHECK(compiled().save() == compiled().save());
  CHECK(compiled().save({.native = false}) == compiled().save({.native = false}));
  CHECK(compiled().save({.native = false}).size() < compiled().save().size());
}

TEST_CASE("a loaded engine tells the same about its rules") {
  const Engine engine = compiled();
  for (const bool trusted : {true, false}) {
    const LoadResult loaded = load_bytes(engine.save(), {.trusted = trusted});
    REQUIRE(loaded);
    CHECK(loaded.rebuilt != trusted);
    CHECK(loaded.engine->fingerprint() == engine.fingerprint());
    CHECK(loaded.engine->uses("author.post_count"));
    CHECK_FALSE(loaded.engine->uses("author.reputation"));
    REQUIRE(loaded.engine->rules().size() == 3);
    CHECK(loaded.engine->rules()[1].id == "spam.code");
    CHECK(loaded.engine->rules()[1].file == "test.rules.yaml");
    CHECK(loaded.engine->rules()[1].line == 9);
    for (const char* post : {"0nline c4sino!", "code 77", "code 78", "aXXXy", "roses"}) {
      CHECK(decide(*loaded.engine, post) == decide(engine, post));
    }
  }
}

TEST_CASE("without databases, or where they are not trusted, they are made anew") {
  const Engine engine = compiled();
  CHECK(load_bytes(engine.save({.native = false}), {.trusted = true}).rebuilt);
  CHECK(load_bytes(engine.save()).rebuilt);
}

TEST_CASE("every damaged byte is noticed") {
  const std::string good = compiled("modcore: 1\ncategory: spam\nrules: [{id: spam.b, words: [casino], verdict: flag}]\n")
                               .save({.native = false});
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x10);
    CAPTURE(i);
    CHECK_FALSE(load_bytes(bad, {.trusted = true}).error.empty());
  }
  for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(load_bytes(good.substr(0, size)));
  CHECK_FALSE(load_bytes(good + '\0'));
}

TEST_CASE("an artifact of other tables or of another format is refused with a way out") {
  std::string bytes = compiled().save();
  const std::size_t at = bytes.find("15.0.0");
  REQUIRE(at != std::string::npos);
  bytes[at] = '9';
  artifact::repair_checksums(bytes);
  CHECK(load_bytes(bytes).error.find("compile the rules again") != std::string::npos);
  bytes = compiled().save();
  bytes[24] = 77;  // the format's version
  CHECK(load_bytes(bytes).error.find("format 77") != std::string::npos);
}

TEST_CASE("databases for another library are not looked at, trusted or not") {
  std::string bytes = compiled().save();
  const std::size_t at = bytes.find("Hyperscan ");
  REQUIRE(at != std::string::npos);
  bytes[at] = 'h';
  artifact::repair_checksums(bytes);
  const LoadResult loaded = load_bytes(bytes, {.trusted = true});
  REQUIRE_MESSAGE(loaded, loaded.error);
  CHECK(loaded.rebuilt);
  CHECK(decide(*loaded.engine, "online casino") == decide(compiled(), "online casino"));
  CHECK_FALSE(inspect_artifact(bytes).native_fits);
}

TEST_CASE("an artifact tells about itself") {
  const Engine engine = compiled();
  const std::string bytes = engine.save();
  const ArtifactInfo info = inspect_artifact(bytes);
  CHECK(info.error.empty());
  CHECK(info.fingerprint == engine.fingerprint());
  CHECK(info.library == library_version());
  CHECK(info.native_fits);
  std::size_t total = 0;
  for (const ArtifactSection& section : info.sections) total += section.bytes;
  CHECK(info.sections.size() == 5);
  CHECK(total < bytes.size());
  CHECK_FALSE(inspect_artifact("modcore: 1").error.empty());
}

TEST_CASE("rules are compiled from a file of either kind") {
  const Folder folder;
  const Engine engine = compiled();
  const std::string path = folder.file("rules.mcb");
  REQUIRE(save_file(engine, path) == "");
  const CompileResult loaded = compile_files({path}, {.trusted = true});
  REQUIRE(loaded);
  CHECK(loaded.engine->fingerprint() == engine.fingerprint());
  const auto id_of = [](const CompileResult& result) {
    return result.diagnostics.empty() ? "" : result.diagnostics.front().id;
  };
  CHECK(id_of(compile_files({path, "spam"})) == "M021");
  CHECK(id_of(compile_files({path}, {.preset = "strict"})) == "M021");
  CHECK(id_of(compile_files({folder.file("missing.mcb")})) == "M021");
  const std::vector<Diagnostic> refused = check_files({path});  // it holds no text
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].id == "M021");
  CHECK(has_errors(run_tests({path}).diagnostics));
}

TEST_CASE("a file is replaced as a whole, and nothing is left behind") {
  const Folder folder;
  const std::string path = folder.file("rules.mcb");
  const Engine engine = compiled();
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int j = 0; j < 5; ++j) static_cast<void>(save_file(engine, path));
    });
  }
  for (int i = 0; i < 20; ++i) {
    const LoadResult loaded = load_file(path);
    CHECK_MESSAGE((loaded || loaded.error == "No such file or directory"), loaded.error);
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(load_file(path));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
  CHECK(save_file(engine, folder.path.string()) == "it is not a file");
  CHECK(save_file(engine, folder.file("no/such/folder.mcb")) == "No such file or directory");
}

// The one file in the folder.
std::filesystem::path only_file(const Folder& folder) {
  REQUIRE(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
  return std::filesystem::directory_iterator(folder.path)->path();
}

TEST_CASE("patterns are compiled once where there is a cache, and decide the same") {
  const Folder folder;
  const Source source{"test.rules.yaml", rules};
  const CompileOptions options{.cache = folder.path.string()};
  const CompileResult first = compile({&source, 1}, options);
  const auto file = only_file(folder);
  const auto written = std::filesystem::last_write_time(file);
  const Source commented{"other.rules.yaml", std::string("# a comment\n") + rules};
  const CompileResult second = compile({&commented, 1}, options);
  CHECK(only_file(folder) == file);
  CHECK(std::filesystem::last_write_time(file) == written);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(second.diagnostics.size() == first.diagnostics.size());
  CHECK(second.engine->fingerprint() == first.engine->fingerprint());
  for (const char* post : {"0nline c4sino!", "code 77", "code 78", "aXXXy", "roses"}) {
    CHECK(decide(*second.engine, post) == decide(compiled(), post));
  }
  CHECK(second.engine->rules()[1].line == 10);
}

TEST_CASE("a broken file of the cache is written anew, whatever is in it") {
  const Folder folder;
  const Source source{"test.rules.yaml", rules};
  const CompileOptions options{.cache = folder.path.string()};
  REQUIRE(compile({&source, 1}, options));
  const auto file = only_file(folder);
  const std::string good = *files::read(file.string(), 1U << 30U).bytes;
  std::string flipped = good;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  for (const std::string& bad : {std::string(), good.substr(0, good.size() / 2), flipped, compiled().save()}) {
    std::ofstream(file, std::ios::binary) << bad;
    REQUIRE(compile({&source, 1}, options));
    CHECK(files::read(file.string(), 1U << 30U).bytes == good);
  }
  // A file that others may write to may have been written by others.
  std::filesystem::permissions(file, std::filesystem::perms::others_write,
                               std::filesystem::perm_options::add);
  REQUIRE(compile({&source, 1}, options));
  CHECK(files::read(file.string(), 1U << 30U).only_ours);
}

TEST_CASE("a cache that others can write to is not used, and that is said") {
  const Folder folder;
  std::filesystem::permissions(folder.path, std::filesystem::perms::group_write,
                               std::filesystem::perm_options::add);
  const Source source{"test.rules.yaml", rules};
  const auto said = [&](const std::string& cache) {
    const CompileResult result = compile({&source, 1}, {.cache = cache});
    REQUIRE(result);
    return std::ranges::count(result.diagnostics, "M022", &Diagnostic::id);
  };
  CHECK(said(folder.path.string()) == 1);
  CHECK(std::filesystem::is_empty(folder.path));
  CHECK(said(folder.file("no/such/folder")) == 1);
  CHECK(said("/dev/null") == 1);
}

TEST_CASE("many may fill one cache at the same time") {
  const Folder folder;
  const std::string cache = folder.file("made");
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      const Source source{"test.rules.yaml", rules};
      const CompileResult result = compile({&source, 1}, {.cache = cache});
      if (result && decide(*result.engine, "code 77") == decide(*result.engine, "code 77")) ++good;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 6);
  CHECK(std::distance(std::filesystem::directory_iterator(cache), {}) == 1);
}

TEST_CASE("a loaded regex is compiled by whichever thread runs it first") {
  const LoadResult loaded = load_bytes(compiled().save(), {.trusted = true});
  REQUIRE(loaded);
  const std::string expected = decide(compiled(), "code 77 aXXXy");
  std::vector<std::string> decided(8);
  std::vector<std::thread> threads;
  for (std::string& out : decided) {
    threads.emplace_back([&] { out = decide(*loaded.engine, "code 77 aXXXy"); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& out : decided) CHECK(out == expected);
}

}  // namespace
