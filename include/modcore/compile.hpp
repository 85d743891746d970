// From rule files to an Engine: free functions, no state.
//
//   auto compiled = modcore::compile_files({"policy.yaml"});
//   if (!compiled) { std::cerr << modcore::render(compiled.diagnostics); return 1; }
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <modcore/diagnostic.hpp>
#include <modcore/engine.hpp>
#include <modcore/export.hpp>

namespace modcore {

// A rule file that is already in memory. The name decides how it is read, as
// for a file on disk: "policy.yaml", "spam.rules.yaml", "context.yaml"...
struct Source {
  std::string name;
  std::string text;
};

// A host attribute, as `context.yaml` declares it: {"author.plan", "text"}.
struct AttributeDeclaration {
  std::string name;
  std::string type;  // bool, int, number, duration, time, text, domain, set<text>, set<domain>
};

struct CompileOptions {
  std::string preset = {};  // overrides the policy's; empty leaves it
  std::vector<AttributeDeclaration> attributes = {};
  // A folder where compiled patterns are kept, by their content: what has been
  // compiled before is read from there. Made if it is missing; used only if it is
  // this user's and nobody else may write to it (M022 otherwise). Any number of
  // processes may share it, and its files may be deleted at any time.
  std::string cache = {};
  // Of an artifact among the paths: see LoadOptions::trusted.
  bool trusted = false;
  // Texts that stand in for the files of their names, as an editor has them before
  // they are saved.
  std::vector<Source> unsaved = {};
};

struct CompileResult {
  std::optional<Engine> engine = {};  // set if and only if no diagnostic is an error
  // Sorted by file, place and id, without those that comments of the rules allow.
  std::vector<Diagnostic> diagnostics = {};
  explicit operator bool() const noexcept { return engine.has_value(); }
};

// Compiles sources in memory. Throws only std::bad_alloc. Any number of threads
// may compile at the same time.
[[nodiscard]] MODCORE_API CompileResult compile(std::span<const Source> sources,
                                                const CompileOptions& options = {});

// Compiles what the paths name: a policy, a rule file, a folder, or the name of
// a shipped pack ("spam"). One path that ends in ".mcb" may stand alone: it names
// an artifact, which is loaded. None means the four packs spam, self-promotion,
// harassment and off-topic. A file that cannot be read is a diagnostic.
[[nodiscard]] MODCORE_API CompileResult compile_files(const std::vector<std::string>& paths,
                                                      const CompileOptions& options = {});

struct LoadOptions {
  // Nobody but you can have written these bytes. Then the databases in them are
  // used as they are, in milliseconds. Without it, and where the databases are of
  // another library or processor, they are compiled anew from the patterns.
  bool trusted = false;
};

struct LoadResult {
  std::optional<Engine> engine = {};
  std::string error = {};  // why there is none; empty if there is
  bool rebuilt = false;    // the databases were compiled anew
  explicit operator bool() const noexcept { return engine.has_value(); }
};

// The engine that Engine::save() made bytes of: the same decisions, the same
// fingerprint. Any bytes are legal, from anyone: what is no artifact, is damaged or
// forged is an error and never more than that, unless `trusted`. Throws only
// std::bad_alloc. Thread-safe. Nothing of `bytes` is kept.
[[nodiscard]] MODCORE_API LoadResult load_bytes(std::string_view bytes, const LoadOptions& options = {});
[[nodiscard]] MODCORE_API LoadResult load_file(const std::string& path,
                                               const LoadOptions& options = {});

// Writes the artifact of an engine. Readers see the old file or the new one, never
// a part of it, also after a crash. Empty, or why it could not be written.
[[nodiscard]] MODCORE_API std::string save_file(const Engine& engine, const std::string& path,
                                                const SaveOptions& options = {});

// What compile_files() would report, and what needs a compiled engine besides:
// failing tests and findings between rules, at the levels of a `.modcore.yaml`
// (tooling.hpp). What comments of the rules allow is there, marked as suppressed.
[[nodiscard]] MODCORE_API std::vector<Diagnostic> check_files(const std::vector<std::string>& paths,
                                                              const CompileOptions& options = {});
[[nodiscard]] MODCORE_API std::vector<Diagnostic> check(std::span<const Source> sources,
                                                        const CompileOptions& options = {});

// Holds the engine in force, for hot reload. store(), load() and reload() are
// safe from any thread at the same time; a Scanner on a slot takes the new
// engine between two posts.
class MODCORE_API EngineSlot {
 public:
  explicit EngineSlot(Engine engine);
  ~EngineSlot();
  EngineSlot(const EngineSlot&) = delete;
  EngineSlot& operator=(const EngineSlot&) = delete;

  [[nodiscard]] Engine load() const;
  void store(Engine engine);

  // Compiles aside; on success the new engine is in force, otherwise the last
  // good one stays. Returns what compile_files() returned.
  CompileResult reload(const std::vector<std::string>& paths, const CompileOptions& options = {});

 private:
  friend class Scanner;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace modcore
