// backtest, coverage, diff_policies, format and fix_files, with the GIL released.
#include "tooling.hpp"

#include <pybind11/stl.h>

#include <modcore/modcore.hpp>
#include <modcore/corpus.hpp>

#include "compile.hpp"
#include "convert.hpp"
#include "document.hpp"
#include "engine.hpp"
#include "release.hpp"
#include "report.hpp"
#include "reports.hpp"

namespace modcore::python {
namespace {

using Budgets = std::vector<std::pair<std::string, std::string>>;

std::vector<FieldName> field_names(const Pairs& pairs) {
  std::vector<FieldName> names;
  for (const auto& [foreign, field] : pairs) names.push_back({foreign, field});
  return names;
}

void throw_if(const std::string& problem) {
  if (!problem.empty()) throw py::value_error(problem);
}

// Lets signals act, and tells who asked; what either raises ends the work.
std::function<void(std::uint64_t, std::uint64_t)> progress_of(const py::object& callback) {
  return [&callback](std::uint64_t done, std::uint64_t total) {
    const py::gil_scoped_acquire interpreter;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (!callback.is_none()) callback(done, total);
  };
}

Budget budget_of(const std::string& kind_name, const std::string& text, const Engine& engine) {
  Budget::Kind kind{};
  if (kind_name == "min_recall") kind = Budget::Kind::min_recall;
  if (kind_name == "min_precision") kind = Budget::Kind::min_precision;
  const std::optional<Budget> budget = parse_budget(kind, text);
  if (!budget) throw_if(kind_name + " '" + text + "': expected such as 'hide=0' or 'category:spam=80%'");
  throw_if(problem_of(*budget, engine));
  return *budget;
}

py::object run_backtest(const py::object& engine_object, const Paths& files, const Pairs& names,
                        std::string label, std::string category, const Budgets& budgets,
                        const std::string& shard, std::size_t examples, std::uint64_t seed,
                        const py::object& progress) {
  const Engine engine = held_engine(engine_object).engine;
  BacktestOptions options{.names = field_names(names), .label = std::move(label),
                          .category = std::move(category), .examples = examples, .seed = seed,
                          .progress = progress_of(progress)};
  for (const auto& [kind, text] : budgets) options.budgets.push_back(budget_of(kind, text, engine));
  if (!shard.empty()) {
    const std::optional<Shard> part = parse_shard(shard);
    if (!part) throw_if("shard '" + shard + "': expected I/N, from 1 to N, such as '2/8'");
    options.shard = *part;
  }
  BacktestReport report;
  without_interpreter([&] { report = backtest(engine, files, options); });
  throw_if(report.error);
  return convert(report);
}

py::object merge(const std::vector<std::string>& documents) {
  BacktestReport report;
  without_interpreter([&] { report = merge_backtests(documents); });
  throw_if(report.error);
  return convert(report);
}

py::object run_coverage(const Paths& paths, std::string preset, const Pairs& attributes,
                        const Paths& corpus) {
  const CompileOptions options = options_of(std::move(preset), attributes);
  CoverageReport report;
  without_interpreter([&] { report = coverage(paths, options, corpus); });
  throw_if(report.error);
  return convert(std::move(report));
}

py::object diff(const Paths& before, const Paths& after, std::string preset, const Pairs& attributes,
                const Paths& corpus, const Pairs& names, std::size_t examples,
                const py::object& progress) {
  const DiffOptions options{.compile = options_of(std::move(preset), attributes), .corpus = corpus,
                            .names = field_names(names), .examples = examples,
                            .progress = progress_of(progress)};
  PolicyDiff found;
  without_interpreter([&] { found = diff_policies(before, after, options); });
  throw_if(found.error);
  return convert(std::move(found));
}

py::tuple format_source(const std::string& name, const std::string& text) {
  FormatResult result;
  without_interpreter([&] { result = format(Source{name, text}); });
  const py::list found = to_list(result.diagnostics);
  return py::make_tuple(to_str(result.text), found, Report(std::move(result.diagnostics)));
}

std::vector<std::string> names_of_files(const Paths& paths, std::string preset, const Pairs& attributes) {
  const CompileOptions options = options_of(std::move(preset), attributes);
  std::vector<std::string> files;
  without_interpreter([&] { files = files_of(paths, options); });
  return files;
}

py::object fix(const Paths& paths, bool unsafe, std::string preset, const Pairs& attributes) {
  const CompileOptions options = options_of(std::move(preset), attributes);
  FixReport report;
  without_interpreter(
      [&] { report = fix_files(paths, unsafe ? FixLevel::unsafe : FixLevel::safe, options); });
  const auto files = to_tuple(report.files, [](const FixedFile& file) {
    return type("FixedFile")(to_str(file.name), to_str(file.before), to_str(file.after));
  });
  const auto applied = to_tuple(report.applied, [](const Diagnostic& d) { return convert(d); });
  const auto refused = to_tuple(report.refused, [](const RefusedFix& r) {
    return type("RefusedFix")(convert(r.diagnostic), to_str(r.why));
  });
  return type("FixReport")(files, applied, refused, to_findings(report.remaining));
}

}  // namespace

void add_tooling(py::module_& module) {
  module.def("backtest", run_backtest, py::arg("engine"), py::arg("files"), py::arg("names"),
             py::arg("label"), py::arg("category"), py::arg("budgets"), py::arg("shard"),
             py::arg("examples"), py::arg("seed"), py::arg("progress"));
  module.def("merge_backtests", merge, py::arg("documents"));
  module.def("coverage", run_coverage, py::arg("paths"), py::arg("preset"), py::arg("attributes"),
             py::arg("corpus"));
  module.def("diff_policies", diff, py::arg("before"), py::arg("after"), py::arg("preset"),
             py::arg("attributes"), py::arg("corpus"), py::arg("names"), py::arg("examples"),
             py::arg("progress"));
  module.def("format", format_source, py::arg("name"), py::arg("text"));
  module.def("files_of", names_of_files, py::arg("paths"), py::arg("preset"), py::arg("attributes"));
  module.def("fix_files", fix, py::arg("paths"), py::arg("unsafe"), py::arg("preset"),
             py::arg("attributes"));
}

}  // namespace modcore::python
