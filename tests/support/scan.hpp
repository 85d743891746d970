// Hand-made typed rules, compiled and ready to judge posts.
#pragma once

#include <memory>

#include <doctest/doctest.h>

#include "compile/encode.hpp"
#include "compile/patterns.hpp"
#include "compile/wake.hpp"
#include "diag/sink.hpp"
#include "program/verify.hpp"
#include "runtime/session.hpp"
#include "source/source_map.hpp"

namespace modcore::testing {

inline std::unique_ptr<runtime::Session> session_of(const ir::RuleSet& rules) {
  const auto image = std::make_shared<const program::Image>(compiler::encode(rules));
  REQUIRE(program::verify(*image) == "");
  const source::SourceMap sources;
  diag::Sink sink(sources);
  const auto plan = compiler::compile_patterns(rules, image->uses,
                                               compiler::waiting_patterns(rules, *image), sink);
  REQUIRE(plan != nullptr);
  return std::make_unique<runtime::Session>(image, plan);
}

inline Decision scan(const ir::RuleSet& rules, const Post& post) {
  return session_of(rules)->scan(post);
}

// Whether a single rule with this condition fires, does not, or stays unknown.
enum class Outcome : std::uint8_t { fires, does_not, unknown };

inline Outcome outcome_of(const ir::RuleSet& rules, const Post& post) {
  const Decision decision = scan(rules, post);
  if (!decision.fired.empty()) return Outcome::fires;
  return decision.undetermined.empty() ? Outcome::does_not : Outcome::unknown;
}

}  // namespace modcore::testing
