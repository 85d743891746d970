// Engines to bytes and back, at the edge.
#include <modcore/compile.hpp>
#include <modcore/tooling.hpp>

#include "api/engine_state.hpp"
#include "artifact/archive.hpp"
#include "artifact/contents.hpp"
#include "artifact/sections.hpp"
#include "runtime/database.hpp"
#include "support/files.hpp"

namespace modcore {

namespace {

constexpr std::size_t largest_artifact = std::size_t{1} << 30U;

Fingerprint fingerprint_of(const artifact::About& about) {
  return {.high = about.fingerprint_high, .low = about.fingerprint_low};
}

}  // namespace

std::string Engine::save(const SaveOptions& options) const {
  artifact::About about = artifact::about_this_library();
  about.fingerprint_high = state_->fingerprint.high;
  about.fingerprint_low = state_->fingerprint.low;
  if (!options.native) about.native.clear();
  return artifact::write(about, *state_->image, *state_->plan, state_->origins, options.native);
}

LoadResult load_bytes(std::string_view bytes, const LoadOptions& options) {
  LoadResult result;
  if (const auto problem = runtime::platform_problem()) {
    result.error = *problem;
    return result;
  }
  try {
    artifact::Parts parts = artifact::read(bytes, options.trusted);
    result.rebuilt = parts.rebuilt;
    result.engine = detail::EngineAccess::make(detail::make_engine_state(
        std::move(parts.image), std::move(parts.plan), fingerprint_of(parts.about),
        std::move(parts.origins)));
  } catch (const artifact::Fault& fault) {
    result.error = fault.what();
  }
  return result;
}

LoadResult load_file(const std::string& path, const LoadOptions& options) {
  const files::ReadFile file = files::read(path, largest_artifact);
  if (!file.bytes) return {.engine = {}, .error = file.problem, .rebuilt = false};
  return load_bytes(*file.bytes, options);
}

std::string save_file(const Engine& engine, const std::string& path, const SaveOptions& options) {
  return files::replace(path, engine.save(options));
}

ArtifactInfo inspect_artifact(std::string_view bytes) {
  ArtifactInfo info;
  try {
    for (const artifact::Section& section : artifact::split_sections(bytes)) {
      info.sections.push_back({std::string(to_string(section.kind)), section.bytes.size()});
    }
    artifact::About about = artifact::read_about(bytes);
    info.native_fits = about.native == artifact::about_this_library().native;
    info.fingerprint = fingerprint_of(about);
    info.language = about.language;
    info.library = std::move(about.library);
    info.tables = std::move(about.tables);
    info.native = std::move(about.native);
  } catch (const artifact::Fault& fault) {
    info.error = fault.what();
  }
  return info;
}

}  // namespace modcore
