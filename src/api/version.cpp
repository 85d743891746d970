#include <modcore/version.hpp>

#include "runtime/database.hpp"

namespace modcore {

std::string library_version() { return MODCORE_VERSION; }

std::string matcher_version() { return runtime::matcher_version(); }

std::string platform_problem() { return runtime::platform_problem().value_or(""); }

}  // namespace modcore
