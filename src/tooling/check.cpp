// What compiling reports, and what only a compiled engine can tell.
#include <modcore/compile.hpp>

#include <fmt/format.h>

#include "api/compilation.hpp"
#include "lint/lint.hpp"
#include "tooling/run_tests.hpp"
#include "tooling/test_post.hpp"

namespace modcore {

namespace {

void report_test(const tooling::RanTest& ran, diag::Sink& sink) {
  const TestResult& result = ran.result;
  const bool closed = result.outcome == TestOutcome::todo_passed;
  if (result.outcome != TestOutcome::failed && !closed) return;
  const std::string under =
      result.disguise.empty() ? "" : fmt::format(", disguised by `{}`,", result.disguise);
  const std::string message = fmt::format("the `{}` test \"{}\"{} {}", result.kind, result.name, under,
                                          closed ? "passes" : "fails");
  sink.report(diag::test_fails, ran.span, {message, result.message}).rule(result.rule);
}

void lint_rules(api::Compilation& compilation) {
  const detail::EngineState& engine = *compilation.engine;
  std::vector<std::unique_ptr<api::OwnedPost>> owned;
  std::vector<lint::TestPost> posts;
  for (const checker::Test& test : compilation.checked.tests) {
    owned.push_back(tooling::test_post(test.test->post, engine.image->host_attributes));
    if (!test.rule || !tooling::problem_of(*owned.back()).empty()) continue;
    posts.push_back({.rule = *test.rule,
                     .matches = test.test->kind == ast::TestKind::match,
                     .post = &owned.back()->post,
                     .span = test.test->span});
  }
  lint::lint({compilation.sources, compilation.bundle, compilation.checked, engine.image, engine.plan,
              posts},
             compilation.sink);
}

std::vector<Diagnostic> diagnostics_of(api::Compilation& compilation) {
  if (compilation.engine) {
    for (const tooling::RanTest& ran : tooling::run_tests(compilation)) {
      report_test(ran, compilation.sink);
    }
    lint_rules(compilation);
  }
  return compilation.sink.take();
}

}  // namespace

std::vector<Diagnostic> check_files(const std::vector<std::string>& paths,
                                    const CompileOptions& options) {
  return diagnostics_of(*api::compile_paths(paths, options));
}

std::vector<Diagnostic> check(std::span<const Source> sources, const CompileOptions& options) {
  return diagnostics_of(*api::compile_sources(sources, options));
}

}  // namespace modcore
