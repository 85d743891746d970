// What stands around the rules of a file.
#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/declaration_reader.hpp"
#include "parse/expression.hpp"
#include "parse/reading.hpp"
#include "parse/rule_reader.hpp"

namespace modcore::parse {
namespace {

class RuleFileReader {
 public:
  explicit RuleFileReader(Reporter& reporter) : reporter_(reporter) {}

  ast::RuleFile read(const YamlNode& root) {
    using Entry = const YamlEntry&;
    read_map(
        root, "a rule file",
        {{"modcore", [](Entry) {}},
         {"category", [this](Entry e) { category(e.value); }},
         {"macros", [this](Entry e) { macros(e.value); }},
         {"lists", [this](Entry e) { lists(e.value); }},
         {"context",
          [this](Entry e) { file_.context = read_attributes(e.value, "`context`", reporter_); }},
         {"meta", [](Entry) {}},
         {"rules", [this](Entry e) { rules(e.value); }}},
        reporter_);
    if (holds_nothing(root)) {
      reporter_.report(diag::missing_key, root.entries.front().key.span, {"a rule file", "rules"})
          .help("write `rules:` and below it each rule with a dash");
    }
    return std::move(file_);
  }

 private:
  // A misspelt `rules:` has its own report; a file may lend lists and macros alone.
  static bool holds_nothing(const YamlNode& root) {
    return !root.entries.empty() && std::ranges::all_of(root.entries, [](const YamlEntry& e) {
      const std::string_view key = e.key.text;
      return key == "modcore" || key == "meta" || key.starts_with("x-") ||
             (key == "category" && e.value.kind != YamlNode::Kind::map);
    });
  }

  void category(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      file_.category = read_word(node, "`category`", reporter_);
      return;
    }
    file_.category_declaration = read_category(node, std::nullopt, reporter_);
    if (file_.category_declaration) file_.category = file_.category_declaration->name;
  }

  void macros(const YamlNode& node) {
    for_each_entry(node, "`macros`", reporter_, [this](const YamlEntry& entry) {
      check_name(entry.key, "macro", false, reporter_);
      ExpressionBudget budget;
      if (auto body = parse_condition(entry.value, budget, reporter_)) {
        file_.macros.push_back({name_of(entry.key), std::move(*body)});
      }
    });
  }

  void lists(const YamlNode& node) {
    for_each_entry(node, "`lists`", reporter_, [this](const YamlEntry& entry) {
      file_.lists.push_back(read_list_declaration(entry, reporter_));
    });
  }

  void rules(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::sequence) {
      if (node.kind != YamlNode::Kind::map || node.reported) {
        return report_kind(node, "`rules`", "a list of rules, each with a dash", reporter_);
      }
      reporter_
          .report(diag::wrong_node_kind, node.span,
                  {"`rules`", "a list of rules, each with a dash", "a map"})
          .help("write `- ` before the first key of the rule, and begin its other keys below that key");
      return;
    }
    for (const YamlNode& item : node.items) {
      if (!item.reported) file_.rules.push_back(read_rule(item, reporter_));
    }
  }

  Reporter& reporter_;
  ast::RuleFile file_;
};

}  // namespace

ast::RuleFile read_rule_file(const YamlNode& root, Reporter& reporter) {
  return RuleFileReader(reporter).read(root);
}

}  // namespace modcore::parse
