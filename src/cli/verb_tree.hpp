// The command's verbs and options as plain data, taken from its own parser: what the
// manual and the shells' completions are made of.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace modcore::cli {

struct OptionInfo {
  std::vector<std::string> shorts;  // "r"
  std::vector<std::string> longs;   // "rules"
  std::string value;                // "RULES"; empty for a flag
  std::string description;
  std::vector<std::string> words;  // that the value may be, where they are known
  bool required = false;
  bool several = false;  // of an argument: more than one
};

struct VerbInfo {
  std::string path;  // "list fields"; empty for the command itself
  std::string description;
  std::string footer;
  std::vector<OptionInfo> options;
  std::vector<OptionInfo> arguments;  // their names in `value`
  std::vector<VerbInfo> verbs;
};

[[nodiscard]] VerbInfo verb_tree(const CLI::App& app);

// All of them, each before its own.
[[nodiscard]] std::vector<const VerbInfo*> all_verbs(const VerbInfo& root);

}  // namespace modcore::cli
