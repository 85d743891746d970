#include "api/compilation.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>
#include <xxhash.h>

#include <modcore/version.hpp>

#include "api/used_fields.hpp"
#include "compile/encode.hpp"
#include "compile/patterns.hpp"
#include "compile/wake.hpp"
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

std::optional<std::chrono::sys_seconds> instant(const std::optional<std::int64_t>& seconds) {
  if (!seconds) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(*seconds));
}

RuleInfo rule_info(const program::Image& image, const program::Rule& rule) {
  RuleInfo info;
  info.id = rule.id;
  info.category = image.categories[static_cast<std::size_t>(rule.category)].name;
  if (rule.verdict) info.verdict = static_cast<Verdict>(*rule.verdict);
  info.severity = static_cast<RuleSeverity>(rule.severity);
  info.status = static_cast<RuleStatus>(rule.status);
  info.active_from = instant(rule.active_from);
  info.expires = instant(rule.expires);
  return info;
}

void add_rule_infos(const source::SourceMap& sources, const ir::RuleSet& rules,
                    detail::EngineState& engine) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    engine.files.push_back(sources.name(static_cast<source::SourceId>(i)));
  }
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    RuleInfo& info = engine.rules.emplace_back(rule_info(*engine.image, engine.image->rules[i]));
    const source::Span span = rules.rules[i].span;
    if (span.source == source::no_source) continue;
    info.file = engine.files[static_cast<std::size_t>(span.source)];
    info.line = sources.position(span.source, span.begin).line;
  }
}

void build_engine(Compilation& compilation) {
  const ir::RuleSet& rules = compilation.checked.rules;
  auto engine = std::make_shared<detail::EngineState>();
  const auto image = std::make_shared<const program::Image>(compiler::encode(rules));
  engine->image = image;
  engine->plan = compiler::compile_patterns(rules, image->uses,
                                            compiler::waiting_patterns(rules, *image), compilation.sink);
  if (compilation.sink.has_errors()) return;
  engine->fingerprint = fingerprint_of(rules);
  engine->used_fields = used_fields(rules, *image);
  add_rule_infos(compilation.sources, rules, *engine);
  for (const ir::HostAttribute& attribute : image->host_attributes) {
    engine->attributes.push_back({attribute.name, ir::to_string(attribute.type)});
  }
  compilation.engine = std::move(engine);
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
  if (!compilation->sink.has_errors()) build_engine(*compilation);
  return compilation;
}

}  // namespace

std::unique_ptr<Compilation> compile_paths(const std::vector<std::string>& paths,
                                           const CompileOptions& options) {
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
