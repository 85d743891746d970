#include "load/tree.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "load/load.hpp"
#include "load/paths.hpp"

namespace modcore::load {

namespace fs = std::filesystem;

namespace {

// A folder tree deeper than any person keeps rules in.
constexpr int max_depth = 16;

bool is_yaml(std::string_view path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

bool is_hidden(const fs::path& path) {
  return path.filename().generic_string().starts_with('.');
}

std::string path_or_here(const std::string& path) {
  return path.empty() ? "." : path;
}

}  // namespace

Tree::~Tree() = default;

Tree::Kind DiskTree::kind(const std::string& path) const {
  std::error_code error;
  const fs::file_status status = fs::status(path_or_here(path), error);
  if (error || !fs::exists(status)) return Kind::none;
  return fs::is_directory(status) ? Kind::folder : Kind::file;
}

FileText DiskTree::read(const std::string& path) const {
  const auto replaced = std::ranges::find(unsaved_, path, [](const Source& source) {
    return join("", source.name);
  });
  if (replaced != unsaved_.end()) return {replaced->text, {}};
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return {{}, error ? error.message() : "no such file"};
  if (fs::is_directory(status)) return {{}, "it is a folder"};
  // A device or pipe may never end.
  if (!fs::is_regular_file(status)) return {{}, "it is not a regular file"};
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return {{}, "permission denied"};
  std::string text;
  std::array<char, 65536> block;
  while (stream && text.size() <= max_file_size) {
    stream.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) return {{}, "reading failed"};
  if (text.size() > max_file_size) return {{}, {}, true};
  return {std::move(text), {}};
}

std::vector<std::string> DiskTree::yaml_below(const std::string& folder) const {
  std::vector<std::string> paths;
  std::error_code error;
  fs::recursive_directory_iterator entry(path_or_here(folder),
                                         fs::directory_options::skip_permission_denied, error);
  const fs::recursive_directory_iterator end;
  for (; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    const bool is_folder = entry->is_directory(ignored);
    if (is_folder && (is_hidden(entry->path()) || entry.depth() >= max_depth)) {
      entry.disable_recursion_pending();
    }
    const std::string path = join("", entry->path().generic_string());
    if (!is_folder && is_yaml(path) && !is_hidden(entry->path())) paths.push_back(path);
  }
  std::ranges::sort(paths);
  return paths;
}

std::vector<std::string> DiskTree::names_in(const std::string& folder) const {
  constexpr std::size_t most = 1000;
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator entry(path_or_here(folder), error);
  const fs::directory_iterator end;
  for (; !error && entry != end && names.size() < most; entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) names.push_back(entry->path().filename().generic_string());
  }
  std::ranges::sort(names);
  return names;
}

std::string DiskTree::display(const std::string& path) const {
  return path_or_here(path);
}

bool MemoryTree::add(std::string path, std::string_view text) {
  return files_.emplace(std::move(path), text).second;
}

Tree::Kind MemoryTree::kind(const std::string& path) const {
  if (files_.contains(path)) return Kind::file;
  if (path.empty()) return Kind::folder;
  const auto below = files_.lower_bound(path + "/");
  const bool folder = below != files_.end() && below->first.starts_with(path + "/");
  return folder ? Kind::folder : Kind::none;
}

FileText MemoryTree::read(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return {{}, "no such file"};
  if (found->second.size() > max_file_size) return {{}, {}, true};
  return {std::string(found->second), {}};
}

std::vector<std::string> MemoryTree::yaml_below(const std::string& folder) const {
  std::vector<std::string> paths;
  const std::string prefix = folder.empty() ? "" : folder + "/";
  for (const auto& [path, text] : files_) {
    if (path.starts_with(prefix) && is_yaml(path)) paths.push_back(path);
  }
  return paths;
}

std::vector<std::string> MemoryTree::names_in(const std::string& folder) const {
  std::vector<std::string> names;
  for (const auto& [path, text] : files_) {
    if (folder_of(path) == folder) names.push_back(file_of(path));
  }
  return names;
}

std::string MemoryTree::display(const std::string& path) const {
  return prefix_ + path;
}

namespace {

struct ShippedTree {
  MemoryTree tree{"shipped:"};
  ShippedTree() {
    for (const EmbeddedFile& file : embedded_files()) tree.add(std::string(file.path), file.text);
  }
};

}  // namespace

const Tree& shipped_tree() {
  static const ShippedTree shipped;
  return shipped.tree;
}

}  // namespace modcore::load
