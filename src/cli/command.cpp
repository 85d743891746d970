// The modcore command.
#include "cli/command.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <modcore/version.hpp>
#include <unistd.h>

#include "cli/backstop.hpp"
#include "cli/failure.hpp"
#include "cli/measuring_verbs.hpp"
#include "cli/output.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

constexpr std::string_view description =
    "Moderation rules, compiled once, that judge every post and show why.";

constexpr std::string_view examples =
    "Start here:\n"
    "  echo 'Casino bonus: 100 free spins' | modcore scan\n"
    "  modcore scan -r policy.yaml feed.ndjson\n"
    "  modcore check policy.yaml\n"
    "  modcore test policy.yaml\n"
    "  modcore explain spam.casino-bonus --post '{\"body\": \"Casino bonus: 100 free spins\"}'\n\n"
    "Rules come from -r (a policy, a rule file, a folder, a shipped pack, an artifact), else from policy.yaml\n"
    "in this folder, else from the packs spam, self-promotion, harassment and off-topic.\n\n"
    "Exit status: 0 fine; 1 findings, failed tests or unreadable lines; 2 the rules do not compile;\n"
    "3 a wrong option, a missing file; 4 a fault of modcore itself.";

std::string version() {
  return fmt::format("modcore {}\nrule language {}\nmatching by {}", library_version(),
                     language_version, matcher_version());
}

// A file must not be opened in the place of a closed standard stream. What stands
// in for it cannot be read, or written, so that its use is an error as before.
void keep_standard_streams_apart() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
}

// The words before the first option that name no verb.
std::string unknown_verb(const CLI::App& app, int argc, char** argv) {
  const CLI::App* parent = &app;
  for (int i = 1; i < argc && argv[i][0] != '-'; ++i) {
    const auto verbs = parent->get_subcommands([](const CLI::App*) { return true; });
    if (verbs.empty()) return {};
    const auto verb = std::ranges::find(verbs, std::string(argv[i]), &CLI::App::get_name);
    if (verb == verbs.end()) {
      std::string known;
      for (const CLI::App* each : verbs) known += (known.empty() ? "" : ", ") + each->get_name();
      return fmt::format("there is no {} `{}`; there is {}",
                         parent == &app ? "verb" : "such list as", shortened(argv[i], 80), known);
    }
    parent = *verb;
  }
  return {};
}

// Help and version go to standard output, which may be full.
ExitCode end_of_parsing(const CLI::App& app, const CLI::Error& error, int argc, char** argv) {
  std::ostringstream asked_for;
  std::ostringstream complaint;
  if (app.exit(error, asked_for, complaint) == 0) {
    Output(Format::text, "", ColorWhen::never).write(asked_for.str());
    return ExitCode::ok;
  }
  const std::string verb = unknown_verb(app, argc, argv);
  complain(verb.empty() ? std::string_view(error.what()) : std::string_view(verb));
  complain("`modcore --help` and `modcore VERB --help` show what there is");
  return ExitCode::usage;
}

ExitCode run(int argc, char** argv) {
  CLI::App app{std::string(description), "modcore"};
  ExitCode exit_code = ExitCode::ok;
  app.require_subcommand(1);
  app.set_version_flag("--version", version);
  app.footer(std::string(examples));
  add_scan(app, exit_code);
  add_check(app, exit_code);
  add_test(app, exit_code);
  add_fmt(app, exit_code);
  add_fix(app, exit_code);
  add_backtest(app, exit_code);
  add_coverage(app, exit_code);
  add_diff(app, exit_code);
  add_explain(app, exit_code);
  add_mutate(app, exit_code);
  add_compile(app, exit_code);
  add_inspect(app, exit_code);
  add_verify(app, exit_code);
  add_profile(app, exit_code);
  add_list(app, exit_code);
  add_init(app, exit_code);
  add_new(app, exit_code);
  add_schema(app, exit_code);
  add_completions(app, exit_code);
  add_man(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Error& error) {
    return end_of_parsing(app, error, argc, argv);
  }
  return exit_code;
}

}  // namespace

int run_command(int argc, char** argv) {
  keep_standard_streams_apart();
  std::signal(SIGPIPE, SIG_IGN);  // a broken pipe is an error of write() instead
  return static_cast<int>(run_caught([&] { return run(argc, argv); }));
}

}  // namespace modcore::cli
