// What is doubtful about the tests themselves.
#pragma once

#include "api/compilation.hpp"

namespace modcore::tooling {

// M502, M506, M507, M511, M512. The compilation must have an engine.
void report_doubtful_tests(const api::Compilation& compilation, diag::Sink& sink);

}  // namespace modcore::tooling
