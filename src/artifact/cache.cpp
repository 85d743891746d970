#include "artifact/cache.hpp"

#include <optional>

#include <fmt/format.h>
#include <xxhash.h>

#include "artifact/contents.hpp"
#include "artifact/fields.hpp"
#include "compile/patterns.hpp"
#include "support/files.hpp"

namespace modcore::artifact {

void fields(auto& archive, Is<ir::Item> auto& value) {
  auto& [source, span, what, distinct] = value;
  archive(what, distinct);
}
void fields(auto& archive, Is<ir::Pattern> auto& value) {
  auto& [name, rule, span, items, tolerance, in, languages, at, unit, except, is_except] = value;
  archive(items, tolerance, in, languages, at, unit, except, is_except);
}

namespace {

constexpr std::size_t largest_entry = std::size_t{1} << 30U;

// All that the plan depends on: the patterns, not where or how they were written.
std::string key_of(const ir::RuleSet& rules, const std::vector<ir::PatternUse>& uses,
                   const std::vector<bool>& waits) {
  const About here = about_this_library();
  const std::vector<std::uint8_t> waiting(waits.begin(), waits.end());
  Writer writer;
  writer(here.native, here.tables, here.language, rules.patterns, rules.has_policy, rules.languages,
         rules.limits, uses, waiting);
  const std::string bytes = writer.take();
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::shared_ptr<const runtime::MatchPlan> find(const std::string& path, const std::string& key,
                                               const std::vector<ir::PatternUse>& uses) {
  const files::ReadFile file = files::read(path, largest_entry);
  if (!file.bytes || !file.only_ours) return nullptr;
  return read_plan(*file.bytes, key, uses);
}

}  // namespace

std::string cache_problem(const std::string& folder) { return files::make_own_folder(folder); }

std::shared_ptr<const runtime::MatchPlan> compile_with_cache(const std::string& folder,
                                                             const ir::RuleSet& rules,
                                                             const std::vector<ir::PatternUse>& uses,
                                                             const std::vector<bool>& waits,
                                                             diag::Sink& sink) {
  const std::string key = key_of(rules, uses, waits);
  const std::string path = folder + "/" + key + ".plan";
  if (auto plan = find(path, key, uses)) return plan;
  const std::size_t reported = sink.size();
  auto plan = compiler::compile_patterns(rules, uses, waits, sink);
  // What was said of the patterns must be said again. A full disk costs time only.
  if (plan && sink.size() == reported) static_cast<void>(files::replace(path, write_plan(*plan, key)));
  return plan;
}

}  // namespace modcore::artifact
