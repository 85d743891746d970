#include "cli/man_page.hpp"

#include <fmt/format.h>
#include <modcore/version.hpp>

namespace modcore::cli {
namespace {

// Text that troff shows as it is.
std::string shown(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string literal(std::string_view text) {
  return ".nf\n" + shown(text) + "\n.fi\n";
}

std::string option_entry(const OptionInfo& option) {
  std::string names;
  const auto add = [&](const std::string& spelling) {
    names += (names.empty() ? "" : ", ") + ("\\fB" + shown(spelling) + "\\fR");
  };
  for (const std::string& name : option.shorts) add('-' + name);
  for (const std::string& name : option.longs) add("--" + name);
  if (!option.value.empty()) {
    names += (names.empty() ? "" : " ") + ("\\fI" + shown(option.value) + "\\fR");
  }
  return ".TP\n" + names + '\n' + shown(option.description) + '\n';
}

std::string usage(const VerbInfo& verb) {
  std::string out = fmt::format("\\fBmodcore {}\\fR [\\fIOPTIONS\\fR]", shown(verb.path));
  for (const OptionInfo& argument : verb.arguments) {
    const std::string name =
        fmt::format("\\fI{}\\fR{}", shown(argument.value), argument.several ? "..." : "");
    out += argument.required ? ' ' + name : fmt::format(" [{}]", name);
  }
  return out;
}

std::string section(const VerbInfo& verb) {
  std::string out = fmt::format(".SS modcore {}\n{}\n.PP\n{}\n", shown(verb.path),
                                shown(verb.description), usage(verb));
  for (const OptionInfo& argument : verb.arguments) out += option_entry(argument);
  for (const OptionInfo& option : verb.options) out += option_entry(option);
  if (!verb.footer.empty()) out += ".PP\n" + literal(verb.footer);
  return out;
}

}  // namespace

std::string man_page(const VerbInfo& command) {
  std::string out = fmt::format(
      ".\\\" Made by `modcore man`.\n.TH MODCORE 1 \"\" \"modcore {}\" \"User Commands\"\n.SH "
      "NAME\n"
      "modcore \\- {}\n.SH SYNOPSIS\n",
      shown(library_version()), shown(command.description));
  std::string verbs;
  bool first = true;
  for (const VerbInfo* verb : all_verbs(command)) {
    if (verb->path.empty() || !verb->verbs.empty()) continue;
    out += (first ? "" : ".br\n") + usage(*verb) + '\n';
    first = false;
    verbs += section(*verb);
  }
  out += ".SH DESCRIPTION\n" + literal(command.footer) + ".SH OPTIONS\n";
  for (const OptionInfo& option : command.options) out += option_entry(option);
  return out + ".SH VERBS\n" + verbs;
}

}  // namespace modcore::cli
