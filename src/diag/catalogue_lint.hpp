// The other half of the catalogue: findings that need more than one look.
#pragma once

#include "diag/catalogue.hpp"

namespace modcore::diag {

#define MODCORE_DIAGNOSTIC(symbol, severity, id, name, summary, message, help) \
  inline constexpr Entry symbol{id, name, Severity::severity, summary, message, help};
#include "diag/catalogue_lint.inc"
#undef MODCORE_DIAGNOSTIC

}  // namespace modcore::diag
