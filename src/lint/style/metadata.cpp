// Who answers for a rule, and what else `.modcore.yaml` asks of every rule.
#include <algorithm>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "lint/style/parts.hpp"
#include "support/glob.hpp"
#include "support/utf8.hpp"

namespace modcore::lint::style {
namespace {

constexpr std::size_t longest_title = 80;

std::string joined(const std::vector<ast::Name>& names) {
  std::string text;
  for (const ast::Name& name : names) text += (text.empty() ? "" : ", ") + name.value;
  return text;
}

bool has_meta(const ast::Rule& rule, std::string_view key) {
  return rule.meta && std::ranges::any_of(rule.meta->entries, [key](const ast::Field& entry) {
           return entry.first.value == key && entry.second.kind != ast::Value::Kind::null;
         });
}

bool has(const ast::Rule& rule, std::string_view key) {
  if (key.starts_with("meta.")) return has_meta(rule, key.substr(5));
  if (key == "title") return rule.title.has_value();
  if (key == "reason") return rule.reason.has_value();
  if (key == "category") return rule.category.has_value();
  if (key == "guideline") return rule.guideline.has_value();
  if (key == "owner") return rule.owner.has_value();
  if (key == "severity") return rule.severity.has_value();
  if (key == "expires") return rule.expires.has_value();
  return key != "tests" || !rule.tests.empty();
}

std::string replaced(std::string text, std::string_view placeholder, std::string_view value) {
  const std::size_t at = text.find(placeholder);
  return at == std::string::npos ? text : text.replace(at, placeholder.size(), value);
}

class Metadata {
 public:
  explicit Metadata(const StyleInput& input) : input_(input) {}

  void rule(const WrittenRule& one) {
    const ast::Name& id = one.rule->id;
    for (const ast::Name& key : input_.settings.require) {
      if (!has(*one.rule, key.value)) {
        report(one, diag::metadata_missing, id.span, {id.value, key.value});
      }
    }
    owner(one);
    form_of_id(one);
    if (one.rule->title) title(one);
  }

 private:
  diag::Report report(const WrittenRule& one, const diag::Entry& entry, source::Span where,
                      std::initializer_list<std::string_view> arguments) {
    diag::Report made = input_.sink.report(entry, where, arguments);
    made.rule(one.rule->id.value);
    return made;
  }

  void owner(const WrittenRule& one) {
    const auto& owners = input_.settings.owners;
    if (!one.rule->owner) {
      report(one, diag::missing_owner, one.rule->id.span, {one.rule->id.value});
    } else if (!owners.empty() &&
               std::ranges::count(owners, one.rule->owner->value, &ast::Name::value) == 0) {
      std::vector<std::string_view> known;
      for (const ast::Name& name : owners) known.push_back(name.value);
      report(one, diag::owner_unknown, one.rule->owner->span, {one.rule->owner->value, joined(owners)})
          .suggest(one.rule->owner->span, diag::nearest(one.rule->owner->value, known));
    }
  }

  void form_of_id(const WrittenRule& one) {
    if (input_.settings.ids.empty()) return;
    const auto& category = input_.rules.categories[static_cast<std::size_t>(one.meaning->category)].name;
    std::string forms;
    for (const ast::Name& written : input_.settings.ids) {
      const std::string form =
          replaced(replaced(written.value, "{category}", category), "{pack}", one.file->pack);
      if (glob_matches(form, one.rule->id.value)) return;
      forms += (forms.empty() ? "" : "` or `") + form;
    }
    report(one, diag::id_convention, one.rule->id.span, {one.rule->id.value, forms});
  }

  void title(const WrittenRule& one) {
    for (const auto& [language, text] : one.rule->title->entries) {
      const std::size_t length = utf8::count(text.value);
      if (length > longest_title) {
        report(one, diag::title_convention, text.span,
               {fmt::format("has {} characters", length),
                fmt::format("a headline has at most {}", longest_title)});
      } else if (text.value.ends_with('.')) {
        report(one, diag::title_convention, text.span,
               {"ends with a full stop", "a headline has none"});
      }
    }
  }

  const StyleInput& input_;
};

}  // namespace

void report_metadata(const StyleInput& input) {
  Metadata metadata(input);
  for_each_rule(input, [&](const WrittenRule& one) {
    if (!is_shipped(input, one.file->source)) metadata.rule(one);
  });
}

}  // namespace modcore::lint::style
