// The files of ordinary words that a check is told of.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "lint/word_lists.hpp"
#include "support/files.hpp"

namespace modcore::tooling {

inline constexpr std::size_t largest_word_file = 64U << 20U;  // bytes

// The language that the name of a list tells: `fr_FR.dic`, `polish`, `fr.txt`; empty if none.
[[nodiscard]] std::string language_of_word_file(const std::string& path);

class WordFiles {
 public:
  using Read = std::function<files::ReadFile(const std::string& path)>;
  // `languages` are the policy's: of other languages no installed dictionary is taken.
  WordFiles(Read read, const std::vector<std::string>& languages)
      : read_(std::move(read)), languages_(languages) {}

  // A path relative to the folder, `fr=PATH`, or `installed`. What cannot be read is reported.
  void add(const ast::Name& named, const std::string& folder, diag::Sink& sink);

  [[nodiscard]] std::span<const lint::WordFile> files() const noexcept { return files_; }
  // Installed dictionaries were asked for and none is there.
  [[nodiscard]] bool found_none() const noexcept { return found_none_; }

 private:
  void add_installed();
  void add_dictionary(const std::string& path);
  // Empty, or why the file cannot be used.
  [[nodiscard]] std::string add_file(const std::string& path, std::string language, bool dictionary);
  [[nodiscard]] bool speaks(const std::string& language) const;

  Read read_;
  const std::vector<std::string>& languages_;
  std::set<std::string> seen_;  // real paths of dictionaries
  std::vector<lint::WordFile> files_;
  bool found_none_ = false;
};

}  // namespace modcore::tooling
