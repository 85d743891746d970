// Expectations kept in files. MODCORE_UPDATE_GOLDEN=1 writes them anew.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace golden {

[[nodiscard]] inline std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files of a folder with one of these endings, sorted.
[[nodiscard]] inline std::vector<std::filesystem::path> inputs(const std::filesystem::path& folder,
                                                              const std::vector<std::string>& endings) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (std::ranges::count(endings, entry.path().extension().string()) > 0) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// Checks that the file holds this text; a missing file holds none.
inline void compare(const std::filesystem::path& file, const std::string& got) {
  const bool update = std::getenv("MODCORE_UPDATE_GOLDEN") != nullptr;
  if (update && got.empty()) std::filesystem::remove(file);
  if (update && !got.empty()) std::ofstream(file, std::ios::binary) << got;
  CAPTURE(file.filename().string());
  CHECK(got == read(file));
}

}  // namespace golden
