// docs/diagnostics/, generated into the library when it is built.
#pragma once

#include <span>

#include "load/load.hpp"

namespace modcore::tooling {

// By path, "M001.md", sorted.
[[nodiscard]] std::span<const load::EmbeddedFile> embedded_pages();

}  // namespace modcore::tooling
