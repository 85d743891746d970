// What compiling reports, and what only a compiled engine can tell.
#include <algorithm>
#include <chrono>
#include <future>
#include <optional>

#include <modcore/compile.hpp>
#include <modcore/tooling.hpp>

#include "api/compilation.hpp"
#include "diag/catalogue.hpp"
#include "lint/lint.hpp"
#include "lint/style/style.hpp"
#include "load/paths.hpp"
#include "load/tree.hpp"
#include "parse/parse.hpp"
#include "support/files.hpp"
#include "tooling/allowances.hpp"
#include "tooling/config.hpp"
#include "tooling/run_tests.hpp"
#include "tooling/stale_artifact.hpp"
#include "tooling/test_findings.hpp"
#include "tooling/test_post.hpp"
#include "tooling/test_report.hpp"
#include "tooling/word_files.hpp"

namespace modcore {

namespace {

void report_test(const tooling::RanTest& ran, diag::Sink& sink) {
  if (!tooling::has_failed(ran.result)) return;
  const auto [message, help] = tooling::failure_texts(ran.result);
  if (ran.unreadable) {
    sink.report(diag::file_not_found, ran.span, {ran.result.name, ran.result.message});
  } else if (ran.result.kind == "corpus") {
    sink.report(diag::corpus_budget_exceeded, ran.span, {ran.result.message, ""});
  } else {
    const bool closed = ran.result.outcome == TestOutcome::todo_passed;
    sink.report(closed ? diag::todo_now_passes : diag::test_fails, ran.span, {message, help}).rule(ran.result.rule);
  }
}

void report_tests(api::Compilation& compilation) {
  for (const tooling::RanTest& ran : tooling::run_tests(compilation)) report_test(ran, compilation.sink);
}

// Done beside what follows, into a sink of its own.
struct Beside {
  Beside(const lint::Input& input, void (*lint)(const lint::Input&, diag::Sink&))
      : found(input.sources),
        done(std::async(std::launch::async | std::launch::deferred, [this, &input, lint] { lint(input, found); })) {}

  void add_to(diag::Sink& sink) {
    done.get();
    sink.add(std::move(found));
  }

