#include "api/compilation.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <future>

#include <fmt/format.h>
#include <xxhash.h>

#include <modcore/version.hpp>

#include "api/used_fields.hpp"
#include "artifact/cache.hpp"
#include "compile/encode.hpp"
#include "compile/patterns.hpp"
#include "compile/wake.hpp"
#include "diag/catalogue.hpp"
#include "load/load.hpp"
#include "runtime/database.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::api {

namespace {

// The types that a host may declare, in the words of the language.
constexpr std::array host_types = {ir::Type::boolean,  ir::Type::integer, ir::Type::number,
                                   ir::Type::duration, ir::Type::time,    ir::Type::text,
                                   ir::Type::domain,   ir::Type::text_set, ir::Type::domain_set};

std::string host_type_names() {
  std::string names;
  for (const ir::Type type : host_types) {
    names += (names.empty() ? "" : ", ") + std::string(ir::to_string(type));
  }
  return names;
}

std::vector<ir::HostAttribute> declared_attributes(const CompileOptions& options, diag::Sink& sink) {
  std::vector<ir::HostAttribute> attributes;
  for (const AttributeDeclaration& declaration : options.attributes) {
    const auto type = std::ranges::find_if(host_types, [&](ir::Type known) {
      return ir::to_string(known) == declaration.type;
    });
    if (type == host_types.end()) {
      sink.report(diag::enum_value_unknown, {},
                  {declaration.type, "the type of " + declaration.name, host_type_names()});
    } else {
      attributes.push_back({.name = declaration.name, .type = *type, .text = {}});
    }
  }
  return attributes;
}

// Over all that can show in a decision: the rules' canonical text, and what
// gives the text its meaning.
Fingerprint fingerprint_of(const ir::RuleSet& rules) {
  const std::string text = fmt::format("language {} tables {}\n", language_version,
                                       text::unicode::version) + ir::dump(rules);
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {.high = hash.high64, .low = hash.low64};
}

artifact::Origins origins_of(const source::SourceMap& sources, const ir::RuleSet& rules,
                             const program::Image& image) {
  artifact::Origins origins;
  origins.used_fields = used_fields(rules, image);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    origins.files.push_back(sources.name(static_cast<source::SourceId>(i)));
  }
  for (const ir::Rule& rule : rules.rules) {
    const source::Span span = rule.span;
    const bool known = span.source != source::no_source;
    origins.places.push_back({known ? static_cast<std::uint32_t>(span.source) : artifact::no_file,
                              known ? sources.position(span.source, span.begin).line : 0});
  }
  return origins;
}

std::shared_ptr<const runtime::MatchPlan> plan_of(const ir::RuleSet& rules, const program::Image& image,
                                                  const std::string& cache, diag::Sink& sink) {
  const std::vector<bool> waits = compiler::waiting_patterns(rules, image);
  if (cache.empty()) return compiler::compile_patterns(rules, image.uses, waits, sink);
  if (const std::string problem = artifact::cache_problem(cache); !problem.empty()) {
    sink.report(diag::cache_unusable, {}, {cache, problem});
    return compiler::compile_patterns(rules, image.uses, waits, sink);
  }
  return artifact::compile_with_cache(cache, rules, image.uses, waits, sink);
}

void build_engine(Compilation& compilation, const std::string& cache) {
  const ir::RuleSet& rules = compilation.checked.rules;
  // It is of the rules alone, so it is worked out beside what they are compiled to.
  auto fingerprint = std::async(std::launch::async | std::launch::deferred, fingerprint_of, std::cref(rules));
  auto image = std::make_shared<const program::Image>(compiler::encode(rules));
  auto plan = plan_of(rules, *image, cache, compilation.sink);
  if (compilation.sink.has_errors()) return;
  auto origins = origins_of(compilation.sources, rules, *image);
  compilation.engine = detail::make_engine_state(std::move(image), std::move(plan),
                                                 fingerprint.get(), std::move(origins));
}

template <typename Load>
std::unique_ptr<Compilation> run(const CompileOptions& options, const Load& load) {
  auto compilation = std::make_unique<Compilation>();
  if (const auto problem = runtime::platform_problem()) {
    compilation->sink.report(diag::machine_unsuitable, {}, {*problem});
    return compilation;
  }
  const checker::Options check_options{.attributes =
                                           declared_attributes(options, compilation->sink)};
  compilation->bundle = load(*compilation);
  compilation->checked = checker::check(compilation->bundle, check_options, compilation->sink);
  if (!compilation->sink.has_errors()) build_engine(*compilation, options.cache);
  return compilation;
}

bool is_artifact(const std::string& path) { return path.ends_with(".mcb"); }

// Nothing can be added to compiled rules.
std::unique_ptr<Compilation> load_artifact(const std::vector<std::string>& paths,
                                           const CompileOptions& options) {
  auto compilation = std::make_unique<Compilation>();
  compilation->loaded = true;
  const std::string& path = *std::ranges::find_if(paths, is_artifact);
  const auto report = [&](std::string_view problem, std::string_view help) {
    compilation->sink.report(diag::artifact_unusable, {}, {path, problem, help});
  };
  if (paths.size() > 1) {
    report("they stand beside other rules", "compile all sources together into one artifact");
  } else if (!options.preset.empty() || !options.attributes.empty()) {
    report("a preset or attributes are asked for", "give them when the rules are compiled");
  } else {
    LoadResult loaded = load_file(path, {.trusted = options.trusted});
    if (loaded) compilation->engine = detail::EngineAccess::state(*loaded.engine);
    if (!loaded) report(loaded.error, "`modcore compile` writes one");
  }
  return compilation;
}

}  // namespace

std::unique_ptr<Compilation> compile_paths(const std::vector<std::string>& paths,
                                           const CompileOptions& options) {
  if (std::ranges::any_of(paths, is_artifact)) return load_artifact(paths, options);
  return run(options, [&](Compilation& into) {
    return load::load_paths(paths, options, into.sources, into.sink);
  });
}

std::unique_ptr<Compilation> compile_sources(std::span<const Source> sources,
                                             const CompileOptions& options) {
  return run(options, [&](Compilation& into) {
    return load::load_sources(sources, options, into.sources, into.sink);
  });
}

}  // namespace modcore::api
