// compile, check and run_tests, with the GIL released.
#include "compile.hpp"

#include <pybind11/stl.h>

#include <modcore/modcore.hpp>

#include "convert.hpp"
#include "engine.hpp"
#include "release.hpp"
#include "report.hpp"

namespace modcore::python {

CompileOptions options_of(std::string preset, const Pairs& attributes, bool trusted) {
  CompileOptions options;
  options.trusted = trusted;
  options.preset = std::move(preset);
  for (const auto& [name, type] : attributes) options.attributes.push_back({name, type});
  return options;
}

py::list to_list(const std::vector<Diagnostic>& diagnostics) {
  py::list list;
  for (const Diagnostic& diagnostic : diagnostics) list.append(convert(diagnostic));
  return list;
}

namespace {

std::vector<Source> sources_of(const Pairs& pairs) {
  std::vector<Source> sources;
  for (const auto& [name, text] : pairs) sources.push_back({name, text});
  return sources;
}

py::tuple compile_rules(py::handle engine_class, const std::optional<Pairs>& sources, const Paths& paths,
                        std::string preset, const Pairs& attributes, bool trusted) {
  const CompileOptions options = options_of(std::move(preset), attributes, trusted);
  CompileResult result;
  without_interpreter([&] {
    result = sources ? compile(sources_of(*sources), options) : compile_files(paths, options);
  });
  const py::object engine =
      result.engine ? make_engine(engine_class, std::move(*result.engine)) : py::none();
  return py::make_tuple(engine, to_list(result.diagnostics), to_str(render(result.diagnostics)));
}

py::tuple check_all(const std::optional<Pairs>& sources, const Paths& paths, std::string preset,
                    const Pairs& attributes, std::string config, Paths wordlists, std::optional<std::int64_t> now) {
  CheckOptions options{.compile = options_of(std::move(preset), attributes),
                       .config = std::move(config),
                       .wordlists = std::move(wordlists)};
  if (now) options.now = std::chrono::sys_seconds(std::chrono::seconds(*now));
  CheckReport report;
  without_interpreter([&] {
    report = sources ? check_rules(sources_of(*sources), options) : check_rules(paths, options);
  });
  const py::list found = to_list(report.diagnostics);
  const py::object level = to_enum("Severity", report.fail_level.value_or(Severity::error));
  return py::make_tuple(found, Report(std::move(report.diagnostics)), report.compiles, level,
                        to_str(report.config));
}

py::tuple run_rule_tests(const Paths& paths, std::string preset, const Pairs& attributes) {
  const CompileOptions options = options_of(std::move(preset), attributes);
  TestReport report;
  without_interpreter([&] { report = run_tests(paths, options); });
  py::list results;
  for (const TestResult& result : report.results) results.append(convert(result));
  const py::list found = to_list(report.diagnostics);
  return py::make_tuple(found, Report(std::move(report.diagnostics)), results);
}

py::tuple load_artifact(py::handle engine_class, const py::bytes& bytes, bool trusted) {
  const std::string_view view = bytes;
  LoadResult result;
  without_interpreter([&] { result = load_bytes(view, {.trusted = trusted}); });
  const py::object engine =
      result.engine ? make_engine(engine_class, std::move(*result.engine)) : py::none();
  return py::make_tuple(engine, to_str(result.error));
}

py::bytes artifact_of(py::handle engine, bool native) {
  std::string bytes;
  const Engine saved = held_engine(engine).engine;
  without_interpreter([&] { bytes = saved.save({.native = native}); });
  return {bytes};
}

std::string save_artifact(py::handle engine, const std::string& path, bool native) {
  std::string problem;
  const Engine saved = held_engine(engine).engine;
  without_interpreter([&] { problem = save_file(saved, path, {.native = native}); });
  return problem;
}

py::dict versions() {
  py::dict all;
  all["library"] = library_version();
  all["language"] = language_version;
  all["matcher"] = matcher_version();
  return all;
}

// By the library's own order of languages.
std::string localized(const std::vector<std::pair<std::string, std::string>>& texts, std::string fallback,
                      std::string_view lang) {
  LocalizedText text;
  for (const auto& [tag, words] : texts) text.entries.push_back({tag == "und" ? "" : tag, words});
  text.fallback = std::move(fallback);
  return std::string(text.in(lang));
}

}  // namespace

void add_compiling(py::module_& module) {
  module.def("compile", compile_rules, py::arg("engine_class"), py::arg("sources"), py::arg("paths"),
             py::arg("preset"), py::arg("attributes"), py::arg("trusted"));
  module.def("check", check_all, py::arg("sources"), py::arg("paths"), py::arg("preset"),
             py::arg("attributes"), py::arg("config"), py::arg("wordlists"), py::arg("now"));
  module.def("load", load_artifact, py::arg("engine_class"), py::arg("data"), py::arg("trusted"));
  module.def("to_bytes", artifact_of, py::arg("engine"), py::arg("native"));
  module.def("save", save_artifact, py::arg("engine"), py::arg("path"), py::arg("native"));
  module.def("run_tests", run_rule_tests, py::arg("paths"), py::arg("preset"), py::arg("attributes"));
  module.def("shipped_packs", shipped_packs);
  module.def("versions", versions);
  module.def("localized", [](const py::dict& texts, std::string fallback, std::string_view lang) {
    return localized(texts.attr("items")().cast<py::list>().cast<Pairs>(), std::move(fallback), lang);
  }, py::arg("texts"), py::arg("fallback"), py::arg("lang"));
}

}  // namespace modcore::python
