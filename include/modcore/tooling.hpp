// What tools around the engine need: running the rules' own tests, and the
// names that the language knows.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/compile.hpp>
#include <modcore/diagnostic.hpp>
#include <modcore/export.hpp>
#include <modcore/scanner.hpp>

namespace modcore {

enum class TestOutcome : std::uint8_t {
  passed,
  failed,
  todo,         // a known gap, still open
  todo_passed,  // a known gap that has closed: the case must move, so it fails
};
[[nodiscard]] MODCORE_API std::string_view to_string(TestOutcome) noexcept;

struct TestResult {
  std::string rule;      // rule id; empty for a case of a *.test.yaml
  std::string kind;      // "match", "no_match", "undetermined", "todo_match", "case"
  std::size_t index = 0;  // position in its list, from 0
  std::string name;      // the post, shortened to one line
  Location where;
  TestOutcome outcome = TestOutcome::passed;
  std::string message;   // expected against got, empty if passed
  ExplainedRule explained;  // filled for a failed case of a rule
};

struct TestReport {
  std::vector<Diagnostic> diagnostics;  // of compiling; with errors nothing ran
  std::vector<TestResult> results;      // sorted by rule, kind and index
  [[nodiscard]] MODCORE_API std::size_t count(TestOutcome) const noexcept;
};

// Compiles and runs every inline test and every *.test.yaml.
[[nodiscard]] MODCORE_API TestReport run_tests(const std::vector<std::string>& paths,
                                               const CompileOptions& options = {});

struct FieldInfo {
  std::string_view name;
  std::string_view type;
  std::string_view summary;
};
// The standard fields, sorted by name. Static storage.
[[nodiscard]] MODCORE_API std::span<const FieldInfo> field_catalogue() noexcept;

struct FunctionInfo {
  std::string_view name;
  std::string_view signature;
  std::string_view summary;
  bool supported;  // false: a rule that calls it is refused with M118
};
// The functions of the language, sorted by name. Static storage.
[[nodiscard]] MODCORE_API std::span<const FunctionInfo> function_catalogue() noexcept;

// The names of the packs and of the presets that are part of this library, sorted.
[[nodiscard]] MODCORE_API std::vector<std::string> shipped_packs();
[[nodiscard]] MODCORE_API std::vector<std::string> shipped_presets();

}  // namespace modcore
