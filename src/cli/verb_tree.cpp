#include "cli/verb_tree.hpp"

#include <map>

#include <CLI/CLI.hpp>
#include <modcore/modcore.hpp>

namespace modcore::cli {
namespace {

template <typename Enums>
std::vector<std::string> words_of(const Enums& enums) {
  std::vector<std::string> words;
  for (const auto each : enums) words.emplace_back(to_string(each));
  return words;
}

// What a value may be, by what the help calls it.
std::vector<std::string> words_for(const std::string& value) {
  static const std::map<std::string, std::vector<std::string>> known{
      {"FORMAT[=FILE]", words_of(report_formats())},
      {"KIND", words_of(disguise_kinds())},
      {"LEVEL", {"info", "warning", "error"}},
      {"NAME", shipped_presets()},
      {"RULES", shipped_packs()},
      {"SERVICE", {"github", "gitlab", "none"}},
      {"VERDICT", {"flag", "hide", "escalate"}},
      {"WHEN", {"auto", "always", "never"}}};
  const auto found = known.find(value);
  return found == known.end() ? std::vector<std::string>{} : found->second;
}

OptionInfo option_info(const CLI::Option& option) {
  OptionInfo info;
  info.shorts = option.get_snames();
  info.longs = option.get_lnames();
  info.description = option.get_description();
  if (option.nonpositional()) {
    const bool takes_value = option.get_items_expected_max() > 0;
    if (takes_value) info.value = option.get_type_name();
    info.words = words_for(info.value);
  } else {
    info.value = option.get_name();
    info.required = option.get_required();
    info.several = option.get_items_expected_max() > 1;
    if (info.value == "PATH") info.words = words_for("RULES");
    if (info.value == "KIND") info.words = words_of(schema_kinds());
    if (info.value == "SHELL") info.words = {"bash", "zsh", "fish"};
  }
  return info;
}

VerbInfo verb_info(const CLI::App& app, const std::string& path) {
  VerbInfo info;
  info.path = path;
  info.description = app.get_description();
  info.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    (option->nonpositional() ? info.options : info.arguments).push_back(option_info(*option));
  }
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    info.verbs.push_back(
        verb_info(*verb, path.empty() ? verb->get_name() : path + ' ' + verb->get_name()));
  }
  return info;
}

void collect(const VerbInfo& verb, std::vector<const VerbInfo*>& all) {
  all.push_back(&verb);
  for (const VerbInfo& each : verb.verbs) collect(each, all);
}

}  // namespace

VerbInfo verb_tree(const CLI::App& app) {
  return verb_info(app, "");
}

std::vector<const VerbInfo*> all_verbs(const VerbInfo& root) {
  std::vector<const VerbInfo*> all;
  collect(root, all);
  return all;
}

}  // namespace modcore::cli
