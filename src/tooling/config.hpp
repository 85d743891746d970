// `.modcore.yaml`: how findings count in a folder and below.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "lint/style/style.hpp"
#include "source/source_map.hpp"

namespace modcore::tooling {

enum class Level : std::uint8_t { info, warning, error, off };

using Levels = std::map<std::string_view, Level>;  // by id

class Config {
 public:
  Config() = default;
  // Reports what cannot be meant. The paths of `file` are relative to `folder`.
  Config(const ast::ConfigFile& file, std::string folder, diag::Sink& sink);

  // Gives the findings their levels and leaves out what is off or excluded. Errors
  // stay: nothing hides that rules do not run.
  void apply(std::vector<Diagnostic>& diagnostics) const;

  [[nodiscard]] std::optional<Severity> fail_level() const noexcept { return fail_level_; }
  [[nodiscard]] const lint::style::StyleSettings& style() const noexcept { return style_; }
  // What `wordlists` names, relative to the folder.
  [[nodiscard]] const std::vector<ast::Name>& wordlists() const noexcept { return wordlists_; }
  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

 private:
  struct Override {
    std::vector<std::string> paths;
    Levels levels;
  };
  [[nodiscard]] Level level_of(const Diagnostic& d) const;
  [[nodiscard]] std::string relative(const std::string& file) const;

  std::string folder_;
  std::optional<Severity> fail_level_;
  Levels levels_;
  std::vector<Override> overrides_;
  std::vector<std::string> exclude_;
  std::vector<ast::Name> wordlists_;
  lint::style::StyleSettings style_;
};

// The path of the first `.modcore.yaml` from the folder of this path upward to the root
// of its repository; empty if there is none.
[[nodiscard]] std::string find_config(const std::string& path);

}  // namespace modcore::tooling
