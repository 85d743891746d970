// Python's values as the rule language's types. Nothing means: another type.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <modcore/engine.hpp>

#include "python.hpp"

namespace modcore::python {

inline constexpr std::string_view a_text = "text";
inline constexpr std::string_view a_set = "a list of texts";
inline constexpr std::string_view an_integer = "a whole number";
inline constexpr std::string_view a_number = "a number";
inline constexpr std::string_view a_boolean = "true or false";
inline constexpr std::string_view a_duration = "seconds, a timedelta or text such as \"3 days\"";
inline constexpr std::string_view a_time = "Unix seconds, a datetime with a time zone or RFC 3339 text";
inline constexpr std::string_view a_kind = "\"post\", \"comment\", \"chat\" or \"profile\"";

[[nodiscard]] std::optional<bool> as_boolean(PyObject* value);
[[nodiscard]] std::optional<std::int64_t> as_integer(PyObject* value);
[[nodiscard]] std::optional<double> as_number(PyObject* value);
// Texts such as "3 days" have one reader, that of JSON posts, which asks for an engine.
[[nodiscard]] std::optional<std::chrono::seconds> as_duration(PyObject* value,
                                                             const Engine& engine);
[[nodiscard]] std::optional<std::chrono::sys_seconds> as_time(PyObject* value, const Engine& engine);

// What a host attribute of this type takes.
[[nodiscard]] std::string_view expected_of(std::string_view type);

// A datetime.timedelta.
[[nodiscard]] py::object to_timedelta(std::chrono::seconds value);

}  // namespace modcore::python
