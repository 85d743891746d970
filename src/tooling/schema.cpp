// JSON Schema, draft 7, of each kind of file, for editors: the shapes that the
// reader takes, with the words of the tables that the reader and the checker use.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <modcore/tooling.hpp>
#include <nlohmann/json.hpp>

#include "check/check.hpp"
#include "ir/rule_set.hpp"
#include "tooling/project_names.hpp"

namespace modcore {
namespace {

using Json = nlohmann::ordered_json;
using tooling::ProjectNames;

constexpr std::array<std::string_view, 6> kind_names{"policy",  "rules", "guidelines",
                                                     "context", "test",  "config"};
constexpr std::array kinds{SchemaKind::policy,  SchemaKind::rules, SchemaKind::guidelines,
                           SchemaKind::context, SchemaKind::test,  SchemaKind::config};

constexpr std::array<std::string_view, 7> item_kinds{"words",   "phrases", "substrings", "regex",
                                                     "domains", "emoji",   "numbers"};
constexpr std::string_view rule_id = "^[a-z0-9]+([.-][a-z0-9]+)*$";
constexpr std::string_view name = "^[a-z][a-z0-9_]*$";
constexpr std::string_view hyphenated = "^[a-z][a-z0-9_-]*$";

// ---- Small shapes

Json described(Json shape, std::string_view text) {
  shape["description"] = text;
  return shape;
}

Json text() { return {{"type", "string"}}; }
Json number() { return {{"type", "number"}}; }
Json boolean() { return {{"type", "boolean"}}; }
Json matching(std::string_view pattern) { return {{"type", "string"}, {"pattern", pattern}}; }
Json word() { return {{"type", Json::array({"string", "number", "boolean"})}}; }
Json anything() { return Json::object(); }
Json ref(std::string_view to) { return {{"$ref", fmt::format("#/definitions/{}", to)}}; }

Json list_of(Json item, std::size_t least = 1) {
  Json list{{"type", "array"}, {"items", std::move(item)}};
  if (least > 0) list["minItems"] = least;
  return list;
}

Json one_or_more(const Json& item) { return {{"anyOf", Json::array({item, list_of(item)})}}; }

// A word of the list; any text where the list is not known.
Json one_of(const std::vector<std::string>& words, std::string_view pattern = {}) {
  if (!words.empty()) return {{"enum", words}};
  return pattern.empty() ? text() : matching(pattern);
}

template <typename Enum>
Json words_of(Enum last) {
  Json words = Json::array();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    words.push_back(ir::to_string(static_cast<Enum>(i)));
  }
  return {{"enum", std::move(words)}};
}

// A map with these keys and the writer's own `x-` ones.
Json map(std::initializer_list<std::pair<std::string_view, Json>> keys,
         const std::vector<std::string>& required = {}) {
  Json properties = Json::object();
  for (const auto& [key, shape] : keys) properties[std::string(key)] = shape;
  Json shape{{"type", "object"},
             {"properties", std::move(properties)},
             {"patternProperties", {{"^x-", anything()}}},
             {"additionalProperties", false}};
  if (!required.empty()) shape["required"] = required;
  return shape;
}

Json map_of(Json value, std::string_view key_pattern = {}) {
  Json shape{{"type", "object"}, {"additionalProperties", std::move(value)}};
  if (!key_pattern.empty()) {
    // Keys of the writer's own are taken everywhere.
    shape["propertyNames"] = {{"anyOf", Json::array({{{"pattern", key_pattern}}, {{"pattern", "^x-"}}})}};
  }
  return shape;
}

Json version() { return described({{"const", 1}}, "The version of the rule language"); }

// ---- Shared definitions

Json localized() {
  Json translated = map_of(text());
  translated["minProperties"] = 1;
  return {{"anyOf", Json::array({text(), std::move(translated)})}};
}

Json condition() {
  const auto joined = [](std::string_view key) {
    return Json{{"type", "object"},
                {"properties", {{key, list_of(ref("condition"))}}},
                {"required", Json::array({key})},
                {"additionalProperties", false}};
  };
  return described({{"anyOf", Json::array({word(), joined("all"), joined("any")})}},
                   "An expression, or all: or any: with a list of conditions");
}

Json items() { return one_or_more(text()); }

Json group_map(const ProjectNames& names) {
  Json shape = map({{"list", one_or_more(one_of(names.lists, name))},
                    {"in", one_or_more(one_of(names.text_fields))},
                    {"tolerance", words_of(ir::Tolerance::obfuscated)},
                    {"lang", one_or_more(text())},
                    {"at", words_of(ir::At::whole)},
                    {"unit", {{"enum", Json::array({"line"})}}},
                    {"short", boolean()},
                    {"except", ref("group")}});
  Json needed = Json::array({{{"required", Json::array({"list"})}}});
  for (const std::string_view kind : item_kinds) {
    shape["properties"][std::string(kind)] = kind == "numbers" ? one_or_more(word()) : items();
    needed.push_back({{"required", Json::array({kind})}});
  }
  shape["anyOf"] = std::move(needed);
  return shape;
}

Json group(const ProjectNames& names) {
  return {{"anyOf", Json::array({items(), group_map(names)})}};
}

Json post() {
  return {{"type", "object"},
          {"properties",
           {{"title", text()}, {"body", text()}, {"author", {{"type", "object"}}},
            {"channel", {{"type", "object"}}}, {"message", {{"type", "object"}}},
            {"parent", {{"type", "object"}}}, {"fields", {{"type", "object"}}}, {"now", word()}}}};
}

Json test_case(const Json& expectation) {
  Json with_fields = post();
  with_fields["properties"]["expect"] = expectation;
  return {{"anyOf", Json::array({word(), std::move(with_fields)})}};
}

Json verdict() { return words_of(ir::Verdict::escalate); }

Json expectation(const ProjectNames& names, bool of_a_rule) {
  const Json words = {{"anyOf", Json::array({text(), list_of(text(), 0)})}};
  const Json rules = {{"anyOf", Json::array({text(), list_of(one_of(names.rules), 0)})}};
  if (of_a_rule) {
    return map({{"verdict", verdict()}, {"hidden", boolean()}, {"routes", words}, {"evidence", words}});
  }
  return map({{"verdict", verdict()},
              {"hidden", boolean()},
              {"routes", words},
              {"fired", rules},
              {"not_fired", rules}});
}

// ---- A rule

Json rule_tests(const ProjectNames& names) {
  const Json cases = list_of(test_case(expectation(names, true)), 0);
  Json mutations = Json::array();
  for (const std::string_view mutation : checker::mutation_names) mutations.push_back(mutation);
  return map({{"match", cases},
              {"no_match", cases},
              {"undetermined", cases},
              {"todo_match", cases},
              {"todo_no_match", cases},
              {"mutations", one_or_more({{"enum", std::move(mutations)}})}});
}

Json escalate(const ProjectNames& names) {
  return map({{"to", one_of(names.routes, hyphenated)},
              {"within", text()},
              {"urgency", words_of(ir::Urgency::critical)},
              {"if", ref("condition")}});
}

Json score() {
  return {{"anyOf", Json::array({number(), map({{"points", number()}, {"per", ref("condition")}, {"max", number()}},
                                               {"points"})})}};
}

void add_items(Json& shape) {
  for (const std::string_view kind : item_kinds) {
    shape["properties"][std::string(kind)] =
        kind == "numbers" ? one_or_more(word()) : items();
  }
}

Json requires_key(std::string_view key) { return {{"required", Json::array({key})}}; }

// What needs or excludes what.
void add_rules_of_keys(Json& shape) {
  Json inline_kinds = Json::array();
  Json searches = Json::array({requires_key("when"), requires_key("patterns")});
  for (const std::string_view kind : item_kinds) {
    inline_kinds.push_back(requires_key(kind));
    searches.push_back(requires_key(kind));
  }
  shape["anyOf"] = std::move(searches);
  const Json mixed = {{"allOf", Json::array({requires_key("patterns"), {{"anyOf", inline_kinds}}})}};
  const Json allows = {{"properties", {{"verdict", {{"const", "allow"}}}}}, {"required", Json::array({"verdict"})}};
  shape["allOf"] = Json::array({{{"not", mixed}},
                                {{"if", allows},
                                 {"then", requires_key("suppresses")},
                                 {"else", {{"not", requires_key("suppresses")}}}}});
}

Json rule(const ProjectNames& names) {
  Json suppressed = Json{{"anyOf", Json::array({{{"const", "everything"}}, matching("^category:"),
                                                one_of(names.rules, rule_id)})}};
  Json shape = map(
      {{"id", described(matching(rule_id), "Unique over all rules: spam.casino")},
       {"title", described(ref("localized"), "For moderators")},
       {"reason", described(ref("localized"), "What the author may be told")},
       {"category", one_of(names.categories, hyphenated)},
       {"guideline", described(names.clauses.empty() ? word() : one_of(names.clauses), "The clause that it enforces")},
       {"owner", word()},
       {"meta", described(anything(), "Handed to the host with the fired rule")},
       {"lang", one_or_more(text())},
       {"status", words_of(ir::Status::off)},
       {"active_from", text()},
       {"expires", text()},
       {"patterns", map_of(ref("group"), name)},
       {"when", ref("condition")},
       {"unless", {{"anyOf", Json::array({ref("condition"), list_of(ref("condition"))})}}},
       {"verdict", verdict()},
       {"hide", described(boolean(), "Is an escalated post held meanwhile")},
       {"escalate", escalate(names)},
       {"score", score()},
       {"severity", words_of(ir::Severity::critical)},
       {"suppresses", one_or_more(suppressed)},
       {"final", boolean()},
       {"tests", rule_tests(names)}},
      {"id"});
  shape["properties"]["patterns"]["minProperties"] = 1;
  add_items(shape);
  add_rules_of_keys(shape);
  return shape;
}

Json definitions(const ProjectNames& names) {
  return {{"localized", localized()}, {"condition", condition()}, {"group", group(names)}};
}

// ---- Files

Json category(bool named) {
  Json shape = map({{"default_verdict", verdict()}, {"route", matching(hyphenated)}, {"suppressible", boolean()}});
  if (named) {
    shape["properties"]["name"] = matching(hyphenated);
    shape["required"] = Json::array({"name"});
  }
  return shape;
}

Json list_declaration(const ProjectNames& names) {
  Json kinds_of_items = Json::array();
  for (const std::string_view kind : item_kinds) kinds_of_items.push_back(kind);
  Json shape = map({{"kind", {{"enum", std::move(kinds_of_items)}}},
                    {"items", one_or_more(word())},
                    {"file", text()},
                    {"from", one_of(names.pack_lists)}});
  shape["anyOf"] = Json::array({requires_key("from"),
                                {{"required", Json::array({"kind", "items"})}},
                                {{"required", Json::array({"kind", "file"})}}});
  return shape;
}

// Names of attributes, dotted or nested, with a type each.
Json attributes(const std::vector<std::string>& types) {
  Json nested = map_of({{"anyOf", Json::array({{{"enum", types}}, ref("attributes")})}});
  return nested;
}

Json rules_file(const ProjectNames& names) {
  Json shape = map({{"modcore", version()},
                    {"category", {{"anyOf", Json::array({one_of(names.categories, hyphenated), category(true)})}}},
                    {"macros", map_of(ref("condition"), name)},
                    {"lists", map_of(list_declaration(names), name)},
                    {"context", ref("attributes")},
                    {"meta", anything()},
                    {"rules", list_of(ref("rule"), 0)}},
                   {"modcore"});
  shape["anyOf"] = Json::array({requires_key("rules"), requires_key("macros"), requires_key("lists"),
                                requires_key("context"), {{"properties", {{"category", {{"type", "object"}}}}}, {"required", Json::array({"category"})}}});
  shape["definitions"] = definitions(names);
  shape["definitions"]["rule"] = rule(names);
  shape["definitions"]["attributes"] = attributes(names.types);
  return shape;
}

Json override_of_a_rule(const ProjectNames& names) {
  Json set = map_of(word());
  set["properties"] = {{"when", ref("condition")}};
  return map({{"rule", one_of(names.rules, rule_id)},
              {"set", std::move(set)},
              {"disable", boolean()},
              {"until", text()},
              {"because", text()}},
             {"rule"});
}

Json overrides(const ProjectNames& names) {
  Json of_rule = override_of_a_rule(names);
  of_rule["anyOf"] = Json::array({requires_key("set"), requires_key("disable")});
  of_rule["dependencies"] = {{"until", Json::array({"disable"})}};
  Json of_list = map({{"list", one_of(names.pack_lists)},
                      {"append", one_or_more(word())},
                      {"remove", one_or_more(word())},
                      {"because", text()}},
                     {"list"});
  of_list["anyOf"] = Json::array({requires_key("append"), requires_key("remove")});
  const Json of_macro = map({{"macro", one_of(names.pack_macros)}, {"set", ref("condition")}, {"because", text()}},
                            {"macro", "set"});
  return list_of({{"anyOf", Json::array({of_rule, of_list, of_macro})}}, 0);
}

Json policy_file(const ProjectNames& names) {
  const Json pack = names.packs.empty() ? text() : Json{{"anyOf", Json::array({{{"enum", names.packs}}, matching("/|\\.ya?ml$")})}};
  const Json route = map({{"title", ref("localized")}, {"within", text()}, {"urgency", words_of(ir::Urgency::critical)}});
  const Json thresholds = map_of(map_of(number()));
  Json shape = map({{"modcore", version()},
                    {"policy", described(text(), "The name of this policy")},
                    {"languages", one_or_more(text())},
                    {"timezone", described(text(), "Europe/Warsaw")},
                    {"packs", {{"anyOf", Json::array({pack, list_of(pack, 0)})}}},
                    {"preset", one_of(names.presets)},
                    {"guidelines", text()},
                    {"context", text()},
                    {"categories", map_of(category(false), hyphenated)},
                    {"thresholds", thresholds},
                    {"routes", map_of(route, hyphenated)},
                    {"overrides", overrides(names)},
                    {"limits", map({{"text_bytes", number()}, {"matches", number()}, {"reached", text()}})},
                    {"meta", anything()}},
                   {"modcore"});
  shape["definitions"] = definitions(names);
  return shape;
}

Json guidelines_file() {
  const Json clauses = map_of(map({{"title", ref("localized")}, {"url", text()}, {"meta", anything()}}));
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
  Json shape = map({{"modcore", version()}, {"attributes", ref("attributes")}, {"meta", anything()}}, {"modcore"});
  shape["definitions"] = {{"attributes", attributes(names.types)}};
  return shape;
}

Json test_file(const ProjectNames& names) {
  return map({{"modcore", version()},
              {"cases", list_of(test_case(expectation(names, false)), 0)},
              {"corpora", list_of({{"type", "object"}}, 0)},
              {"meta", anything()}},
             {"modcore"});
}

Json config_file(const ProjectNames& names) {
  Json levels = map_of({{"enum", Json::array({"off", "info", "warning", "error"})}});
  if (!names.diagnostics.empty()) levels["propertyNames"] = {{"enum", names.diagnostics}};
  return map({{"modcore", version()},
              {"fail-level", {{"enum", Json::array({"info", "warning", "error"})}}},
              {"levels", levels},
              {"overrides", list_of(map({{"paths", one_or_more(text())}, {"levels", levels}}, {"paths", "levels"}), 0)},
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
    case SchemaKind::policy: return policy_file(names);
    case SchemaKind::rules: return rules_file(names);
    case SchemaKind::guidelines: return guidelines_file();
    case SchemaKind::context: return context_file(names);
    case SchemaKind::test: return test_file(names);
    case SchemaKind::config: break;
  }
  return config_file(names);
}

std::string document(SchemaKind kind, const ProjectNames& names) {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", fmt::format("modcore 1, {}", to_string(kind))},
              {"type", "object"}};
  schema.update(shape_of(kind, names));
  return schema.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
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

std::span<const SchemaKind> schema_kinds() noexcept { return kinds; }

std::string json_schema(SchemaKind kind) { return document(kind, tooling::standard_names()); }

std::string json_schema(SchemaKind kind, const std::vector<std::string>& paths,
                        const CompileOptions& options) {
  return document(kind, tooling::names_of(paths, options));
}

}  // namespace modcore
