// How other people's tables and feeds call what is a field here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/corpus.hpp>

#include "api/post_reader.hpp"
#include "ir/fields.hpp"

namespace modcore::api {

class FieldNames {
 public:
  FieldNames(std::vector<FieldName> given, std::span<const ir::HostAttribute> attributes);

  // The field that a column of this name holds; empty for none. Letter case, and
  // `_` for `.`, do not matter.
  [[nodiscard]] std::string field_of(std::string_view column) const;
  // Without the common names, which only may be meant.
  [[nodiscard]] std::string certain_field(std::string_view column) const;

  // The names that somebody gave, as they were given.
  [[nodiscard]] const std::vector<FieldName>& given() const noexcept { return given_; }

  // The value of a cell, by the type of its field: sets are written with | or commas.
  // Empty cells are missing.
  [[nodiscard]] PostValue cell(std::string_view field, std::string_view text) const;

  // Moves what has been given a name, at any depth ("user.name"), and in a post without
  // body and title also what bears one of the common names.
  void apply(PostObject& post) const;

 private:
  [[nodiscard]] bool is_given(std::string_view field) const;
  [[nodiscard]] std::string known_field(std::string_view name) const;
  [[nodiscard]] ir::Type type_of(std::string_view field) const;

  std::vector<FieldName> given_;
  std::span<const ir::HostAttribute> attributes_;
};

// What the names mean that many sites use; empty for others. `name` is in lower case.
[[nodiscard]] std::string_view common_field(std::string_view name);

}  // namespace modcore::api
