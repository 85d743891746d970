#include "tooling/project_names.hpp"

#include <algorithm>
#include <array>

#include <modcore/tooling.hpp>

#include "diag/sink.hpp"
#include "ir/rule_set.hpp"
#include "load/load.hpp"
#include "source/source_map.hpp"
#include "support/sort_unique.hpp"

namespace modcore::tooling {
namespace {

constexpr std::array built_in_categories{"harassment", "off-topic", "self-promotion", "spam"};
constexpr std::array host_types{ir::Type::boolean,  ir::Type::integer,  ir::Type::number,
                                ir::Type::duration, ir::Type::time,     ir::Type::text,
                                ir::Type::domain,   ir::Type::text_set, ir::Type::domain_set};

std::vector<std::string> sorted(std::vector<std::string> names) {
  sort_unique(names);
  std::erase(names, "");
  return names;
}

class Gatherer {
 public:
  explicit Gatherer(const ast::Bundle& bundle) : bundle_(bundle) {}

  ProjectNames gather() {
    for (const ast::ContextFile& context : bundle_.contexts) attributes(context.attributes);
    for (const ast::RuleFile& file : bundle_.rule_files) rule_file(file);
    for (const ast::PolicyFile& preset : bundle_.presets) policy(preset);
    if (bundle_.policy) policy(*bundle_.policy);
    if (bundle_.guidelines) {
      for (const ast::GuidelineClause& clause : bundle_.guidelines->clauses) {
        names_.clauses.push_back(clause.id.value);
      }
    }
    // Without a policy any route is taken.
    if (bundle_.policy) {
      names_.routes.emplace_back("moderators");
    } else {
      names_.routes.clear();
    }
    return std::move(names_);
  }

 private:
  void attributes(const std::vector<ast::AttributeDeclaration>& declared) {
    for (const ast::AttributeDeclaration& attribute : declared) {
      const bool is_text = attribute.type.value == ir::to_string(ir::Type::text);
      if (is_text) names_.text_fields.push_back(attribute.name.value);
    }
  }

  void rule_file(const ast::RuleFile& file) {
    attributes(file.context);
    if (!file.pack.empty()) names_.packs.push_back(file.pack);
    if (file.category) names_.categories.push_back(file.category->value);
    for (const ast::ListDeclaration& list : file.lists) {
      names_.lists.push_back(list.name.value);
      names_.pack_lists.push_back(file.pack + '/' + list.name.value);
    }
    for (const ast::Macro& macro : file.macros) {
      names_.pack_macros.push_back(file.pack + '/' + macro.name.value);
    }
    for (const ast::Rule& rule : file.rules) names_.rules.push_back(rule.id.value);
  }

  void policy(const ast::PolicyFile& policy) {
    for (const ast::CategoryDeclaration& category : policy.categories) {
      names_.categories.push_back(category.name.value);
    }
    for (const ast::RouteDeclaration& route : policy.routes)
      names_.routes.push_back(route.name.value);
  }

  const ast::Bundle& bundle_;
  ProjectNames names_;
};

void add(std::vector<std::string>& to, const std::vector<std::string>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

ProjectNames standard_names() {
  ProjectNames names;
  for (const ir::Type type : host_types) names.types.emplace_back(ir::to_string(type));
  return names;
}

ProjectNames names_of(const std::vector<std::string>& paths, const CompileOptions& options) {
  source::SourceMap sources;
  diag::Sink sink(sources);
  ProjectNames names = Gatherer(load::load_paths(paths, options, sources, sink)).gather();
  for (const char* category : built_in_categories) names.categories.emplace_back(category);
  for (const ir::StandardField& field : ir::standard_fields()) {
    if (!field.fields.empty()) names.text_fields.emplace_back(field.name);
  }
  add(names.packs, shipped_packs());
  add(names.presets, shipped_presets());
  names.types = standard_names().types;
  for (const DiagnosticInfo& diagnostic : diagnostic_catalogue()) {
    names.diagnostics.emplace_back(diagnostic.id);
    names.diagnostics.emplace_back(diagnostic.name);
  }
  for (std::vector<std::string>* each :
       {&names.text_fields, &names.packs, &names.presets, &names.categories, &names.routes,
        &names.clauses, &names.rules, &names.lists, &names.pack_lists, &names.pack_macros,
        &names.diagnostics}) {
    *each = sorted(std::move(*each));
  }
  return names;
}

}  // namespace modcore::tooling
