#include "cli/scaffold.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace modcore::cli {
namespace {

constexpr std::string_view policy_text =
    R"(# yaml-language-server: $schema=.modcore/policy.schema.json
# What this community allows. `modcore check` and `modcore test` read this file and
# all that it names.
modcore: 1
policy: {name}
languages: [en]
packs: [spam, self-promotion, harassment, off-topic, ./house.rules.yaml]
guidelines: guidelines.yaml

# Points of one category that flag or hide a post together.
thresholds:
  spam: {{flag: 4, hide: 8}}

routes:
  moderators: {{title: Moderators, within: 1 day}}
)";

constexpr std::string_view guidelines_text =
    R"(# yaml-language-server: $schema=.modcore/guidelines.schema.json
# The clauses of the written guideline that rules cite.
modcore: 1
guidelines:
  H1: {{title: No lottery of likes}}
)";

constexpr std::string_view rules_text =
    R"(# yaml-language-server: $schema=.modcore/rules.schema.json
# The community's own rules, beside the shipped packs.
modcore: 1
category: self-promotion

rules:
  - id: house.like-for-like
    title: Offers to trade likes
    reason: Please do not trade likes here.
    guideline: H1
    phrases: [like for like, (like|follow) and I will (like|follow) back]
    when: author.post_count < 20
    verdict: flag
    tests:
      match:
        - {{body: "Like for like, anyone?", author: {{post_count: 2}}}}
        - {{body: Follow and I will follow back, author: {{post_count: 0}}}}
      no_match:
        - {{body: I like cats, author: {{post_count: 2}}}}
        - {{body: "Like for like, anyone?", author: {{post_count: 300}}}}
      undetermined:
        - Like for like?
)";

constexpr std::string_view tests_text = R"(# yaml-language-server: $schema=.modcore/test.schema.json
# What the whole policy decides, all rules together.
modcore: 1
cases:
  - body: My roses bloom.
    expect: {{verdict: allow}}
  - body: Like for like, anyone?
    author: {{post_count: 2}}
    expect: {{verdict: flag, hidden: false, fired: [house.like-for-like]}}
)";

constexpr std::string_view config_text =
    R"(# yaml-language-server: $schema=.modcore/config.schema.json
# How strict `modcore check` is.
modcore: 1
fail-level: warning
)";

constexpr std::string_view github_text = R"(name: rules
on:
  push:
  pull_request:

permissions:
  contents: read
  security-events: write

jobs:
  rules:
    runs-on: ubuntu-latest
    container: modcore:latest  # in your registry: an image of the Containerfile of modcore
    steps:
      - uses: actions/checkout@v4
      - run: modcore check policy.yaml --output github --output sarif=check.sarif
      - run: modcore test policy.yaml --output github --output junit=tests.xml
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with:
          sarif_file: check.sarif
)";

constexpr std::string_view gitlab_text = R"(rules:
  image:
    name: modcore:latest  # in your registry: an image of the Containerfile of modcore
    entrypoint: [""]
  script:
    - modcore check policy.yaml --output text --output gitlab=code-quality.json
    - modcore test policy.yaml --output text --output junit=tests.xml
  artifacts:
    when: always
    reports:
      codequality: code-quality.json
      junit: tests.xml
)";

constexpr std::array<std::string_view, 4> built_in_categories{"harassment", "off-topic",
                                                              "self-promotion", "spam"};

bool is_safe(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// The category that the rule's id begins with; one that is not built in is declared.
std::string category_of(const std::string& id) {
  const std::string first = id.substr(0, id.find('.'));
  if (std::ranges::count(built_in_categories, first) > 0) return first;
  const bool is_name = !first.empty() && first[0] >= 'a' && first[0] <= 'z' && first != id;
  return is_name ? fmt::format("{{name: {}, default_verdict: flag}}", first) : "spam";
}

// The phrase as somebody might write it; of alternatives, gaps and stars nothing is made.
std::string example_of(const std::string& phrase) {
  return phrase.find_first_of("(|)<>*\\") == std::string::npos ? fmt::format("Look: {}!", phrase)
                                                               : "";
}

}  // namespace

std::string scalar(std::string_view text) {
  const auto fine = [](char c) {
    return is_safe(c) || c == ' ' || c == '-' || (c >= '0' && c <= '9');
  };
  static constexpr std::array<std::string_view, 4> words{"true", "false", "null", "no"};
  const bool plain = !text.empty() && is_safe(text.front()) && text.back() != ' ' &&
                     std::ranges::all_of(text, fine) && std::ranges::count(words, text) == 0;
  if (plain) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::vector<NewFile> new_project(const std::string& name) {
  return {{"policy.yaml", fmt::format(policy_text, fmt::arg("name", scalar(name)))},
          {"guidelines.yaml", fmt::format(guidelines_text)},
          {"house.rules.yaml", fmt::format(rules_text)},
          {"policy.test.yaml", fmt::format(tests_text)},
          {".modcore.yaml", fmt::format(config_text)}};
}

NewFile ci_file(std::string_view service) {
  if (service == "gitlab") return {".gitlab-ci.yml", std::string(gitlab_text)};
  return {".github/workflows/rules.yml", std::string(github_text)};
}

std::string new_rule(const RuleDraft& draft, std::size_t indentation) {
  const std::string phrase =
      draft.phrases.empty() ? "put your own words here" : draft.phrases.front();
  std::string items = scalar(phrase);
  for (std::size_t i = 1; i < draft.phrases.size(); ++i) items += ", " + scalar(draft.phrases[i]);
  const std::string in(indentation, ' ');
  std::string out = fmt::format("{}- id: {}\n", in, draft.id);
  const auto line = [&](std::string_view text) { out += in + "  " + std::string(text) + '\n'; };
  line("title: What the rule finds, for moderators");
  line(fmt::format("phrases: [{}]", items));
  line(fmt::format("verdict: {}", draft.verdict));
  line("reason: What its author is told");
  if (!draft.guideline.empty()) line("guideline: " + scalar(draft.guideline));
  line("tests:");
  if (const std::string example = example_of(phrase); !example.empty()) {
    line(fmt::format("  match: [{}]", scalar(example)));
  } else {
    line("  # match: [\"what it must find\"]");
  }
  line("  no_match: [My roses bloom.]");
  return out;
}

std::string new_rule_file(const RuleDraft& draft) {
  return fmt::format("modcore: 1\ncategory: {}\n\nrules:\n{}", category_of(draft.id),
                     new_rule(draft, 2));
}

}  // namespace modcore::cli
