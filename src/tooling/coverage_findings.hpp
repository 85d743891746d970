// What is untested, as diagnostics.
#pragma once

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"

namespace modcore::tooling {

// M504, M508, M509, M510, M514.
void report_untested(const api::Compilation& compilation, const CoverageReport& report, diag::Sink& sink);

}  // namespace modcore::tooling
