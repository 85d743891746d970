#include "cli/shell_completions.hpp"

#include <fmt/format.h>

namespace modcore::cli {
namespace {

std::string last_word(const std::string& path) {
  return path.substr(path.rfind(' ') + 1);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<std::string> spellings(const OptionInfo& option) {
  std::vector<std::string> all;
  for (const std::string& name : option.shorts) all.push_back('-' + name);
  for (const std::string& name : option.longs) all.push_back("--" + name);
  return all;
}

std::vector<std::string> words_after(const VerbInfo& verb) {
  std::vector<std::string> words;
  for (const VerbInfo& each : verb.verbs) words.push_back(last_word(each.path));
  for (const OptionInfo& argument : verb.arguments) {
    words.insert(words.end(), argument.words.begin(), argument.words.end());
  }
  return words;
}

// Whether the value is one of the words and no file.
bool is_closed(const OptionInfo& option) {
  return !option.words.empty() && option.value != "RULES" && option.value != "PATH";
}

// ---- bash

constexpr std::string_view bash_head =
    R"(# bash completion of modcore, made by `modcore completions bash`
_modcore() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb="" i
  local options="" words="" values=""
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case "$verb/${COMP_WORDS[i]}" in
)";
constexpr std::string_view bash_foot = R"(  if [[ -n $values ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  elif [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  fi
}
complete -o default -F _modcore modcore
)";

// The verb so far and the next word: "/list", "list/fields".
std::string bash_step(const VerbInfo& verb) {
  const std::size_t space = verb.path.rfind(' ');
  const std::string parent = space == std::string::npos ? "" : verb.path.substr(0, space);
  return fmt::format("      \"{}/{}\") verb=\"{}\" ;;\n", parent, last_word(verb.path), verb.path);
}

std::string bash_verb(const VerbInfo& verb) {
  std::vector<std::string> options;
  std::string values;
  for (const OptionInfo& option : verb.options) {
    const auto spelt = spellings(option);
    options.insert(options.end(), spelt.begin(), spelt.end());
    if (option.words.empty()) continue;
    for (const std::string& spelling : spelt) {
      values += fmt::format("        {}) values=\"{}\" ;;\n", spelling, joined(option.words));
    }
  }
  std::string out = fmt::format("    \"{}\")\n      options=\"{}\"\n      words=\"{}\"\n",
                                verb.path, joined(options), joined(words_after(verb)));
  if (!values.empty()) out += "      case \"$before\" in\n" + values + "      esac\n";
  return out + "      ;;\n";
}

// ---- zsh

std::string zsh_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else if (c == '[' || c == ']' || c == ':' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

// What _arguments does for the value of an option or for an argument.
std::string zsh_value(const OptionInfo& option) {
  return fmt::format(":{}:{}", zsh_quoted(option.value.empty() ? "value" : option.value),
                     is_closed(option) ? fmt::format("({})", joined(option.words)) : "_files");
}

std::string zsh_option(const OptionInfo& option) {
  std::string out;
  for (const std::string& spelling : spellings(option)) {
    out += fmt::format("        '*{}[{}]{}' \\\n", spelling, zsh_quoted(option.description),
                       option.value.empty() ? "" : zsh_value(option));
  }
  return out;
}

std::string zsh_verb(const VerbInfo& verb) {
  std::string out = fmt::format("    '{}')\n", verb.path);
  if (!verb.verbs.empty()) {
    out += "      verbs=(\n";
    for (const VerbInfo& each : verb.verbs) {
      out += fmt::format("        '{}:{}'\n", last_word(each.path), zsh_quoted(each.description));
    }
    return out + "      )\n      _describe 'verb' verbs\n      ;;\n";
  }
  out += "      _arguments -S \\\n";
  for (const OptionInfo& option : verb.options) out += zsh_option(option);
  for (const OptionInfo& argument : verb.arguments) {
    out += fmt::format("        '{}{}' \\\n", argument.several ? "*" : "", zsh_value(argument));
  }
  return out + "        && return 0\n      ;;\n";
}

std::string zsh_step(const VerbInfo& verb) {
  const std::size_t space = verb.path.rfind(' ');
  const std::string parent = space == std::string::npos ? "" : verb.path.substr(0, space);
  return fmt::format("      '{}/{}') verb='{}' ;;\n", parent, last_word(verb.path), verb.path);
}

// ---- fish

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + '\'';
}

std::string fish_verb(const VerbInfo& verb) {
  const std::string when =
      verb.path.empty()
          ? "__fish_use_subcommand"
          : fmt::format("__fish_seen_subcommand_from {}", verb.path.substr(0, verb.path.find(' ')));
  std::string out;
  for (const VerbInfo& each : verb.verbs) {
    out += fmt::format("complete -c modcore -n {} -f -a {} -d {}\n", fish_quoted(when),
                       last_word(each.path), fish_quoted(each.description));
  }
  for (const OptionInfo& option : verb.options) {
    out += fmt::format("complete -c modcore -n {}", fish_quoted(when));
    for (const std::string& name : option.shorts) out += " -s " + name;
    for (const std::string& name : option.longs) out += " -l " + name;
    if (!option.value.empty()) out += is_closed(option) ? " -x" : " -r";
    if (!option.words.empty()) out += " -a " + fish_quoted(joined(option.words));
    out += " -d " + fish_quoted(option.description) + '\n';
  }
  for (const OptionInfo& argument : verb.arguments) {
    if (argument.words.empty()) continue;
    out += fmt::format("complete -c modcore -n {} -a {}\n", fish_quoted(when),
                       fish_quoted(joined(argument.words)));
  }
  return out;
}

}  // namespace

std::string bash_completion(const VerbInfo& command) {
  std::string steps;
  std::string verbs;
  for (const VerbInfo* verb : all_verbs(command)) {
    if (!verb->path.empty()) steps += bash_step(*verb);
    verbs += bash_verb(*verb);
  }
  return std::string(bash_head) + steps + "    esac\n  done\n  case \"$verb\" in\n" + verbs +
         "  esac\n" + std::string(bash_foot);
}

std::string zsh_completion(const VerbInfo& command) {
  std::string steps;
  std::string verbs;
  for (const VerbInfo* verb : all_verbs(command)) {
    if (!verb->path.empty()) steps += zsh_step(*verb);
    verbs += zsh_verb(*verb);
  }
  return "#compdef modcore\n# zsh completion of modcore, made by `modcore completions "
         "zsh`\n_modcore() {\n"
         "  local verb='' i\n  local -a verbs\n  for ((i = 2; i < CURRENT; ++i)); do\n"
         "    case \"$verb/${words[i]}\" in\n" +
         steps + "    esac\n  done\n  case \"$verb\" in\n" + verbs + "  esac\n}\n_modcore \"$@\"\n";
}

std::string fish_completion(const VerbInfo& command) {
  std::string out = "# fish completion of modcore, made by `modcore completions fish`\n";
  for (const VerbInfo* verb : all_verbs(command)) out += fish_verb(*verb);
  return out;
}

}  // namespace modcore::cli
