// Rules of another time: what a revision of git holds, in a folder of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace modcore::cli {

// Rules under paths that can be read, whatever they were named by.
struct Version {
  std::vector<std::string> paths;
  std::string prefix;  // of the paths, to be shown as `name:`; empty if they are as written
  std::string name;
};

// Turns what a user names into rules: a path, a shipped pack, or a revision of the
// repository that the current folder lies in, alone or with a path ("main:rules").
// Folders that are made for it end with it.
class Versions {
 public:
  Versions() = default;
  ~Versions();
  Versions(const Versions&) = delete;
  Versions& operator=(const Versions&) = delete;

  // `rules` are taken of a revision that names no path; policy.yaml without any.
  // Throws Failure for what is neither.
  [[nodiscard]] Version find(const std::string& name, const std::vector<std::string>& rules);

 private:
  std::filesystem::path extract(const std::string& revision);
  std::vector<std::filesystem::path> folders_;
};

}  // namespace modcore::cli
