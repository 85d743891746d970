#include "ir/types.hpp"

namespace modcore::ir {

std::string_view to_string(Type type) noexcept {
  switch (type) {
    case Type::boolean: return "bool";
    case Type::integer: return "int";
    case Type::number: return "number";
    case Type::duration: return "duration";
    case Type::time: return "time";
    case Type::text: return "text";
    case Type::domain: return "domain";
    case Type::enumeration: return "enum";
    case Type::text_set: return "set<text>";
    case Type::domain_set: return "set<domain>";
    case Type::pattern: return "pattern";
    case Type::fields: return "fields";
  }
  return "";
}

}  // namespace modcore::ir
