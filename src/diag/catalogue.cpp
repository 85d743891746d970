// The public list of diagnostics, made of the same lines as the entries that code reports.
#include "diag/catalogue.hpp"

#include <algorithm>
#include <array>

namespace modcore {
namespace {

// A matter of the house's order: silent until `.modcore.yaml` asks for it.
constexpr std::array<std::string_view, 1> off_by_default{"M606"};

constexpr bool is_enabled(std::string_view id) {
  return std::find(off_by_default.begin(), off_by_default.end(), id) == off_by_default.end();
}

constexpr std::array all_diagnostics{
#define MODCORE_DIAGNOSTIC(symbol, severity, id, name, summary, message, help) \
  DiagnosticInfo{id, name, Severity::severity, summary, message, help, is_enabled(id)},
#include "diag/catalogue.inc"
#undef MODCORE_DIAGNOSTIC
};

constexpr bool sorted_by_id() {
  for (std::size_t i = 1; i < all_diagnostics.size(); ++i) {
    if (!(all_diagnostics[i - 1].id < all_diagnostics[i].id)) return false;
  }
  return true;
}
static_assert(sorted_by_id(), "catalogue.inc is sorted by id, and no id stands twice");

}  // namespace

std::span<const DiagnosticInfo> diagnostic_catalogue() noexcept {
  return all_diagnostics;
}

}  // namespace modcore
