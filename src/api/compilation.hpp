// One run from sources to an engine, with all that tools ask for afterwards.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include <modcore/compile.hpp>

#include "api/engine_state.hpp"
#include "ast/ast.hpp"
#include "check/check.hpp"
#include "diag/sink.hpp"
#include "source/source_map.hpp"

namespace modcore::api {

// Stays where it was made: the sink refers to the sources, the tests to the bundle.
struct Compilation {
  Compilation() = default;
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;

  source::SourceMap sources;
  diag::Sink sink{sources};
  ast::Bundle bundle;
  checker::Result checked;
  std::shared_ptr<const detail::EngineState> engine;  // null after an error
  bool loaded = false;  // from an artifact: there are no sources, rules and tests
};

[[nodiscard]] std::unique_ptr<Compilation> compile_paths(const std::vector<std::string>& paths,
                                                         const CompileOptions& options);
[[nodiscard]] std::unique_ptr<Compilation> compile_sources(std::span<const Source> sources,
                                                           const CompileOptions& options);

}  // namespace modcore::api
