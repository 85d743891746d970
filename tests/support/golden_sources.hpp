// Golden inputs: NAME.rules.yaml, or a folder NAME of sources.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <modcore/compile.hpp>

#include "support/golden.hpp"

namespace golden {

struct Case {
  std::string name;
  std::vector<modcore::Source> sources;
};

[[nodiscard]] inline Case read_case(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  if (!fs::is_directory(path)) {
    return {path.stem().stem().string(), {{path.filename().string(), read(path)}}};
  }
  Case result{path.filename().string(), {}};
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    result.sources.push_back({entry.path().lexically_relative(path).generic_string(), read(entry.path())});
  }
  std::ranges::sort(result.sources, {}, &modcore::Source::name);
  return result;
}

// Sorted by name.
[[nodiscard]] inline std::vector<Case> cases(const std::filesystem::path& folder) {
  std::vector<Case> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const bool input = entry.is_directory() || entry.path().extension() == ".yaml";
    if (input) all.push_back(read_case(entry.path()));
  }
  std::ranges::sort(all, {}, &Case::name);
  return all;
}

}  // namespace golden
