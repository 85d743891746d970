// The catalogue of diagnostics: one line an id, and nothing anywhere else.
#pragma once

#include <string_view>

#include <modcore/diagnostic.hpp>

namespace modcore::diag {

struct Entry {
  std::string_view id;
  std::string_view name;
  Severity severity;
  std::string_view summary;  // without arguments, for lists of diagnostics
  std::string_view message;  // {0}, {1}... are arguments
  std::string_view help;     // may be empty
};

// Ids never change their meaning and are never reused.
#define MODCORE_DIAGNOSTIC(symbol, severity, id, name, summary, message, help) \
  inline constexpr Entry symbol{id, name, Severity::severity, summary, message, help};
#include "diag/catalogue.inc"
#undef MODCORE_DIAGNOSTIC

}  // namespace modcore::diag
