// From a bundle to typed rules: names, types, admissible patterns, logic.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "check/effective_rule.hpp"
#include "diag/sink.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

using source::Span;

// The disguises that a rule may name under `mutations`, in the order of the values
// of DisguiseKind.
inline constexpr std::array<std::string_view, 10> mutation_names = {
    "case",    "accents",     "leet",    "homoglyph", "zero-width",
    "spacing", "punctuation", "stretch", "mask",      "markup"};

struct Options {
  std::vector<ir::HostAttribute> attributes;  // declared by the API
};

// An inline test or a case of a *.test.yaml, its post as the rule file gives it.
struct Test {
  std::optional<ir::RuleId> rule;       // empty: the whole policy
  const ast::TestCase* test = nullptr;  // owned by the bundle
  std::size_t index = 0;                // among those of its kind in its rule or file
};

// A disguise under which every `match` case of a rule must match as well.
struct Mutation {
  ir::RuleId rule{};
  std::uint32_t kind = 0;  // index into mutation_names
  Span span;
};

struct Result {
  // Complete if and only if nothing was reported as an error; otherwise not to be
  // used.
  ir::RuleSet rules;
  std::vector<EffectiveRule> written;  // by RuleId, as the bundle has them
  std::vector<Test> tests;
  std::vector<Mutation> mutations;  // each rule's side by side
};

// Applies presets and overrides, resolves and types everything. Reports all that
// is wrong, but not what only follows from another error.
[[nodiscard]] Result check(const ast::Bundle& bundle, const Options& options, diag::Sink& sink);

}  // namespace modcore::checker
