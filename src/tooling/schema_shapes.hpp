// What the schemas of all kinds of files are made of.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "ir/rule_set.hpp"
#include "tooling/project_names.hpp"

namespace modcore::schema {

using Json = nlohmann::ordered_json;
using tooling::ProjectNames;

inline constexpr std::array<std::string_view, 7> item_kinds{
    "words", "phrases", "substrings", "regex", "domains", "emoji", "numbers"};
inline constexpr std::string_view rule_id = "^[a-z0-9]+([.-][a-z0-9]+)*$";
inline constexpr std::string_view plain_name = "^[a-z][a-z0-9_]*$";
inline constexpr std::string_view hyphenated = "^[a-z][a-z0-9_-]*$";

// ---- Small shapes
[[nodiscard]] Json described(Json shape, std::string_view text);
[[nodiscard]] Json text();
[[nodiscard]] Json number();
[[nodiscard]] Json boolean();
[[nodiscard]] Json matching(std::string_view pattern);
[[nodiscard]] Json word();  // a scalar of any type
[[nodiscard]] Json anything();
[[nodiscard]] Json ref(std::string_view to);  // a definition of this file
[[nodiscard]] Json list_of(Json item, std::size_t least = 1);
[[nodiscard]] Json one_or_more(const Json& item);
// A word of the list; any text, or one of the pattern, where the list is not known.
[[nodiscard]] Json one_of(const std::vector<std::string>& words, std::string_view pattern = {});
// A map with these keys and the writer's own `x-` ones.
[[nodiscard]] Json map(std::initializer_list<std::pair<std::string_view, Json>> keys,
                       const std::vector<std::string>& required = {});
[[nodiscard]] Json map_of(Json value, std::string_view key_pattern = {});
[[nodiscard]] Json requires_key(std::string_view key);
[[nodiscard]] Json version();

// The words of an enumeration up to its last.
template <typename Enum>
[[nodiscard]] Json words_of(Enum last) {
  Json words = Json::array();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    words.push_back(ir::to_string(static_cast<Enum>(i)));
  }
  return {{"enum", std::move(words)}};
}

// ---- Shapes that several kinds share
[[nodiscard]] Json verdict();
[[nodiscard]] Json test_case(const Json& expectation);
[[nodiscard]] Json rule_expectation(const ProjectNames& names);
[[nodiscard]] Json policy_expectation(const ProjectNames& names);
[[nodiscard]] Json category(bool named);  // with the key `name`, or named by its own key
[[nodiscard]] Json attributes(const std::vector<std::string>& types);
[[nodiscard]] Json localized();
// `localized`, `condition` and `group`, for ref().
[[nodiscard]] Json definitions(const ProjectNames& names);
// Of a group or a rule: its kinds of items.
void add_items(Json& shape);

// ---- Kinds of files of their own size
[[nodiscard]] Json rules_file(const ProjectNames& names);
[[nodiscard]] Json policy_file(const ProjectNames& names);

}  // namespace modcore::schema
