// A Decision as bytes, for Python's pickle: of one version of modcore, for the
// same version.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/decision.hpp>

#include "texts.hpp"

namespace modcore::python {

struct Pickled {
  Decision decision;
  std::vector<CodePoints> places;  // of all evidence in order
};

[[nodiscard]] std::string pickle(const Decision& decision, const std::vector<CodePoints>& places);

// Nothing if these bytes are not what pickle() gave. Safe for any bytes.
[[nodiscard]] std::optional<Pickled> unpickle(std::string_view bytes);

}  // namespace modcore::python
