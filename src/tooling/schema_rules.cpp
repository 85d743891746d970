// The schema of rule files.
#include "check/check.hpp"
#include "tooling/schema_shapes.hpp"

namespace modcore::schema {
namespace {

Json rule_tests(const ProjectNames& names) {
  const Json cases = list_of(test_case(rule_expectation(names)), 0);
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
  return {{"anyOf",
           Json::array(
               {number(), map({{"points", number()}, {"per", ref("condition")}, {"max", number()}},
                              {"points"})})}};
}

// What needs or excludes what.
void add_rules_of_keys(Json& shape) {
  Json inline_kinds = Json::array();
  Json searches = Json::array({requires_key("when"), requires_key("patterns")});
  for (const std::string_view kind : item_kinds) {
    inline_kinds.push_back(requires_key(kind));
    searches.push_back(requires_key(kind));
  }
  shape["anyOf"] = std::move(searches);
  const Json mixed = {
      {"allOf", Json::array({requires_key("patterns"), {{"anyOf", inline_kinds}}})}};
  const Json allows = {{"properties", {{"verdict", {{"const", "allow"}}}}},
                       {"required", Json::array({"verdict"})}};
  shape["allOf"] = Json::array({{{"not", mixed}},
                                {{"if", allows},
                                 {"then", requires_key("suppresses")},
                                 {"else", {{"not", requires_key("suppresses")}}}}});
}

Json rule(const ProjectNames& names) {
  Json suppressed = Json{{"anyOf", Json::array({{{"const", "everything"}},
                                                matching("^category:"),
                                                one_of(names.rules, rule_id)})}};
  Json shape =
      map({{"id", described(matching(rule_id), "Unique over all rules: spam.casino")},
           {"title", described(ref("localized"), "For moderators")},
           {"reason", described(ref("localized"), "What the author may be told")},
           {"category", one_of(names.categories, hyphenated)},
           {"guideline", described(names.clauses.empty() ? word() : one_of(names.clauses),
                                   "The clause that it enforces")},
           {"owner", word()},
           {"meta", described(anything(), "Handed to the host with the fired rule")},
           {"lang", one_or_more(text())},
           {"status", words_of(ir::Status::off)},
           {"active_from", text()},
           {"expires", text()},
           {"patterns", map_of(ref("group"), plain_name)},
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

}  // namespace

Json rules_file(const ProjectNames& names) {
  Json shape =
      map({{"modcore", version()},
           {"category",
            {{"anyOf", Json::array({one_of(names.categories, hyphenated), category(true)})}}},
           {"macros", map_of(ref("condition"), plain_name)},
           {"lists", map_of(list_declaration(names), plain_name)},
           {"context", ref("attributes")},
           {"meta", anything()},
           {"rules", list_of(ref("rule"), 0)}},
          {"modcore"});
  shape["anyOf"] = Json::array({requires_key("rules"),
                                requires_key("macros"),
                                requires_key("lists"),
                                requires_key("context"),
                                {{"properties", {{"category", {{"type", "object"}}}}},
                                 {"required", Json::array({"category"})}}});
  shape["definitions"] = definitions(names);
  shape["definitions"]["rule"] = rule(names);
  shape["definitions"]["attributes"] = attributes(names.types);
  return shape;
}

}  // namespace modcore::schema
