#include "tooling/config.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "check/report.hpp"
#include "check/time.hpp"
#include "diag/catalogue.hpp"
#include "load/paths.hpp"
#include "support/glob.hpp"
#include "tooling/named_diagnostic.hpp"

namespace modcore::tooling {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> level_words{"info", "warning", "error", "off"};

std::optional<Level> read_level(const ast::Name& word, std::size_t count, std::string_view key,
                                diag::Sink& sink) {
  const auto end = level_words.begin() + static_cast<std::ptrdiff_t>(count);
  const auto found = std::find(level_words.begin(), end, word.value);
  if (found != end) return static_cast<Level>(found - level_words.begin());
  sink.report(diag::enum_value_unknown, word.span,
              {word.value, key, count == 4 ? "info, warning, error, off" : "info, warning, error"})
      .suggest(word.span, diag::nearest(word.value, {level_words.begin(), end}));
  return std::nullopt;
}

Levels read_levels(const std::vector<ast::LevelSetting>& settings, diag::Sink& sink) {
  Levels levels;
  for (const ast::LevelSetting& setting : settings) {
    const DiagnosticInfo* info = named_diagnostic(setting.diagnostic.value, setting.diagnostic.span, sink);
    const auto level = read_level(setting.level, level_words.size(), "levels", sink);
    if (info == nullptr || !level) continue;
    if (is_always_error(*info) && *level != Level::error) {
      sink.report(diag::error_not_negotiable, setting.diagnostic.span, {info->id, "lowered"});
    } else if (!levels.emplace(info->id, *level).second) {
      sink.report(diag::duplicate_id, setting.diagnostic.span, {"level of", info->id});
    }
  }
  return levels;
}

constexpr std::array<std::string_view, 9> required_keys{
    "title", "reason", "category", "guideline", "owner", "severity", "expires", "tests", "meta.KEY"};

bool can_be_required(std::string_view key) {
  if (key.starts_with("meta.")) return key.size() > 5;
  return std::ranges::find(required_keys, key) != required_keys.end();
}

std::vector<ast::Name> read_required(const std::vector<ast::Name>& keys, diag::Sink& sink) {
  std::vector<ast::Name> known;
  for (const ast::Name& key : keys) {
    if (can_be_required(key.value)) {
      known.push_back(key);
    } else {
      sink.report(diag::enum_value_unknown, key.span,
                  {key.value, "require", checker::joined(required_keys)})
          .suggest(key.span, diag::nearest(key.value, {required_keys.begin(), required_keys.end()}));
    }
  }
  return known;
}

lint::style::StyleSettings read_style(const ast::ConfigFile& file, diag::Sink& sink) {
  lint::style::StyleSettings style;
  style.require = read_required(file.require, sink);
  style.owners = file.owners;
  style.ids = file.ids;
  const auto period = [&sink](const std::optional<ast::Name>& written, std::int64_t& into) {
    const auto seconds =
        written ? checker::parse_duration(checker::Reporter(sink), *written) : std::nullopt;
    if (seconds) into = *seconds;
  };
  period(file.expiring, style.expiring);
  period(file.shadow, style.shadow);
  period(file.review, style.review);
  return style;
}

std::vector<std::string> texts(const std::vector<ast::Name>& names) {
  std::vector<std::string> result;
  for (const ast::Name& name : names) result.push_back(name.value);
  return result;
}

bool is_enabled(std::string_view id) {
  const auto catalogue = diagnostic_catalogue();
  const auto found = std::ranges::lower_bound(catalogue, id, {}, &DiagnosticInfo::id);
  return found == catalogue.end() || found->id != id || found->enabled;
}

bool any_matches(const std::vector<std::string>& globs, const std::string& path) {
  return std::ranges::any_of(globs, [&](const std::string& glob) { return glob_matches(glob, path); });
}

}  // namespace

Config::Config(const ast::ConfigFile& file, std::string folder, diag::Sink& sink)
    : folder_(std::move(folder)),
      levels_(read_levels(file.levels, sink)),
      exclude_(texts(file.exclude)),
      wordlists_(file.wordlists),
      style_(read_style(file, sink)) {
  if (file.fail_level) {
    const auto level = read_level(*file.fail_level, 3, "fail-level", sink);
    if (level) fail_level_ = static_cast<Severity>(*level);
  }
  for (const ast::PathLevels& one : file.overrides) {
    overrides_.push_back({texts(one.paths), read_levels(one.levels, sink)});
  }
}

std::string Config::relative(const std::string& file) const {
  std::error_code error;
  const fs::path absolute = fs::absolute(file, error).lexically_normal();
  const fs::path root = fs::absolute(folder_.empty() ? "." : folder_, error).lexically_normal();
  return absolute.lexically_relative(root).generic_string();
}

Level Config::level_of(const Diagnostic& d) const {
  const auto of = [&d](const Levels& levels) -> std::optional<Level> {
    const auto found = levels.find(d.id);
    return found == levels.end() ? std::nullopt : std::optional(found->second);
  };
  std::optional<Level> level = of(levels_);
  const std::string path = overrides_.empty() ? "" : relative(d.where.file);
  for (const Override& one : overrides_) {
    const auto there = of(one.levels);
    if (there && any_matches(one.paths, path)) level = there;
  }
  if (level) return *level;
  const bool asked = d.id == diag::missing_owner.id && !style_.owners.empty();
  return asked || is_enabled(d.id) ? static_cast<Level>(d.severity) : Level::off;
}

void Config::apply(std::vector<Diagnostic>& diagnostics) const {
  std::erase_if(diagnostics, [this](Diagnostic& d) {
    if (d.severity == Severity::error) return false;
    if (!exclude_.empty() && any_matches(exclude_, relative(d.where.file))) return true;
    const Level level = level_of(d);
    if (level == Level::off) return true;
    d.severity = static_cast<Severity>(level);
    return false;
  });
}

std::string find_config(const std::string& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path.empty() ? "." : path, error).lexically_normal();
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  for (;;) {
    const fs::path candidate = folder / load::config_name;
    if (fs::is_regular_file(candidate, error)) {
      const fs::path shown = fs::proximate(candidate, error);
      return shown.generic_string();
    }
    if (fs::exists(folder / ".git", error) || folder == folder.parent_path()) return {};
    folder = folder.parent_path();
  }
}

}  // namespace modcore::tooling
