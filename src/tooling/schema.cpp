// JSON Schema, draft 7, of each kind of file, for editors: the shapes that the
// reader takes, with the words of the tables that the reader and the checker use.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <modcore/tooling.hpp>

#include "tooling/project_names.hpp"
#include "tooling/schema_shapes.hpp"

namespace modcore {
namespace {

using namespace schema;

constexpr std::array<std::string_view, 6> kind_names{"policy",  "rules", "guidelines",
                                                     "context", "test",  "config"};
constexpr std::array kinds{SchemaKind::policy,  SchemaKind::rules, SchemaKind::guidelines,
                           SchemaKind::context, SchemaKind::test,  SchemaKind::config};

Json guidelines_file() {
  const Json clauses =
      map_of(map({{"title", ref("localized")}, {"url", text()}, {"meta", anything()}}));
  const Json nested = map({{"modcore", version()}, {"guidelines", clauses}, {"meta", anything()}},
                          {"modcore", "guidelines"});
  Json alone = clauses;
  alone["properties"] = {{"modcore", version()}, {"meta", anything()}};
  alone["required"] = Json::array({"modcore"});
  return {{"if", requires_key("guidelines")},
          {"then", nested},
          {"else", std::move(alone)},
          {"definitions", {{"localized", localized()}}}};
}

Json context_file(const ProjectNames& names) {
  Json shape =
      map({{"modcore", version()}, {"attributes", ref("attributes")}, {"meta", anything()}},
          {"modcore"});
  shape["definitions"] = {{"attributes", attributes(names.types)}};
  return shape;
}

Json test_file(const ProjectNames& names) {
  return map({{"modcore", version()},
              {"cases", list_of(test_case(policy_expectation(names)), 0)},
              {"corpora", list_of({{"type", "object"}}, 0)},
              {"meta", anything()}},
             {"modcore"});
}

Json config_file(const ProjectNames& names) {
  Json levels = map_of({{"enum", Json::array({"off", "info", "warning", "error"})}});
  if (!names.diagnostics.empty()) levels["propertyNames"] = {{"enum", names.diagnostics}};
  return map(
      {{"modcore", version()},
       {"fail-level", {{"enum", Json::array({"info", "warning", "error"})}}},
       {"levels", levels},
       {"overrides",
        list_of(map({{"paths", one_or_more(text())}, {"levels", levels}}, {"paths", "levels"}), 0)},
       {"exclude", one_or_more(text())},
       {"wordlists", one_or_more(text())},
       {"require", one_or_more(text())},
       {"owners", one_or_more(text())},
       {"ids", one_or_more(text())},
       {"periods", map({{"expiring", text()}, {"shadow", text()}, {"review", text()}})}},
      {"modcore"});
}

Json shape_of(SchemaKind kind, const ProjectNames& names) {
  switch (kind) {
    case SchemaKind::policy:
      return policy_file(names);
    case SchemaKind::rules:
      return rules_file(names);
    case SchemaKind::guidelines:
      return guidelines_file();
    case SchemaKind::context:
      return context_file(names);
    case SchemaKind::test:
      return test_file(names);
    case SchemaKind::config:
      break;
  }
  return config_file(names);
}

std::string document(SchemaKind kind, const ProjectNames& names) {
  Json document{{"$schema", "http://json-schema.org/draft-07/schema#"},
                {"title", fmt::format("modcore 1, {}", to_string(kind))},
                {"type", "object"}};
  document.update(shape_of(kind, names));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string_view to_string(SchemaKind kind) noexcept {
  const auto index = static_cast<std::size_t>(kind);
  return index < kind_names.size() ? kind_names[index] : "?";
}

std::optional<SchemaKind> schema_kind(std::string_view wanted) noexcept {
  const auto* const found = std::ranges::find(kind_names, wanted);
  if (found == kind_names.end()) return std::nullopt;
  return kinds[static_cast<std::size_t>(found - kind_names.begin())];
}

std::span<const SchemaKind> schema_kinds() noexcept {
  return kinds;
}

std::string json_schema(SchemaKind kind) {
  return document(kind, tooling::standard_names());
}

std::string json_schema(SchemaKind kind, const std::vector<std::string>& paths,
                        const CompileOptions& options) {
  return document(kind, tooling::names_of(paths, options));
}

}  // namespace modcore
