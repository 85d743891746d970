// Compiles hand-made patterns and searches posts for them.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ir/rule_set.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"

namespace modcore::test {

// One rule set and one post at a time. The pattern added first is use 0, unless
// uses are given.
class Matching {
 public:
  explicit Matching(ir::Pattern pattern) { add(std::move(pattern)); }
  Matching() = default;

  // The use that asks for it in the fields of its `in`.
  runtime::UseId add(ir::Pattern pattern);
  // With an exception.
  runtime::UseId add(ir::Pattern pattern, ir::Pattern except);
  runtime::UseId ask(std::uint32_t pattern, ir::FieldSet fields);

  [[nodiscard]] ir::RuleSet& rules() { return rules_; }
  // Searches; the texts must live as long as answers are wanted.
  runtime::Matcher& search(const Post& post, std::string_view lang = {});
  runtime::Matcher& search(std::string_view body) { return search(Post{.body = body}); }

  // The characters of each match, in order: "kill you|free".
  [[nodiscard]] std::string found(const Post& post, runtime::UseId use = {});
  [[nodiscard]] std::string found(std::string_view body) { return found(Post{.body = body}); }

  // Messages of what compile_patterns() reports, one a line.
  [[nodiscard]] std::string diagnostics();

 private:
  ir::RuleSet rules_;
  std::vector<ir::PatternUse> uses_;
  std::unique_ptr<runtime::Matcher> matcher_;
  runtime::PostText post_;
};

}  // namespace modcore::test
