#include "load/load.hpp"

#include <cstdlib>

#include "diag/catalogue.hpp"
#include "load/loader.hpp"
#include "load/paths.hpp"

namespace modcore::load {
namespace {

std::string rules_path() {
  const char* value = std::getenv("MODCORE_RULES");
  return value != nullptr ? std::string(value) : std::string();
}

// A source in a folder belongs to the pack that the folder is.
std::string pack_of(const std::string& path) {
  const std::string folder = folder_of(path);
  return folder.empty() ? pack_of_file(path) : file_of(folder);
}

}  // namespace

ast::Bundle load_paths(const std::vector<std::string>& paths, const CompileOptions& options,
                       source::SourceMap& sources, diag::Sink& sink) {
  Loader loader(sources, sink, rules_path(), options.unsaved);
  const DiskTree disk(options.unsaved);
  if (paths.empty()) loader.load_default_packs();
  for (const std::string& path : paths) {
    const std::string normal = join("", path);
    if (is_config(normal)) continue;
    if (disk.kind(normal) == Tree::Kind::none && !is_path(path)) {
      loader.load_pack(path, {});
    } else {
      loader.load_place({&disk, normal}, {});
    }
  }
  return loader.finish(options);
}

ast::Bundle load_sources(std::span<const Source> given, const CompileOptions& options,
                         source::SourceMap& sources, diag::Sink& sink) {
  MemoryTree tree("");
  Loader loader(sources, sink, "");
  for (const Source& source : given) {
    if (tree.add(join("", source.name), source.text)) continue;
    sink.report(diag::duplicate_id, {}, {"source", source.name});
  }
  // The policy first: it says where paths may lead.
  for (const Source& source : given) {
    if (file_of(source.name) == "policy.yaml") loader.load_file({&tree, join("", source.name)}, "");
  }
  for (const Source& source : given) {
    const std::string path = join("", source.name);
    if (!path.ends_with(".txt") && !is_config(path)) loader.load_file({&tree, path}, pack_of(path));
  }
  return loader.finish(options);
}

}  // namespace modcore::load
