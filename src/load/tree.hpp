// Where files come from: the disk, sources in memory, or the library itself.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/compile.hpp>

namespace modcore::load {

inline constexpr std::size_t max_file_size = 8U << 20U;

struct FileText {
  std::optional<std::string> text;
  std::string problem;   // why there is none: "no such file"
  bool too_big = false;  // over max_file_size; `problem` is empty
};

// Read once and kept by nobody; safe to use from one thread.
class Tree {
 public:
  enum class Kind { none, file, folder };

  Tree() = default;
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  virtual ~Tree();

  [[nodiscard]] virtual Kind kind(const std::string& path) const = 0;
  [[nodiscard]] virtual FileText read(const std::string& path) const = 0;
  // Paths of the *.yaml files below a folder, sorted; hidden ones left out.
  [[nodiscard]] virtual std::vector<std::string> yaml_below(const std::string& folder) const = 0;
  // Names of the files in a folder itself, sorted; for help with a name that is not there.
  [[nodiscard]] virtual std::vector<std::string> names_in(const std::string& folder) const = 0;
  // What diagnostics call a file.
  [[nodiscard]] virtual std::string display(const std::string& path) const = 0;
};

class DiskTree final : public Tree {
 public:
  // The texts of `unsaved` are read in place of the files of their names.
  explicit DiskTree(std::span<const Source> unsaved = {}) : unsaved_(unsaved) {}

  [[nodiscard]] Kind kind(const std::string& path) const override;
  [[nodiscard]] FileText read(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> yaml_below(const std::string& folder) const override;
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const override;
  [[nodiscard]] std::string display(const std::string& path) const override;

 private:
  std::span<const Source> unsaved_;
};

class MemoryTree final : public Tree {
 public:
  explicit MemoryTree(std::string display_prefix) : prefix_(std::move(display_prefix)) {}
  // The text must outlive the tree. False if the path is taken.
  bool add(std::string path, std::string_view text);

  [[nodiscard]] Kind kind(const std::string& path) const override;
  [[nodiscard]] FileText read(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> yaml_below(const std::string& folder) const override;
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const override;
  [[nodiscard]] std::string display(const std::string& path) const override;

 private:
  std::string prefix_;
  std::map<std::string, std::string_view> files_;
};

// The rules that are part of the library.
[[nodiscard]] const Tree& shipped_tree();

}  // namespace modcore::load
