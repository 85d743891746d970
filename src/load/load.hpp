// From paths or sources in memory to one bundle: policy, packs, presets, lists.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <modcore/compile.hpp>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "source/source_map.hpp"

namespace modcore::load {

// Reads what the paths name (compile_files) and all that it refers to. Every
// problem goes to the sink; the bundle holds what could be read.
[[nodiscard]] ast::Bundle load_paths(const std::vector<std::string>& paths,
                                     const CompileOptions& options, source::SourceMap& sources,
                                     diag::Sink& sink);

// The same for sources in memory; shipped packs are found, the disk is not read.
[[nodiscard]] ast::Bundle load_sources(std::span<const Source> given, const CompileOptions& options,
                                       source::SourceMap& sources, diag::Sink& sink);

// Files that are part of the library, generated from rules/ when it is built.
struct EmbeddedFile {
  std::string_view path;  // "spam/crypto.rules.yaml", "presets/balanced.yaml"
  std::string_view text;
};
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace modcore::load