  diag::Sink found;
  std::future<void> done;  // last: whoever destroys it waits for it
};

// Each of the three takes long and needs nothing of the others.
void test_and_lint(api::Compilation& compilation, std::span<const lint::WordList> words) {
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
  const lint::Input input{compilation.sources, compilation.bundle, compilation.checked, engine.image, engine.plan,
                          posts, words};
  Beside items(input, lint::lint_items_in_texts);
  Beside meaning(input, lint::lint_meaning);
  report_tests(compilation);
  items.add_to(compilation.sink);
  meaning.add_to(compilation.sink);
  lint::lint_dear(input, compilation.sink);
}

tooling::WordFiles read_words(const tooling::Config& config, const CheckOptions& options,
                              const tooling::WordFiles::Read& read, api::Compilation& compilation) {
  tooling::WordFiles words(read, compilation.checked.rules.languages);
  for (const ast::Name& name : config.wordlists()) words.add(name, config.folder(), compilation.sink);
  for (const std::string& name : options.wordlists) words.add({name, {}}, "", compilation.sink);
  return words;
}

void note_words(const std::vector<lint::WordList>& lists, CheckReport& report) {
  for (const lint::WordList& list : lists) {
    const bool shipped = list.kind == lint::WordList::Kind::commonest;
    report.words.push_back({list.name, list.language, list.words.size(), shipped});
  }
}

void add_config(const std::string& name, std::string text, api::Compilation& compilation,
                tooling::Config& config) {
  const source::SourceId id = compilation.sources.add(name, std::move(text));
  const auto file = parse::parse_config(compilation.sources, id, compilation.sink);
  if (file) config = tooling::Config(*file, load::folder_of(name), compilation.sink);
}

void lint_style(const api::Compilation& compilation, const tooling::Config& config,
                const CheckOptions& options, diag::Sink& sink) {
  const auto now = options.now.value_or(
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  std::vector<std::string> given;
  for (const AttributeDeclaration& attribute : options.compile.attributes) {
    given.push_back(attribute.name);
  }
  lint::style::report_style({.sources = compilation.sources,
                             .bundle = compilation.bundle,
                             .rules = compilation.checked.rules,
                             .settings = config.style(),
                             .given = given,
                             .now = now.time_since_epoch().count(),
                             .sink = sink});
}

// A slip explains what it makes of the condition around it: that such a condition is
// never true is no news then.
void leave_out_consequences(std::vector<Diagnostic>& diagnostics) {
  std::vector<Location> slips;
  for (const Diagnostic& d : diagnostics) {
    if (d.id == diag::fraction_versus_percent.id || d.id == diag::duration_as_number.id) {
      slips.push_back(d.where);
    }
  }
  if (slips.empty()) return;
  std::erase_if(diagnostics, [&](const Diagnostic& d) {
    const bool follows = d.id == diag::never_true.id || d.id == diag::always_true.id ||
                         d.id == diag::constant_subexpression.id;
    return follows && std::ranges::any_of(slips, [&](const Location& slip) {
             return slip.file == d.where.file && d.where.begin <= slip.begin &&
                    slip.end <= d.where.end;
           });
  });
}

// Compiled rules have no text that could be checked.
void refuse_artifact(const std::string& path, api::Compilation& compilation) {
  compilation.sink.report(diag::artifact_unusable, {},
                          {path, "it holds no sources to check", "check the rules that it was compiled from"});
  compilation.engine = nullptr;
}

CheckReport report_of(api::Compilation& compilation, const std::string& config_name,
                      std::optional<std::string> config_text, const CheckOptions& options,
                      const tooling::WordFiles::Read& read) {
  CheckReport report;
  report.compiles = compilation.engine != nullptr;
  tooling::Config config;
  if (config_text) {
    report.config = config_name;
    add_config(config_name, *std::move(config_text), compilation, config);
  }
  if (compilation.engine) {
    const tooling::WordFiles words = read_words(config, options, read, compilation);
    const std::vector<lint::WordList> lists =
        lint::word_lists(compilation.checked.rules, words.files());
    test_and_lint(compilation, lists);
    note_words(lists, report);
    report.lacks_dictionaries = words.found_none();
    lint_style(compilation, config, options, compilation.sink);
    tooling::report_doubtful_tests(compilation, compilation.sink);
  }
  tooling::report_allowances(compilation.sources, report.compiles, compilation.sink);
  report.diagnostics = compilation.sink.take();
  leave_out_consequences(report.diagnostics);
  config.apply(report.diagnostics);
  report.fail_level = config.fail_level();
  return report;
}

std::string config_for(const std::vector<std::string>& paths, const CheckOptions& options) {
  if (!options.config.empty()) return options.config;
  const bool on_disk = !paths.empty() && load::DiskTree().kind(paths[0]) != load::Tree::Kind::none;
  return tooling::find_config(on_disk ? paths[0] : "");
}

}  // namespace

std::size_t CheckReport::count(Severity from) const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(diagnostics, [from](const Diagnostic& d) {
    return d.severity >= from && !d.suppressed;
  }));
}

CheckReport check_rules(const std::vector<std::string>& paths, const CheckOptions& options) {
  const auto compilation = api::compile_paths(paths, options.compile);
  if (compilation->loaded && compilation->engine) refuse_artifact(paths.front(), *compilation);
  if (compilation->engine && paths.size() == 1) tooling::report_stale_artifact(paths.front(), *compilation);
  const std::string config = config_for(paths, options);
  const tooling::WordFiles::Read read = [](const std::string& path) {
    return files::read(path, tooling::largest_word_file);
  };
  if (config.empty()) return report_of(*compilation, {}, {}, options, read);
  load::FileText file = load::DiskTree().read(config);
  if (!file.text) {
    const std::string problem = file.too_big ? "it is larger than 8 MiB" : file.problem;
    compilation->sink.report(diag::file_not_found, {}, {config, problem});
  }
  return report_of(*compilation, config, std::move(file.text), options, read);
}

CheckReport check_rules(std::span<const Source> sources, const CheckOptions& options) {
  const auto compilation = api::compile_sources(sources, options.compile);
  const tooling::WordFiles::Read read = [&sources](const std::string& path) -> files::ReadFile {
    const auto found = std::ranges::find(sources, path, &Source::name);
    if (found == sources.end()) return {{}, "no such source", false};
    return {found->text, {}, false};
  };
  for (const Source& source : sources) {
    if (!load::is_config(source.name)) continue;
    return report_of(*compilation, source.name, source.text, options, read);
  }
  return report_of(*compilation, {}, {}, options, read);
}

std::vector<Diagnostic> check_files(const std::vector<std::string>& paths,
                                    const CompileOptions& options) {
  return check_rules(paths, {.compile = options}).diagnostics;
}

std::vector<Diagnostic> check(std::span<const Source> sources, const CompileOptions& options) {
  return check_rules(sources, {.compile = options}).diagnostics;
}

}  // namespace modcore
