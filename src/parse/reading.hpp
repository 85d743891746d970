// What every reader of a YAML node needs: values of one kind, and the words for
// those that are of another.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "parse/reporter.hpp"
#include "parse/yaml_tree.hpp"

namespace modcore::parse {

// `what` names the value in messages: "`verdict`", "a phrase".

// ---- What is wrong
void report_kind(const YamlNode& node, std::string_view what, std::string_view expected,
                 Reporter& reporter);
void report_unknown_key(const YamlNode& key, std::string_view of,
                        const std::vector<std::string_view>& known, Reporter& reporter);
// True, and reported, if a colon made a map of what is a text.
bool report_text_as_map(const YamlNode& node, std::string_view what, Reporter& reporter);

// M009 unless the file says `modcore: 1`.
void check_version(const YamlNode& root, std::string_view text, Reporter& reporter);

// ---- What a plain scalar means: the core of YAML 1.2, numbers decimal only
[[nodiscard]] bool is_number(std::string_view text);
[[nodiscard]] bool is_whole_number(std::string_view text);
[[nodiscard]] bool is_boolean(std::string_view text);
// Names of patterns, macros and lists; with hyphens also those of routes and categories.
[[nodiscard]] bool is_name(std::string_view text, bool hyphens = false);
[[nodiscard]] bool is_rule_id(std::string_view text);

// ---- Values; nothing where something was reported
// A text that people write: a bare number in its place is worth a warning.
[[nodiscard]] std::optional<ast::Name> read_text(const YamlNode& node, std::string_view what,
                                                 Reporter& reporter);
// A name, a tag, a number: as it stands there.
[[nodiscard]] std::optional<ast::Name> read_word(const YamlNode& node, std::string_view what,
                                                 Reporter& reporter);
// One word or a list of words.
[[nodiscard]] std::vector<ast::Name> read_words(const YamlNode& node, std::string_view what,
                                                Reporter& reporter);
[[nodiscard]] std::optional<ast::Name> read_number(const YamlNode& node, std::string_view what,
                                                   Reporter& reporter);
[[nodiscard]] std::optional<ast::Spanned<bool>> read_boolean(const YamlNode& node,
                                                             std::string_view what,
                                                             Reporter& reporter);
[[nodiscard]] std::optional<ast::LocalizedText> read_localized(const YamlNode& node,
                                                               std::string_view what,
                                                               Reporter& reporter);
// Any shape; plain scalars by the core schema.
[[nodiscard]] ast::Value read_value(const YamlNode& node);
// The items of a list of texts; a single text is a list of one.
[[nodiscard]] std::vector<ast::Name> read_items(const YamlNode& node, std::string_view what,
                                                bool numbers_are_texts, Reporter& reporter);

[[nodiscard]] ast::Name name_of(const YamlNode& scalar);

// ---- Maps
// One key of a map and what reads its value.
struct KeyReader {
  std::string_view key;
  std::function<void(const YamlEntry&)> read;
};

// Gives each entry to its reader; reports keys that nobody reads. Keys that begin
// with `x-` are the writer's own.
void read_map(const YamlNode& node, std::string_view what, const std::vector<KeyReader>& keys,
              Reporter& reporter);

// The entries of a map whose keys are names of the writer's choice.
void for_each_entry(const YamlNode& node, std::string_view what, Reporter& reporter,
                    const std::function<void(const YamlEntry&)>& read);

}  // namespace modcore::parse
