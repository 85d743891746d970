// modcore completions, modcore man: made of the command's own options.
#include <CLI/CLI.hpp>

#include "cli/man_page.hpp"
#include "cli/output.hpp"
#include "cli/shell_completions.hpp"
#include "cli/verbs.hpp"

namespace modcore::cli {
namespace {

constexpr std::string_view examples =
    "Examples:\n"
    "  modcore completions bash > ~/.local/share/bash-completion/completions/modcore\n"
    "  modcore completions zsh > ~/.zfunc/_modcore\n"
    "  modcore completions fish > ~/.config/fish/completions/modcore.fish\n\n"
    "Exit status: 0, 3 for a wrong option.";

constexpr std::string_view man_examples =
    "Examples:\n"
    "  modcore man | man -l -\n"
    "  modcore man > ~/.local/share/man/man1/modcore.1\n\n"
    "Exit status: 0, 3 for a wrong option.";

void print(const std::string& text) {
  Output(Format::text, "", ColorWhen::never).write(text);
}

std::string completion(const std::string& shell, const VerbInfo& command) {
  if (shell == "bash") return bash_completion(command);
  return shell == "zsh" ? zsh_completion(command) : fish_completion(command);
}

}  // namespace

void add_completions(CLI::App& app, ExitCode& exit_code) {
  auto shell = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("completions", "Write completions for a shell.");
  verb->footer(std::string(examples));
  verb->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->type_name("")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""));
  verb->callback([shell, &app, &exit_code] {
    print(completion(*shell, verb_tree(app)));
    exit_code = ExitCode::ok;
  });
}

void add_man(CLI::App& app, ExitCode& exit_code) {
  CLI::App* verb = app.add_subcommand("man", "Write the manual page.");
  verb->footer(std::string(man_examples));
  verb->callback([&app, &exit_code] {
    print(man_page(verb_tree(app)));
    exit_code = ExitCode::ok;
  });
}

}  // namespace modcore::cli
