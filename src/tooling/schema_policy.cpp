// The schema of policies.
#include "tooling/schema_shapes.hpp"

namespace modcore::schema {
namespace {

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
  const Json of_macro =
      map({{"macro", one_of(names.pack_macros)}, {"set", ref("condition")}, {"because", text()}},
          {"macro", "set"});
  return list_of({{"anyOf", Json::array({of_rule, of_list, of_macro})}}, 0);
}

}  // namespace

Json policy_file(const ProjectNames& names) {
  const Json pack =
      names.packs.empty()
          ? text()
          : Json{{"anyOf", Json::array({{{"enum", names.packs}}, matching("/|\\.ya?ml$")})}};
  const Json route = map({{"title", ref("localized")},
                          {"within", text()},
                          {"urgency", words_of(ir::Urgency::critical)}});
  const Json thresholds = map_of(map_of(number()));
  Json shape =
      map({{"modcore", version()},
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

}  // namespace modcore::schema
