// A group is read the same under `patterns` and under `except`.
#include "parse/group_reader.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/reading.hpp"

namespace modcore::parse {
namespace {

struct KindName {
  std::string_view key;
  ast::ItemKind kind;
  std::string_view item;  // in messages
};

constexpr std::array kinds{
    KindName{"words", ast::ItemKind::words, "a word"},
    KindName{"phrases", ast::ItemKind::phrases, "a phrase"},
    KindName{"substrings", ast::ItemKind::substrings, "a substring"},
    KindName{"regex", ast::ItemKind::regex, "a regex"},
    KindName{"domains", ast::ItemKind::domains, "a domain"},
    KindName{"emoji", ast::ItemKind::emoji, "an emoji"},
    KindName{"numbers", ast::ItemKind::numbers, "a number"},
};

const KindName& name_of_kind(ast::ItemKind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

ast::Group read_shape(const YamlNode& node, ast::Name name, Reporter& reporter);

std::unique_ptr<ast::Group> read_except(const YamlEntry& entry, Reporter& reporter) {
  return std::make_unique<ast::Group>(
      read_shape(entry.value, {"except", entry.key.span}, reporter));
}

void read_options(const YamlNode& node, ast::Group& group, Reporter& reporter) {
  std::vector<KeyReader> keys;
  for (const KindName& kind : kinds) {
    keys.push_back({kind.key, [&group, &reporter, &kind](const YamlEntry& e) {
                      group.kinds.push_back(read_item_list(e, kind.kind, reporter));
                    }});
  }
  const std::vector<KeyReader> options{
      {"list", [&](const YamlEntry& e) { group.lists = read_words(e.value, "`list`", reporter); }},
      {"in", [&](const YamlEntry& e) { group.in = read_words(e.value, "`in`", reporter); }},
      {"tolerance",
       [&](const YamlEntry& e) { group.tolerance = read_word(e.value, "`tolerance`", reporter); }},
      {"lang", [&](const YamlEntry& e) { group.lang = read_words(e.value, "`lang`", reporter); }},
      {"at", [&](const YamlEntry& e) { group.at = read_word(e.value, "`at`", reporter); }},
      {"unit", [&](const YamlEntry& e) { group.unit = read_word(e.value, "`unit`", reporter); }},
      {"short",
       [&](const YamlEntry& e) {
         if (const auto given = read_boolean(e.value, "`short`", reporter))
           group.short_ = given->value;
       }},
      {"except", [&](const YamlEntry& e) { group.except = read_except(e, reporter); }},
  };
  keys.insert(keys.end(), options.begin(), options.end());
  read_map(node, "a group of patterns", keys, reporter);
}

// A misspelt kind was reported as an unknown key: that is enough.
bool has_only_options(const YamlNode& node) {
  static constexpr std::array<std::string_view, 7> options{"in",   "tolerance", "lang",  "at",
                                                           "unit", "short",     "except"};
  return !node.entries.empty() &&
         std::all_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) {
           return std::find(options.begin(), options.end(), entry.key.text) != options.end();
         });
}

ast::ItemList phrases_of(const YamlNode& node, ast::Name name, Reporter& reporter) {
  return {ast::ItemKind::phrases, name.span, read_items(node, "a phrase", false, reporter)};
}

ast::Group read_shape(const YamlNode& node, ast::Name name, Reporter& reporter) {
  ast::Group group;
  group.span = node.span;
  group.name = std::move(name);
  if (node.kind != YamlNode::Kind::map) {
    group.kinds.push_back(phrases_of(node, group.name, reporter));
    return group;
  }
  read_options(node, group, reporter);
  if (has_only_options(node)) {
    reporter.report(diag::missing_key, group.name.span, {"this group", "phrases"})
        .help("or another kind: words, substrings, regex, domains, emoji, numbers, list");
  }
  if (node.entries.empty()) reporter.report(diag::empty_value, node.span, {"this group"});
  return group;
}

}  // namespace

std::optional<ast::ItemKind> item_kind_of(std::string_view key) {
  for (const KindName& kind : kinds) {
    if (kind.key == key) return kind.kind;
  }
  return std::nullopt;
}

ast::ItemList read_item_list(const YamlEntry& entry, ast::ItemKind kind, Reporter& reporter) {
  const bool numbers = kind == ast::ItemKind::numbers;
  return {kind, entry.key.span,
          read_items(entry.value, name_of_kind(kind).item, numbers, reporter)};
}

ast::Group read_group(const YamlEntry& entry, Reporter& reporter) {
  if (!is_name(entry.key.text)) {
    reporter.report(diag::bad_identifier, entry.key.span,
                    {entry.key.text, "pattern",
                     "names are of a to z, 0 to 9 and `_`, and begin with a letter"});
  }
  return read_shape(entry.value, name_of(entry.key), reporter);
}

}  // namespace modcore::parse
