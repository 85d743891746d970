// The texts that a new project and a new rule begin with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modcore::cli {

struct NewFile {
  std::string name;
  std::string text;
};

// A YAML scalar: as it is if that is safe, else in double quotes.
[[nodiscard]] std::string scalar(std::string_view text);

// Policy, guidelines, rules with tests, tests of the policy, `.modcore.yaml`.
[[nodiscard]] std::vector<NewFile> new_project(const std::string& name);

// A workflow of GitHub or a job of GitLab.
[[nodiscard]] NewFile ci_file(std::string_view service);

struct RuleDraft {
  std::string id;
  std::vector<std::string> phrases;  // none: one to replace
  std::string verdict = "flag";
  std::string guideline;  // a clause; empty: none is cited
};
// An item of `rules:`, its dash after this many blanks.
[[nodiscard]] std::string new_rule(const RuleDraft& draft, std::size_t indentation);
// A file with that rule alone.
[[nodiscard]] std::string new_rule_file(const RuleDraft& draft);

}  // namespace modcore::cli
