#include <modcore/compile.hpp>

#include "api/compilation.hpp"
#include "api/engine_slot_state.hpp"

namespace modcore {

namespace {

CompileResult result_of(api::Compilation& compilation) {
  CompileResult result;
  if (compilation.engine) result.engine = detail::EngineAccess::make(compilation.engine);
  result.diagnostics = compilation.sink.take();
  std::erase_if(result.diagnostics, [](const Diagnostic& d) { return d.suppressed; });
  return result;
}

}  // namespace

CompileResult compile(std::span<const Source> sources, const CompileOptions& options) {
  return result_of(*api::compile_sources(sources, options));
}

CompileResult compile_files(const std::vector<std::string>& paths, const CompileOptions& options) {
  return result_of(*api::compile_paths(paths, options));
}

EngineSlot::EngineSlot(Engine engine) : state_(std::make_shared<State>(std::move(engine))) {}
EngineSlot::~EngineSlot() = default;

Engine EngineSlot::load() const { return state_->load(); }

void EngineSlot::store(Engine engine) { state_->store(std::move(engine)); }

CompileResult EngineSlot::reload(const std::vector<std::string>& paths,
                                 const CompileOptions& options) {
  CompileResult result = compile_files(paths, options);
  if (result.engine) store(*result.engine);
  return result;
}

}  // namespace modcore
