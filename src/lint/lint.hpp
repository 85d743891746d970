// Findings that need more than one look: what conditions can mean, what rules
// say of each other, and what their items find in ordinary words.
#pragma once

#include <memory>
#include <span>

#include <modcore/post.hpp>

#include "ast/ast.hpp"
#include "check/check.hpp"
#include "diag/sink.hpp"
#include "lint/word_lists.hpp"
#include "program/image.hpp"
#include "source/source_map.hpp"

namespace modcore::runtime {
struct MatchPlan;
}

namespace modcore::lint {

// A test of a rule, as a post.
struct TestPost {
  ir::RuleId rule{};
  bool matches = false;  // the rule must fire on it
  const Post* post = nullptr;
  source::Span span;
};

// Rules without an error, compiled.
struct Input {
  const source::SourceMap& sources;
  const ast::Bundle& bundle;
  const checker::Result& checked;
  std::shared_ptr<const program::Image> image;
  std::shared_ptr<const runtime::MatchPlan> plan;
  std::span<const TestPost> tests;
  std::span<const WordList> words = {};
};

// Three parts of one whole, which may run at the same time with a sink each: what
// conditions and rules say, what items find in texts, and what is dear. The last one
// measures time and wants the machine for itself.
void lint_meaning(const Input& input, diag::Sink& sink);
void lint_items_in_texts(const Input& input, diag::Sink& sink);
void lint_dear(const Input& input, diag::Sink& sink);

}  // namespace modcore::lint
