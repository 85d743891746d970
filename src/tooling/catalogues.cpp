// The names that the language and this library know.
#include <set>

#include <modcore/tooling.hpp>

#include "api/engine_state.hpp"
#include "check/functions.hpp"
#include "ir/fields.hpp"
#include "load/load.hpp"

namespace modcore {

std::span<const FieldInfo> field_catalogue() noexcept {
  static const std::vector<FieldInfo> catalogue = [] {
    std::vector<FieldInfo> fields;
    for (const ir::StandardField& field : ir::standard_fields()) {
      fields.push_back({field.name, ir::to_string(field.type), field.summary});
    }
    return fields;
  }();
  return catalogue;
}

std::vector<FieldInfo> declared_fields(const Engine& engine) {
  std::vector<FieldInfo> fields;
  for (const ir::HostAttribute& host :
       detail::EngineAccess::state(engine)->image->host_attributes) {
    fields.push_back({host.name, ir::to_string(host.type), "declared by these rules"});
  }
  return fields;
}

std::span<const FunctionInfo> function_catalogue() noexcept {
  static const std::vector<FunctionInfo> catalogue = [] {
    std::vector<FunctionInfo> functions;
    for (const checker::FunctionInfo& one : checker::functions()) {
      functions.push_back({one.name, one.signature, one.summary});
    }
    return functions;
  }();
  return catalogue;
}

namespace {

constexpr std::string_view presets_folder = "presets";
constexpr std::string_view rules_ending = ".rules.yaml";
constexpr std::string_view preset_ending = ".yaml";

}  // namespace

// A pack is a folder, or one rule file at the top.
std::vector<std::string> shipped_packs() {
  std::set<std::string> names;
  for (const load::EmbeddedFile& file : load::embedded_files()) {
    if (!file.path.ends_with(rules_ending)) continue;
    const std::size_t slash = file.path.find('/');
    names.emplace(slash != std::string_view::npos
                      ? file.path.substr(0, slash)
                      : file.path.substr(0, file.path.size() - rules_ending.size()));
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> shipped_presets() {
  std::set<std::string> names;
  for (const load::EmbeddedFile& file : load::embedded_files()) {
    const std::size_t slash = file.path.find('/');
    if (file.path.substr(0, slash) != presets_folder || !file.path.ends_with(preset_ending)) continue;
    const std::string_view name = file.path.substr(slash + 1);
    names.emplace(name.substr(0, name.size() - preset_ending.size()));
  }
  return {names.begin(), names.end()};
}

}  // namespace modcore
