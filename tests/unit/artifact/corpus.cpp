#include "unit/artifact/corpus.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

namespace modcore::test {
namespace {

using nlohmann::json;

std::string text_of(const json& lines) {
  std::string text;
  for (const json& line : lines) text += line.get<std::string>() + "\n";
  return text;
}

Suite suite_of(const std::string& name, const json& suite) {
  Suite result;
  result.name = name;
  if (suite.contains("rules")) result.sources.push_back({"test.rules.yaml", text_of(suite.at("rules"))});
  if (suite.contains("sources")) {
    for (const auto& [file, lines] : suite.at("sources").items()) {
      result.sources.push_back({file, text_of(lines)});
    }
  }
  for (const json& test : suite.at("cases")) result.posts.push_back(test.at("post").dump());
  return result;
}

std::vector<Suite> read_all() {
  std::vector<std::filesystem::path> files;
  const std::string folder = std::string(MODCORE_SOURCE_DIR) + "/tests/conformance";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Suite> all;
  for (const auto& file : files) {
    std::ifstream in(file);
    const json content = json::parse(in);
    for (const json& suite : content.at("suites")) all.push_back(suite_of(file.stem().string(), suite));
  }
  return all;
}

}  // namespace

const std::vector<Suite>& suites() {
  static const std::vector<Suite> all = read_all();
  return all;
}

}  // namespace modcore::test
