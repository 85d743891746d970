// What should become of a post, as a corpus says it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/post_reader.hpp"

namespace modcore::tooling {

struct Label {
  std::optional<bool> caught;  // nothing: the post is not labelled
  std::string category;        // that it is about; empty: about all
  std::string problem;         // a label that says nothing known

  // Whether it says something about this category.
  [[nodiscard]] bool speaks_of(std::string_view other) const {
    return caught && (category.empty() || category == other);
  }
};

class LabelReader {
 public:
  // `key` is empty for the usual keys; `categories` are those of the rules.
  LabelReader(std::string key, std::string category, std::vector<std::string> categories);

  // Takes the keys that label it out of the post, so that nobody calls them unknown.
  [[nodiscard]] Label take(api::PostObject& post) const;

 private:
  void read(std::string_view key, const api::PostValue& value, Label& label) const;
  void read_word(std::string_view word, Label& label) const;
  [[nodiscard]] bool is_category(std::string_view word) const;

  std::string key_;
  std::string category_;
  std::vector<std::string> categories_;
};

}  // namespace modcore::tooling
