// The diagnostics about tests, which only the tools report.
#pragma once

#include "diag/catalogue.hpp"

namespace modcore::diag {

#define MODCORE_DIAGNOSTIC(symbol, severity, id, name, summary, message, help) \
  inline constexpr Entry symbol{id, name, Severity::severity, summary, message, help};
#include "diag/catalogue_of_tests.inc"
#undef MODCORE_DIAGNOSTIC

}  // namespace modcore::diag
