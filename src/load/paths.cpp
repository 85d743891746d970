#include "load/paths.hpp"

#include <filesystem>

namespace modcore::load {

namespace fs = std::filesystem;

namespace {

std::string normal(const fs::path& path) {
  std::string text = path.lexically_normal().generic_string();
  if (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text == "." ? "" : text;
}

}  // namespace

std::string join(std::string_view folder, std::string_view path) {
  return normal(fs::path(folder) / fs::path(path));
}

std::string folder_of(std::string_view path) {
  return normal(fs::path(path).parent_path());
}

std::string file_of(std::string_view path) {
  return fs::path(path).filename().generic_string();
}

std::string pack_of_file(std::string_view path) {
  std::string name = file_of(path);
  for (const std::string_view ending : {".yaml", ".yml", ".rules"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
    }
  }
  return name;
}

bool escapes(std::string_view path) {
  const fs::path given(path);
  if (given.is_absolute()) return true;
  const std::string text = normal(given);
  return text == ".." || text.starts_with("../");
}

bool lies_below(std::string_view path, std::string_view folder) {
  const std::string relative = normal(
      fs::path(path).lexically_relative(fs::path(folder.empty() ? std::string_view(".") : folder)));
  return !escapes(relative);
}

bool is_config(std::string_view path) {
  return file_of(path) == config_name;
}

bool is_path(std::string_view reference) {
  return reference.find('/') != std::string_view::npos || reference.ends_with(".yaml") ||
         reference.ends_with(".yml");
}

}  // namespace modcore::load
