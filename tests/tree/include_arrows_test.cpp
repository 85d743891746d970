// The layers of the library: which folder may include which. The table is the
// architecture; a new arrow is a decision, not an accident.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

const fs::path root = MODCORE_SOURCE_DIR;

const std::map<std::string, Names>& arrows() {
  static const std::map<std::string, Names> table = {
      {"support", {}},
      {"source", {"support"}},
      {"diag", {"source", "support"}},
      {"ast", {"source", "support"}},
      {"parse", {"ast", "diag", "source", "support"}},
      {"load", {"parse", "ast", "diag", "source", "support"}},
      {"regex", {"support"}},
      {"text", {"support"}},
      {"ir", {"source", "support"}},
      {"check", {"ast", "ir", "diag", "regex", "text", "source", "support"}},
      {"program", {"ir", "support"}},
      {"runtime", {"program", "ir", "text", "regex", "support"}},
      {"compile", {"ir", "program", "runtime", "text", "regex", "diag", "source", "support"}},
      {"artifact", {"compile", "runtime", "program", "ir", "text", "diag", "source", "support"}},
      {"lint", {"ast", "check", "compile", "runtime", "ir", "program", "text", "regex", "diag", "source", "support"}},
      {"api", {"artifact", "lint", "load", "check", "compile", "runtime", "program", "ir", "text", "regex", "parse",
               "ast", "diag", "source", "support"}},
      {"report", {"api", "diag", "source", "support"}},
      {"tooling", {"report", "api", "lint", "load", "check", "compile", "runtime", "program", "ir", "text", "regex",
                   "parse", "ast", "diag", "source", "support"}},
      {"cli", {}},
  };
  return table;
}

// A library's header, and the only folders that may include it.
const std::map<std::string, Names>& confined_headers() {
  static const std::map<std::string, Names> table = {
      {"yaml-cpp/", {"parse"}},
      {"hs.h", {"compile", "runtime"}},
      {"hs/", {"compile", "runtime"}},
      {"pcre2.h", {"compile", "runtime"}},
      {"libpsl.h", {"text"}},
      {"idn2.h", {"text"}},
      {"date/", {"check"}},
      {"CLI/", {"cli"}},
      {"nlohmann/", {"api", "check", "cli", "tooling"}},
  };
  return table;
}

struct Include {
  std::string file;
  std::string target;
  bool quoted = false;
};

std::vector<Include> includes_of(const fs::path& file) {
  static const std::regex line_form(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> found;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_search(line, match, line_form)) {
      found.push_back({fs::relative(file, root).string(), match[2].str(), match[1].str() == "\""});
    }
  }
  return found;
}

std::vector<Include> includes_below(const fs::path& folder) {
  std::vector<Include> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cpp" && extension != ".hpp" && extension != ".inc") continue;
    const auto found = includes_of(entry.path());
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

std::string phase_of(const std::string& file) {  // "src/check/types.cpp" -> "check"
  const auto begin = file.find('/') + 1;
  return file.substr(begin, file.find('/', begin) - begin);
}

TEST_CASE("every include inside the library follows a listed arrow") {
  std::size_t checked = 0;
  for (const Include& include : includes_below(root / "src")) {
    if (!include.quoted) continue;
    const std::string from = phase_of(include.file);
    const std::string to = include.target.substr(0, include.target.find('/'));
    CAPTURE(include.file);
    CAPTURE(include.target);
    REQUIRE(arrows().contains(from));
    CHECK_MESSAGE((from == to || arrows().at(from).contains(to)), from << " may not include " << to);
    ++checked;
  }
  CHECK(checked > 50);
}

TEST_CASE("each library is included only where it is wrapped") {
  for (const Include& include : includes_below(root / "src")) {
    for (const auto& [header, folders] : confined_headers()) {
      if (!include.target.starts_with(header)) continue;
      CHECK_MESSAGE(folders.contains(phase_of(include.file)),
                    include.file << " may not include " << include.target);
    }
  }
}

TEST_CASE("yaml-cpp is included by exactly one file") {
  Names files;
  for (const Include& include : includes_below(root / "src")) {
    if (include.target.starts_with("yaml-cpp/")) files.insert(include.file);
  }
  CHECK(files.size() == 1);
}

TEST_CASE("public headers include only the standard library and each other") {
  std::size_t checked = 0;
  for (const Include& include : includes_below(root / "include")) {
    CAPTURE(include.file);
    CAPTURE(include.target);
    const bool standard = include.target.find_first_of("/.") == std::string::npos;
    CHECK((standard || include.target.starts_with("modcore/")));
    ++checked;
  }
  CHECK(checked > 20);
}

TEST_CASE("the public surface is at most 12 headers") {
  std::size_t headers = 0;
  for (const auto& entry : fs::directory_iterator(root / "include" / "modcore")) {
    headers += entry.path().extension() == ".hpp" ? 1U : 0U;
  }
  CHECK(headers >= 10);
  CHECK(headers <= 12);
}

TEST_CASE("the command, the examples and the benchmarks see only public headers") {
  const std::map<std::string, std::string> consumers = {{"src/cli", "cli/"}, {"examples", ""}, {"bench", ""}};
  std::size_t checked = 0;
  for (const auto& [folder, own_prefix] : consumers) {
    for (const Include& include : includes_below(root / folder)) {
      if (!include.quoted) continue;
      CAPTURE(include.file);
      CAPTURE(include.target);
      const bool own = own_prefix.empty() ? fs::exists(root / folder / include.target)
                                          : include.target.starts_with(own_prefix);
      // The text layer has no public interface to measure it by; nor does a pack tell
      // how many phrases it has.
      const bool measured =
          (include.file == "bench/bench_fold.cpp" && include.target.starts_with("text/")) ||
          include.file == "bench/bench_packs.cpp" || include.file == "bench/pack_items.hpp";
      CHECK((own || measured));
      ++checked;
    }
  }
  CHECK(checked > 20);
}

}  // namespace
