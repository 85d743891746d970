// From the library's values to the tuples of modcore._types.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/modcore.hpp>

#include "python.hpp"
#include "texts.hpp"

namespace modcore::python {

// The classes of modcore._types and _reports, by name; they live as long as the process.
[[nodiscard]] py::handle type(const char* name);

template <typename Range, typename Function>
[[nodiscard]] py::tuple to_tuple(const Range& range, const Function& convert) {
  py::tuple tuple(std::size(range));
  std::size_t at = 0;
  for (const auto& element : range) tuple[at++] = convert(element);
  return tuple;
}

template <typename Enum>
[[nodiscard]] py::object to_enum(const char* name, Enum value) {
  return type(name)(static_cast<int>(value));
}

[[nodiscard]] py::object to_verdict(const std::optional<Verdict>& verdict);
[[nodiscard]] py::tuple to_strs(std::span<const std::string> texts);
[[nodiscard]] py::object convert(const FiredRule& rule, std::span<const CodePoints> places);
[[nodiscard]] py::object convert(const CrossedThreshold& crossed);
[[nodiscard]] py::object convert(const Route& route);
[[nodiscard]] py::object convert(const SuppressedRule& suppressed);
[[nodiscard]] py::object convert(const UndeterminedRule& undetermined);
[[nodiscard]] py::object convert(const ShadowRule& shadow);
[[nodiscard]] py::object convert(const ExplainedRule& rule, TextFields& texts);
[[nodiscard]] py::object convert(const DisguisedWord& word, TextFields& texts);
[[nodiscard]] py::object convert(const ExplainedView& view);
[[nodiscard]] py::object convert(const RuleInfo& rule);
[[nodiscard]] py::object convert(const Evidence& evidence, TextFields& texts);
[[nodiscard]] py::object convert(const Location& where);
[[nodiscard]] py::object convert(const Diagnostic& diagnostic);
[[nodiscard]] py::object convert(const TestResult& result);
// modcore.Findings
[[nodiscard]] py::object to_findings(const std::vector<Diagnostic>& diagnostics);

}  // namespace modcore::python
