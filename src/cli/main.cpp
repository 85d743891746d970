// The modcore command.
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <modcore/version.hpp>

#include "cli/failure.hpp"
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
    "Rules come from -r (a policy, a rule file, a folder, a shipped pack), else from policy.yaml\n"
    "in this folder, else from the packs spam, self-promotion, harassment and off-topic.\n\n"
    "Exit status: 0 fine; 1 findings, failed tests or unreadable lines; 2 the rules do not compile;\n"
    "3 a wrong option, a missing file; 4 a fault of modcore itself.";

std::string version() {
  return fmt::format("modcore {}\nrule language {}\nmatching by {}", library_version(),
                     language_version, matcher_version());
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
  add_explain(app, exit_code);
  add_mutate(app, exit_code);
  add_list(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Error& error) {
    return app.exit(error) == 0 ? ExitCode::ok : ExitCode::usage;
  }
  return exit_code;
}

ExitCode run_caught(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const BrokenPipe&) {
    return ExitCode::ok;
  } catch (const Failure& failure) {
    complain(failure.what());
    return failure.code();
  } catch (const std::bad_alloc&) {
    complain("out of memory");
    return ExitCode::usage;
  } catch (const std::exception& error) {
    complain(fmt::format("internal error: {}", error.what()));
    return ExitCode::internal;
  }
}

}  // namespace
}  // namespace modcore::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a broken pipe is an error of write() instead
  return static_cast<int>(modcore::cli::run_caught(argc, argv));
}
