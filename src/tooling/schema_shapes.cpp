#include "tooling/schema_shapes.hpp"

#include <fmt/format.h>

namespace modcore::schema {

Json described(Json shape, std::string_view text) {
  shape["description"] = text;
  return shape;
}

Json text() {
  return {{"type", "string"}};
}
Json number() {
  return {{"type", "number"}};
}
Json boolean() {
  return {{"type", "boolean"}};
}
Json matching(std::string_view pattern) {
  return {{"type", "string"}, {"pattern", pattern}};
}
Json word() {
  return {{"type", Json::array({"string", "number", "boolean"})}};
}
Json anything() {
  return Json::object();
}
Json ref(std::string_view to) {
  return {{"$ref", fmt::format("#/definitions/{}", to)}};
}

Json list_of(Json item, std::size_t least) {
  Json list{{"type", "array"}, {"items", std::move(item)}};
  if (least > 0) list["minItems"] = least;
  return list;
}

Json one_or_more(const Json& item) {
  return {{"anyOf", Json::array({item, list_of(item)})}};
}

// A word of the list; any text where the list is not known.
Json one_of(const std::vector<std::string>& words, std::string_view pattern) {
  if (!words.empty()) return {{"enum", words}};
  return pattern.empty() ? text() : matching(pattern);
}

// A map with these keys and the writer's own `x-` ones.
Json map(std::initializer_list<std::pair<std::string_view, Json>> keys,
         const std::vector<std::string>& required) {
  Json properties = Json::object();
  for (const auto& [key, shape] : keys) properties[std::string(key)] = shape;
  Json shape{{"type", "object"},
             {"properties", std::move(properties)},
             {"patternProperties", {{"^x-", anything()}}},
             {"additionalProperties", false}};
  if (!required.empty()) shape["required"] = required;
  return shape;
}

Json map_of(Json value, std::string_view key_pattern) {
  Json shape{{"type", "object"}, {"additionalProperties", std::move(value)}};
  if (!key_pattern.empty()) {
    // Keys of the writer's own are taken everywhere.
    shape["propertyNames"] = {
        {"anyOf", Json::array({{{"pattern", key_pattern}}, {{"pattern", "^x-"}}})}};
  }
  return shape;
}

Json version() {
  return described({{"const", 1}}, "The version of the rule language");
}

Json requires_key(std::string_view key) {
  return {{"required", Json::array({key})}};
}

namespace {

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

Json group_map(const ProjectNames& names) {
  Json shape = map({{"list", one_or_more(one_of(names.lists, plain_name))},
                    {"in", one_or_more(one_of(names.text_fields))},
                    {"tolerance", words_of(ir::Tolerance::obfuscated)},
                    {"lang", one_or_more(text())},
                    {"at", words_of(ir::At::whole)},
                    {"unit", {{"enum", Json::array({"line"})}}},
                    {"short", boolean()},
                    {"except", ref("group")}});
  add_items(shape);
  Json needed = Json::array({{{"required", Json::array({"list"})}}});
  for (const std::string_view kind : item_kinds) {
    needed.push_back({{"required", Json::array({kind})}});
  }
  shape["anyOf"] = std::move(needed);
  return shape;
}

Json group(const ProjectNames& names) {
  return {{"anyOf", Json::array({one_or_more(text()), group_map(names)})}};
}

Json post() {
  return {{"type", "object"},
          {"properties",
           {{"title", text()},
            {"body", text()},
            {"author", {{"type", "object"}}},
            {"channel", {{"type", "object"}}},
            {"message", {{"type", "object"}}},
            {"parent", {{"type", "object"}}},
            {"fields", {{"type", "object"}}},
            {"now", word()}}}};
}

}  // namespace

Json localized() {
  Json translated = map_of(text());
  translated["minProperties"] = 1;
  return {{"anyOf", Json::array({text(), std::move(translated)})}};
}

Json test_case(const Json& expectation) {
  Json with_fields = post();
  with_fields["properties"]["expect"] = expectation;
  return {{"anyOf", Json::array({word(), std::move(with_fields)})}};
}

Json verdict() {
  return words_of(ir::Verdict::escalate);
}

Json rule_expectation(const ProjectNames&) {
  const Json words = {{"anyOf", Json::array({text(), list_of(text(), 0)})}};
  return map(
      {{"verdict", verdict()}, {"hidden", boolean()}, {"routes", words}, {"evidence", words}});
}

Json policy_expectation(const ProjectNames& names) {
  const Json words = {{"anyOf", Json::array({text(), list_of(text(), 0)})}};
  const Json rules = {{"anyOf", Json::array({text(), list_of(one_of(names.rules), 0)})}};
  return map({{"verdict", verdict()},
              {"hidden", boolean()},
              {"routes", words},
              {"fired", rules},
              {"not_fired", rules}});
}

Json category(bool named) {
  Json shape = map({{"default_verdict", verdict()},
                    {"route", matching(hyphenated)},
                    {"suppressible", boolean()}});
  if (named) {
    shape["properties"]["name"] = matching(hyphenated);
    shape["required"] = Json::array({"name"});
  }
  return shape;
}

// Names of attributes, dotted or nested, with a type each.
Json attributes(const std::vector<std::string>& types) {
  Json nested = map_of({{"anyOf", Json::array({{{"enum", types}}, ref("attributes")})}});
  return nested;
}

void add_items(Json& shape) {
  for (const std::string_view kind : item_kinds) {
    shape["properties"][std::string(kind)] =
        kind == "numbers" ? one_or_more(word()) : one_or_more(text());
  }
}

Json definitions(const ProjectNames& names) {
  return {{"localized", localized()}, {"condition", condition()}, {"group", group(names)}};
}

}  // namespace modcore::schema
