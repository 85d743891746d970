// Rule files damaged at random, and YAML that was never meant as rules: diagnostics at
// places that exist, and no crash. MODCORE_EDITS sets how many edits each pack gets,
// MODCORE_YAML a folder of further files.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "support/seed.hpp"

namespace {

namespace fs = std::filesystem;
using modcore::Diagnostic;
using modcore::Location;
using modcore::Source;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t edits_a_pack(std::size_t otherwise) {
  const char* given = std::getenv("MODCORE_EDITS");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

// The lines of a text by our own count: LF, CR LF or CR.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const bool lone = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] != '\n' && !lone) continue;
    lines.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Empty, or what is wrong with the place.
std::string fault_of(const Location& where, const std::map<std::string, std::string>& texts) {
  if (where.file.empty()) return {};
  const auto text = texts.find(where.file);
  if (text == texts.end()) return {};  // a file of the library
  if (where.begin > where.end || where.end > text->second.size()) return "bytes outside the file";
  if (where.line == 0) return "no line";
  const auto lines = lines_of(text->second);
  for (const auto& [line, column] : {std::pair(where.line, where.column),
                                     std::pair(where.end_line, where.end_column)}) {
    if (line > lines.size()) return "a line that is not there";
    if (column == 0 || column > columns_of(lines[line - 1]) + 2) return "a column that is not there";
  }
  return {};
}

void check_places(const std::vector<Diagnostic>& diagnostics, const std::vector<Source>& sources) {
  std::map<std::string, std::string> texts;
  for (const Source& source : sources) texts.emplace(source.name, source.text);
  for (const Diagnostic& d : diagnostics) {
    std::vector<Location> places{d.where};
    for (const auto& label : d.labels) places.push_back(label.where);
    for (const auto& fix : d.fixes) places.push_back(fix.where);
    for (const Location& where : places) {
      const std::string fault = fault_of(where, texts);
      CHECK_MESSAGE(fault.empty(), fault, " in ", d.id, " at ", where.file, ":", where.line, ":",
                    where.column, "-", where.end_line, ":", where.end_column);
    }
  }
  const bool silent = std::ranges::all_of(diagnostics, &Diagnostic::suppressed);
  CHECK(modcore::render(diagnostics).empty() == silent);
}

// What each pack is made of, the largest files cut: an edit costs a whole compilation.
std::vector<std::vector<Source>> packs() {
  std::vector<std::vector<Source>> all;
  for (const std::string& name : modcore::shipped_packs()) {
    std::vector<Source>& files = all.emplace_back();
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MODCORE_SOURCE_DIR) / "rules" / name)) {
      const std::string path = entry.path().string();
      const bool wanted = path.ends_with(".yaml") || path.ends_with(".txt");
      if (!entry.is_regular_file() || !wanted || path.ends_with(".test.yaml")) continue;
      files.push_back({entry.path().lexically_relative(MODCORE_SOURCE_DIR).generic_string(), read(path)});
    }
    std::ranges::sort(files, {}, &Source::name);
  }
  return all;
}

class Editor {
 public:
  explicit Editor(std::uint32_t seed) : random_(seed) {}

  // One edit: a byte changed, put in or taken out; or a line taken out, doubled, moved
  // or indented otherwise, which is what happens to nodes.
  void edit(std::string& text) {
    if (text.empty()) return;
    const std::size_t at = below(text.size());
    switch (below(9)) {
      case 0: text[at] = static_cast<char>(below(256)); break;
      case 1: text.insert(at, 1, signs[below(signs.size())]); break;
      case 2: text.erase(at, 1 + below(4)); break;
      case 3: text[at] = signs[below(signs.size())]; break;
      case 4: text.resize(at); break;
      default: edit_line(text, at); break;
    }
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }

 private:
  static constexpr std::string_view signs = "\t\n\r :-#[]{}\"'|>*&!%@`,?$<()=~\\0\xC3\xFF";

  void edit_line(std::string& text, std::size_t at) {
    const std::size_t found = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const std::size_t begin = found == std::string::npos ? 0 : found + 1;
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(begin, end - begin);
    switch (below(4)) {
      case 0: text.erase(begin, line.size()); break;
      case 1: text.insert(begin, line); break;
      case 2: text.insert(begin, 1 + below(3), ' '); break;
      default:
        text.erase(begin, line.size());
        text.insert(below(text.size() + 1), line);
        break;
    }
  }

  std::mt19937 random_;
};

constexpr std::size_t whole_pack = 10;  // one edit in so many

TEST_CASE("packs damaged at random give diagnostics at places that exist") {
  const std::uint32_t seed = modcore::test::announced_seed();
  Editor editor(seed);
  const std::size_t edits = edits_a_pack(6);
  std::size_t ran = 0;
  std::size_t findings = 0;
  for (const std::vector<Source>& pack : packs()) {
    for (std::size_t i = 0; i < edits; ++i) {
      // One file of the pack alone: what it needs of the others is a finding, too. The
      // whole pack takes ten times as long, and only there rules are compared.
      std::vector<Source> sources{pack[editor.below(pack.size())]};
      if (sources[0].name.ends_with(".txt") || i % whole_pack == 0) sources = pack;
      for (std::size_t n = 1 + editor.below(3); n > 0; --n) {
        editor.edit(sources[editor.below(sources.size())].text);
      }
      const auto report = modcore::check(sources);
      check_places(report, sources);
      findings += report.size();
      ++ran;
    }
  }
  MESSAGE(ran, " damaged packs, ", findings, " findings, seed ", seed);
  CHECK(ran == edits * modcore::shipped_packs().size());
  CHECK(findings > 0);
}

TEST_CASE("YAML of any kind gives diagnostics") {
  std::vector<fs::path> folders{fs::path(MODCORE_SOURCE_DIR) / "tests/data/yaml"};
  if (const char* given = std::getenv("MODCORE_YAML")) folders.emplace_back(given);
  std::size_t ran = 0;
  for (const fs::path& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      CAPTURE(entry.path().filename().string());
      const std::string text = read(entry.path());
      for (const char* name : {"x.rules.yaml", "policy.yaml", "guidelines.yaml", "context.yaml",
                               "x.test.yaml", ".modcore.yaml", "other.yaml"}) {
        const std::vector<Source> sources{{name, text}};
        const auto report = modcore::check(sources);
        check_places(report, sources);
        // An empty file sets nothing, and clauses have names of any kind.
        const bool may_pass = std::string(name) == ".modcore.yaml" || std::string(name) == "guidelines.yaml";
        if (!may_pass) CHECK_FALSE(report.empty());
      }
      ++ran;
    }
  }
  MESSAGE(ran, " files");
  CHECK(ran >= 12);
}

}  // namespace
