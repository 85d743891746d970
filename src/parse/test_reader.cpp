// The post of a test is kept as it stands: what its fields mean is the checker's.
#include "parse/test_reader.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "parse/reading.hpp"

namespace modcore::parse {
namespace {

// An empty list means "none".
std::vector<ast::Name> read_list(const YamlEntry& entry, Reporter& reporter) {
  if (entry.value.kind == YamlNode::Kind::sequence && entry.value.items.empty()) return {};
  return read_words(entry.value, fmt::format("`{}`", entry.key.text), reporter);
}

enum class Scope : bool { rule, policy };

ast::Expectation read_expectation(const YamlNode& node, Scope scope, Reporter& reporter) {
  ast::Expectation expect;
  expect.span = node.span;
  std::vector<KeyReader> keys{
      {"verdict",
       [&](const YamlEntry& e) { expect.verdict = read_word(e.value, "`verdict`", reporter); }},
      {"hidden",
       [&](const YamlEntry& e) { expect.hidden = read_boolean(e.value, "`hidden`", reporter); }},
      {"routes", [&](const YamlEntry& e) { expect.routes = read_list(e, reporter); }},
  };
  if (scope == Scope::rule) {
    keys.push_back(
        {"evidence", [&](const YamlEntry& e) { expect.evidence = read_list(e, reporter); }});
  } else {
    keys.push_back({"fired", [&](const YamlEntry& e) { expect.fired = read_list(e, reporter); }});
    keys.push_back(
        {"not_fired", [&](const YamlEntry& e) { expect.not_fired = read_list(e, reporter); }});
  }
  read_map(node, "`expect`", keys, reporter);
  return expect;
}

ast::Value body_alone(const YamlNode& node) {
  ast::Value post;
  post.kind = ast::Value::Kind::map;
  post.span = node.span;
  ast::Value body = read_value(node);
  body.kind = ast::Value::Kind::text;
  post.entries.push_back({ast::Name{"body", node.span}, std::move(body)});
  return post;
}

std::optional<ast::TestCase> read_case(const YamlNode& node, ast::TestKind kind, Scope scope,
                                       Reporter& reporter) {
  if (node.reported) return std::nullopt;
  ast::TestCase test;
  test.kind = kind;
  test.span = node.span;
  if (node.is_scalar()) {
    if (node.is_plain() && (is_number(node.text) || is_boolean(node.text))) {
      if (!read_text(node, "a post", reporter)) return std::nullopt;  // for its warning
    }
    test.post = body_alone(node);
    return test;
  }
  if (node.kind != YamlNode::Kind::map) {
    report_kind(node, "a post", "a text, or a map of its fields", reporter);
    return std::nullopt;
  }
  if (report_text_as_map(node, "a post", reporter)) return std::nullopt;
  test.post = read_value(node);
  std::erase_if(test.post.entries, [](const auto& field) { return field.first.value == "expect"; });
  if (const YamlEntry* expect = node.find("expect")) {
    test.expect = read_expectation(expect->value, scope, reporter);
  }
  return test;
}

std::vector<ast::TestCase> read_cases(const YamlEntry& entry, ast::TestKind kind, Scope scope,
                                      Reporter& reporter) {
  std::vector<ast::TestCase> cases;
  if (entry.value.kind != YamlNode::Kind::sequence) {
    report_kind(entry.value, fmt::format("`{}`", entry.key.text), "a list of posts", reporter);
    return cases;
  }
  for (const YamlNode& item : entry.value.items) {
    if (auto test = read_case(item, kind, scope, reporter)) cases.push_back(std::move(*test));
  }
  return cases;
}

struct KindKey {
  std::string_view key;
  ast::TestKind kind;
};

constexpr std::array kind_keys{
    KindKey{"match", ast::TestKind::match},
    KindKey{"no_match", ast::TestKind::no_match},
    KindKey{"undetermined", ast::TestKind::undetermined},
    KindKey{"todo_match", ast::TestKind::todo_match},
    KindKey{"todo_no_match", ast::TestKind::todo_no_match},
};

}  // namespace

RuleTests read_rule_tests(const YamlNode& node, Reporter& reporter) {
  RuleTests tests;
  std::vector<KeyReader> keys;
  for (const KindKey& kind : kind_keys) {
    keys.push_back({kind.key, [&tests, &reporter, &kind](const YamlEntry& e) {
                      auto cases = read_cases(e, kind.kind, Scope::rule, reporter);
                      std::move(cases.begin(), cases.end(), std::back_inserter(tests.cases));
                    }});
  }
  keys.push_back({"mutations", [&](const YamlEntry& e) {
                    tests.mutations = read_words(e.value, "`mutations`", reporter);
                  }});
  read_map(node, "`tests`", keys, reporter);
  return tests;
}

std::vector<ast::TestCase> read_policy_tests(const YamlNode& node, Reporter& reporter) {
  std::vector<ast::TestCase> cases;
  if (node.kind != YamlNode::Kind::sequence) {
    report_kind(node, "`cases`", "a list of posts", reporter);
    return cases;
  }
  for (const YamlNode& item : node.items) {
    auto test = read_case(item, ast::TestKind::match, Scope::policy, reporter);
    if (test) cases.push_back(std::move(*test));
  }
  return cases;
}

}  // namespace modcore::parse
