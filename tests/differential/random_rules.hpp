// Random rule files and posts, with the conditions kept as plain trees so that
// an oracle can evaluate them by direct recursion.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace differential {

using Random = std::mt19937;

// A condition as the generator means it. write() turns it into the rule
// language with as few parentheses as the grammar allows.
struct Condition {
  enum class Kind {
    logic_and, logic_or, logic_not,
    flag,          // a bool attribute alone
    compare,       // attribute CMP number
    default_compare,  // (attribute ?? default) CMP number
    text_equal,    // attribute == "text" or !=
    text_in,       // attribute in ["a", "b"]
    roles,         // author.roles overlaps ["a"]
    missing, present,
    matched,       // $p [in fields]
    at_least,      // N of ($p, $q) [in fields]; any, all, none too
    count,         // count($p) CMP number
    distinct,      // distinct($p) CMP number
    near, followed_by,
    words, links,  // words(field) CMP number
  };
  Kind kind{};
  std::vector<Condition> children;
  std::string attribute;
  std::string comparison;
  std::int64_t number = 0;
  std::int64_t fallback = 0;
  std::vector<std::string> texts;
  std::vector<std::string> patterns;
  std::string fields;      // "" for the default
  std::string quantifier;  // "any", "all", "none" or a number
};

struct Group {
  std::string name;
  std::string yaml;    // the group's keys, each on a line without indentation
  bool has_except = false;
};

struct Rule {
  std::string id;
  std::string category;
  std::optional<std::string> verdict;
  std::string status = "active";
  std::vector<Group> groups;
  std::optional<Condition> when;  // absent: any of the groups
  std::vector<Condition> unless;
  std::optional<std::int64_t> score;
  bool final = false;
  std::vector<std::string> suppresses;  // ids, "category:x", "everything"
};

// Attribute values by name; an absent name is missing.
struct Facts {
  std::map<std::string, std::int64_t> integers;   // durations in seconds
  std::map<std::string, bool> booleans;
  std::map<std::string, std::string> texts;
  std::optional<std::vector<std::string>> roles;
};

struct Post {
  std::string title;
  std::string body;
  Facts facts;
};

[[nodiscard]] std::vector<Rule> random_rules(Random& random);
[[nodiscard]] Post random_post(Random& random);
[[nodiscard]] std::string write(const std::vector<Rule>& rules);  // as a rule file
[[nodiscard]] std::string write(const Condition& condition);

}  // namespace differential
