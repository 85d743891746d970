// The schemas of all kinds of files, in a folder.
#pragma once

#include <functional>
#include <string>

#include <modcore/tooling.hpp>

namespace modcore::cli {

// "rules.schema.json" and so on, new or replaced. Throws Failure.
void write_schemas(const std::string& folder, const std::function<std::string(SchemaKind)>& schema);

}  // namespace modcore::cli
