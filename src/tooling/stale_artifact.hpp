// M905: compiled rules that were forgotten when their sources changed.
#pragma once

#include <string>

#include "api/compilation.hpp"

namespace modcore::tooling {

// Looks beside a policy or rule file for the artifact that bears its name: `policy.mcb`
// beside `policy.yaml`.
void report_stale_artifact(const std::string& path, api::Compilation& compilation);

}  // namespace modcore::tooling
