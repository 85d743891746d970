// A diagnostic that a comment or setting names.
#pragma once

#include <string_view>

#include <modcore/diagnostic.hpp>

#include "diag/sink.hpp"
#include "source/source_map.hpp"

namespace modcore::tooling {

// By id or name; reported and null if there is none.
[[nodiscard]] const DiagnosticInfo* named_diagnostic(std::string_view text, source::Span span,
                                                     diag::Sink& sink);

// Whatever a comment or setting says: some that the catalogue calls errors are warnings in
// milder cases, and those may be allowed and lowered.
[[nodiscard]] bool is_always_error(const DiagnosticInfo& info);

}  // namespace modcore::tooling
