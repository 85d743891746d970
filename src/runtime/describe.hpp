// Writes what was found into the Decision that the host gets.
#pragma once

#include <string_view>
#include <vector>

#include <modcore/decision.hpp>

#include "program/image.hpp"
#include "runtime/combine.hpp"
#include "runtime/evidence.hpp"
#include "runtime/judge.hpp"

namespace modcore::runtime {

void describe(const program::Image& image, const Combined& combined,
              const EvidenceReader& evidence, Decision& decision);

// Sorts `undetermined` by rule and part.
void describe(const program::Image& image, std::vector<Undetermined>& undetermined,
              Decision& decision);

[[nodiscard]] std::string_view to_string(Part part) noexcept;  // "when", "unless"...

}  // namespace modcore::runtime
