// What is wrong with the comments that allow findings.
#pragma once

#include "diag/sink.hpp"
#include "source/source_map.hpp"

namespace modcore::tooling {

// Reports comments without a reason, of unknown diagnostics and of errors; if everything
// was looked for, also those that nothing needed.
void report_allowances(const source::SourceMap& sources, bool complete, diag::Sink& sink);

}  // namespace modcore::tooling
