// `.modcore.yaml`, as strict as rule files.
#include "diag/catalogue.hpp"
#include "parse/parse.hpp"
#include "parse/reading.hpp"

namespace modcore::parse {
namespace {

using Entry = const YamlEntry&;

std::vector<ast::LevelSetting> read_levels(const YamlNode& node, Reporter& reporter) {
  std::vector<ast::LevelSetting> levels;
  for_each_entry(node, "`levels`", reporter, [&](Entry e) {
    if (auto level = read_word(e.value, "a level", reporter)) {
      levels.push_back({name_of(e.key), std::move(*level)});
    }
  });
  return levels;
}

ast::PathLevels read_path_levels(const YamlNode& node, Reporter& reporter) {
  ast::PathLevels levels;
  read_map(node, "an override",
           {{"paths", [&](Entry e) { levels.paths = read_words(e.value, "`paths`", reporter); }},
            {"levels", [&](Entry e) { levels.levels = read_levels(e.value, reporter); }}},
           reporter);
  for (const std::string_view key : {"paths", "levels"}) {
    if (node.kind == YamlNode::Kind::map && node.find(key) == nullptr) {
      reporter.report(diag::missing_key, node.span, {"an override", key});
    }
  }
  return levels;
}

std::vector<ast::PathLevels> read_overrides(const YamlNode& node, Reporter& reporter) {
  std::vector<ast::PathLevels> overrides;
  if (node.kind != YamlNode::Kind::sequence) {
    report_kind(node, "`overrides`", "a list", reporter);
    return overrides;
  }
  for (const YamlNode& item : node.items) overrides.push_back(read_path_levels(item, reporter));
  return overrides;
}

void read_periods(const YamlNode& node, ast::ConfigFile& config, Reporter& reporter) {
  const auto word = [&](std::optional<ast::Name>& into) {
    return [&into, &reporter](Entry e) { into = read_word(e.value, "a period", reporter); };
  };
  read_map(node, "`periods`",
           {{"expiring", word(config.expiring)},
            {"shadow", word(config.shadow)},
            {"review", word(config.review)}},
           reporter);
}

ast::ConfigFile read_config(const YamlNode& root, Reporter& reporter) {
  ast::ConfigFile config;
  config.source = root.span.source;
  const auto words = [&](std::vector<ast::Name>& into, std::string_view what) {
    return [&into, what, &reporter](Entry e) { into = read_words(e.value, what, reporter); };
  };
  read_map(root, "a .modcore.yaml",
           {{"modcore", [](Entry) {}},
            {"fail-level",
             [&](Entry e) { config.fail_level = read_word(e.value, "`fail-level`", reporter); }},
            {"levels", [&](Entry e) { config.levels = read_levels(e.value, reporter); }},
            {"overrides", [&](Entry e) { config.overrides = read_overrides(e.value, reporter); }},
            {"exclude", words(config.exclude, "`exclude`")},
            {"wordlists", words(config.wordlists, "`wordlists`")},
            {"require", words(config.require, "`require`")},
            {"owners", words(config.owners, "`owners`")},
            {"ids", words(config.ids, "`ids`")},
            {"periods", [&](Entry e) { read_periods(e.value, config, reporter); }}},
           reporter);
  return config;
}

}  // namespace

std::optional<ast::ConfigFile> parse_config(const source::SourceMap& sources, source::SourceId id,
                                            diag::Sink& sink) {
  const auto root = read_yaml(sources, id, sink);
  if (!root) return std::nullopt;
  Reporter reporter(sink);
  if (root->kind == YamlNode::Kind::null) return ast::ConfigFile{};
  if (root->kind != YamlNode::Kind::map) {
    report_kind(*root, "the file", "a map of keys", reporter);
    return std::nullopt;
  }
  check_version(*root, sources.text(id), reporter);
  return read_config(*root, reporter);
}

}  // namespace modcore::parse
