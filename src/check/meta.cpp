#include "check/meta.hpp"

#include <nlohmann/json.hpp>

namespace modcore::checker {
namespace {

nlohmann::json tree_of(const ast::Value& value) {
  using Kind = ast::Value::Kind;
  switch (value.kind) {
    case Kind::null:
      return nullptr;
    case Kind::boolean:
      return value.boolean;
    case Kind::integer:
      return value.integer;
    case Kind::number:
      return value.number;
    case Kind::text:
      return value.text;
    case Kind::list: {
      auto list = nlohmann::json::array();
      for (const ast::Value& item : value.items) list.push_back(tree_of(item));
      return list;
    }
    case Kind::map: {
      auto map = nlohmann::json::object();
      for (const auto& [name, entry] : value.entries) map[name.value] = tree_of(entry);
      return map;
    }
  }
  return nullptr;
}

}  // namespace

std::string to_json(const ast::Value& value) {
  return tree_of(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace modcore::checker
