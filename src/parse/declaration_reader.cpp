#include "parse/declaration_reader.hpp"

#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/reading.hpp"

namespace modcore::parse {

using Entry = const YamlEntry&;

void check_name(const YamlNode& name, std::string_view of, bool hyphens, Reporter& reporter) {
  if (name.reported || is_name(name.text, hyphens)) return;
  const std::string_view form =
      hyphens ? "names are of a to z, 0 to 9, `_` and `-`, and begin with a letter"
              : "names are of a to z, 0 to 9 and `_`, and begin with a letter";
  reporter.report(diag::bad_identifier, name.span, {name.text, of, form});
}

std::optional<ast::CategoryDeclaration> read_category(const YamlNode& node,
                                                      std::optional<ast::Name> name,
                                                      Reporter& reporter) {
  const bool named = name.has_value();
  ast::CategoryDeclaration category;
  category.span = node.span;
  std::vector<KeyReader> keys{
      {"default_verdict",
       [&](Entry e) {
         category.default_verdict = read_word(e.value, "`default_verdict`", reporter);
       }},
      {"route", [&](Entry e) { category.route = read_word(e.value, "`route`", reporter); }},
      {"suppressible",
       [&](Entry e) { category.suppressible = read_boolean(e.value, "`suppressible`", reporter); }},
  };
  if (!named) {
    keys.push_back({"name", [&](Entry e) {
                      name = read_word(e.value, "`name`", reporter);
                      if (name) check_name(e.value, "category", true, reporter);
                    }});
  }
  read_map(node, "a category", keys, reporter);
  if (!named && node.find("name") == nullptr)
    reporter.report(diag::missing_key, node.span, {"the category", "name"});
  if (!name) return std::nullopt;
  category.name = std::move(*name);
  return category;
}

ast::ListDeclaration read_list_declaration(const YamlEntry& entry, Reporter& reporter) {
  check_name(entry.key, "list", false, reporter);
  ast::ListDeclaration list;
  list.name = name_of(entry.key);
  list.span = entry.value.span;
  const YamlEntry* kind = entry.value.find("kind");
  const bool of_numbers = kind != nullptr && kind->value.text == "numbers";
  read_map(entry.value, fmt::format("the list `{}`", list.name.value),
           {{"kind", [&](Entry e) { list.kind = read_word(e.value, "`kind`", reporter); }},
            {"items",
             [&](Entry e) { list.items = read_items(e.value, "an item", of_numbers, reporter); }},
            {"file", [&](Entry e) { list.file = read_word(e.value, "`file`", reporter); }},
            {"from", [&](Entry e) { list.from = read_word(e.value, "`from`", reporter); }}},
           reporter);
  if (entry.value.kind != YamlNode::Kind::map || entry.value.entries.empty()) return list;
  const bool has_source = entry.value.find("items") != nullptr || list.file || list.from;
  if (!has_source) {
    reporter.report(diag::missing_key, entry.key.span, {"the list", "items"})
        .help("or `file:` with one item a line, or `from:` another pack");
  }
  if (kind == nullptr && entry.value.find("from") == nullptr && has_source) {
    reporter.report(diag::missing_key, entry.key.span, {"the list", "kind"})
        .help("one of words, phrases, substrings, regex, domains, emoji, numbers");
  }
  return list;
}

namespace {

void add_attributes(const YamlNode& node, const std::string& prefix, std::string_view what,
                    std::vector<ast::AttributeDeclaration>& attributes, Reporter& reporter) {
  for_each_entry(node, what, reporter, [&](Entry e) {
    ast::Name name{prefix + e.key.text, e.key.span};
    if (e.value.kind == YamlNode::Kind::map) {
      return add_attributes(e.value, name.value + '.', what, attributes, reporter);
    }
    auto type = read_word(e.value, fmt::format("the type of `{}`", name.value), reporter);
    if (type) attributes.push_back({std::move(name), std::move(*type)});
  });
}

}  // namespace

std::vector<ast::AttributeDeclaration> read_attributes(const YamlNode& node, std::string_view what,
                                                       Reporter& reporter) {
  std::vector<ast::AttributeDeclaration> attributes;
  add_attributes(node, "", what, attributes, reporter);
  return attributes;
}

}  // namespace modcore::parse
