#include "tooling/stale_artifact.hpp"

#include <array>
#include <optional>
#include <string_view>

#include <modcore/tooling.hpp>

#include "api/engine_state.hpp"
#include "diag/catalogue.hpp"
#include "load/paths.hpp"
#include "support/files.hpp"

namespace modcore::tooling {
namespace {

constexpr std::size_t largest_artifact = std::size_t{1} << 30U;

// Where it begins; nothing if no file of this name was read.
std::optional<source::Span> place_of(const std::string& name, const source::SourceMap& sources) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto id = static_cast<source::SourceId>(i);
    if (sources.name(id) == name) return source::Span{id, 0, 0};
  }
  return std::nullopt;
}

}  // namespace

void report_stale_artifact(const std::string& path, api::Compilation& compilation) {
  const std::optional<source::Span> place = place_of(path, compilation.sources);
  if (!place) return;
  constexpr std::array<std::string_view, 4> endings{".rules.yaml", ".rules.yml", ".yaml", ".yml"};
  for (const std::string_view ending : endings) {
    if (!path.ends_with(ending)) continue;
    const std::string beside = path.substr(0, path.size() - ending.size()) + ".mcb";
    const files::ReadFile file = files::read(beside, largest_artifact);
    if (!file.bytes) continue;
    const ArtifactInfo info = inspect_artifact(*file.bytes);
    if (!info.error.empty() || info.fingerprint == compilation.engine->fingerprint) return;
    compilation.sink.report(diag::artifact_of_other_rules, *place, {beside, path});
    return;
  }
}

}  // namespace modcore::tooling
