#include "load/loader.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <future>
#include <numeric>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "load/paths.hpp"

namespace modcore::load {

using source::Span;

namespace {

constexpr std::array<std::string_view, 4> default_packs{"harassment", "off-topic", "self-promotion",
                                                        "spam"};
constexpr std::string_view presets_folder = "presets";
constexpr std::string_view size_limit = "8 MiB a file";

bool is_test_file(std::string_view path) {
  return path.ends_with(".test.yaml");
}
bool is_beside_rules(std::string_view path) {
  const std::string name = file_of(path);
  return name == "context.yaml" || name == "guidelines.yaml";
}
bool is_rule_file(std::string_view path) {
  return path.ends_with(".rules.yaml");
}

}  // namespace

Loader::Loader(source::SourceMap& sources, diag::Sink& sink, std::string rules_path,
               std::span<const Source> unsaved)
    : sources_(sources), sink_(sink), disk_(unsaved), rules_path_(std::move(rules_path)) {}

std::optional<source::SourceId> Loader::read(const Place& place, Span where) {
  FileText file = place.tree->read(place.path);
  const std::string name = place.tree->display(place.path);
  if (file.text) return sources_.add(name, std::move(*file.text));
  if (file.too_big) {
    sink_.report(diag::limit_exceeded, where, {"`" + name + "`", size_limit});
  } else {
    const std::vector<std::string> names = place.tree->names_in(folder_of(place.path));
    const std::string near(diag::nearest(file_of(place.path), {names.begin(), names.end()}));
    auto report = sink_.report(diag::file_not_found, where, {name, file.problem});
    if (!near.empty() && near != file_of(place.path)) {
      report.help(fmt::format("there is `{}`: correct the name", join(folder_of(place.path), near)));
    } else {
      report.help("put the file there, or correct the name");
    }
  }
  return std::nullopt;
}

std::optional<ast::File> Loader::parse_place(const Place& place, Span where,
                                             std::optional<parse::FileKind> kind) {
  const auto source = read(place, where);
  if (!source) return std::nullopt;
  if (!kind) kind = parse::kind_of(file_of(place.path), sources_.text(*source));
  return parse::parse_file(sources_, *source, *kind, sink_);
}

void Loader::load_place(const Place& place, Span where) {
  switch (place.tree->kind(place.path)) {
    case Tree::Kind::folder:
      load_folder(place, where);
      return;
    case Tree::Kind::file:
      load_file(place, is_beside_rules(place.path) ? "" : pack_of_file(place.path));
      return;
    case Tree::Kind::none:
      sink_.report(diag::file_not_found, where, {place.tree->display(place.path), "no such file"});
  }
}

void Loader::load_file(const Place& place, const std::string& pack) {
  if (!seen_.emplace(place.tree, place.path).second) return;
  auto file = parse_place(place, {});
  if (file) accept(std::move(*file), place, pack);
}

// Each reports into a sink of its own.
struct Loader::Unparsed {
  Place place;
  source::SourceId source;
  diag::Sink sink;
  std::optional<ast::File> file;
};

// YAML takes a fifth of the time that checking a pack takes.
void Loader::parse_all(std::vector<Unparsed>& files) const {
  std::atomic<std::size_t> next = 0;
  const auto parse = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) {
      Unparsed& one = files[i];
      const parse::FileKind kind = parse::kind_of(file_of(one.place.path), sources_.text(one.source));
      one.file = parse::parse_file(sources_, one.source, kind, one.sink);
    }
  };
  if (files.size() < 2) return parse();
  auto beside = std::async(std::launch::async | std::launch::deferred, parse);
  parse();
  beside.get();
}

void Loader::load_files(const std::vector<Place>& places, const std::string& pack) {
  std::vector<Unparsed> files;
  for (const Place& place : places) {
    if (!seen_.emplace(place.tree, place.path).second) continue;
    if (const auto source = read(place, {})) files.push_back({place, *source, diag::Sink(sources_), {}});
  }
  parse_all(files);
  for (Unparsed& one : files) {
    sink_.add(std::move(one.sink));
    if (one.file) accept(*std::move(one.file), one.place, pack);
  }
}

void Loader::accept(ast::File file, const Place& place, const std::string& pack) {
  if (auto* rules = std::get_if<ast::RuleFile>(&file)) {
    rules->pack = pack;
    const std::string folder = folder_of(place.path);
    const bool below_policy =
        policy_place_.tree == place.tree && lies_below(place.path, folder_of(policy_place_.path));
    origins_.push_back({place.tree, folder, below_policy ? folder_of(policy_place_.path) : folder});
    bundle_.rule_files.push_back(std::move(*rules));
  } else if (auto* policy = std::get_if<ast::PolicyFile>(&file)) {
    accept_policy(std::move(*policy), place);
  } else if (auto* guidelines = std::get_if<ast::GuidelinesFile>(&file)) {
    for (ast::GuidelineClause& clause : guidelines->clauses) clause.pack = pack;
    if (!bundle_.guidelines) {
      bundle_.guidelines = std::move(*guidelines);
    } else {
      std::ranges::move(guidelines->clauses, std::back_inserter(bundle_.guidelines->clauses));
    }
  } else if (auto* context = std::get_if<ast::ContextFile>(&file)) {
    bundle_.contexts.push_back(std::move(*context));
  } else {
    bundle_.test_files.push_back(std::move(std::get<ast::TestFile>(file)));
  }
}

void Loader::accept_policy(ast::PolicyFile policy, const Place& place) {
  if (bundle_.policy) {
    sink_.report(diag::duplicate_id, {policy.source, 0, 0}, {"policy", policy.name.value})
        .label(bundle_.policy->name.span, "the first one")
        .help("an engine has one policy; name the other packs in it");
    return;
  }
  policy_place_ = place;
  bundle_.policy = std::move(policy);
  load_references(*bundle_.policy);
  load_test_files();
}

// A folder with a policy is that policy; one with rule files is a pack; one with
// folders of rule files holds packs.
void Loader::load_folder(const Place& folder, Span where) {
  const Place policy{folder.tree, join(folder.path, "policy.yaml")};
  if (folder.tree->kind(policy.path) == Tree::Kind::file) {
    load_file(policy, "");
    return;
  }
  const std::vector<std::string> files = folder.tree->yaml_below(folder.path);
  const bool direct = std::ranges::any_of(files, [&](const std::string& path) {
    return is_rule_file(path) && folder_of(path) == folder.path;
  });
  if (direct) {
    load_pack_folder(folder, file_of(folder.path));
    return;
  }
  std::set<std::string> packs;
  for (const std::string& path : files) {
    if (is_rule_file(path)) packs.insert(folder_of(path));
  }
  if (packs.empty()) {
    sink_.report(diag::file_not_found, where,
                 {folder.tree->display(folder.path), "the folder holds no *.rules.yaml"});
  }
  for (const std::string& pack : packs) load_pack_folder({folder.tree, pack}, file_of(pack));
  for (const std::string& path : files) {
    if (is_beside_rules(path) && folder_of(path) == folder.path) load_file({folder.tree, path}, "");
  }
}

void Loader::load_pack_folder(const Place& folder, const std::string& pack) {
  std::vector<Place> files;
  for (const std::string& path : folder.tree->yaml_below(folder.path)) {
    if (is_rule_file(path) || is_test_file(path) || is_beside_rules(path)) files.push_back({folder.tree, path});
  }
  load_files(files, pack);
  for (Origin& origin : origins_) {
    if (origin.tree == folder.tree && lies_below(origin.folder, folder.path) &&
        lies_below(origin.root, folder.path)) {
      origin.root = folder.path;
    }
  }
}

void Loader::load_references(const ast::PolicyFile& policy) {
  if (!policy.packs_given) load_default_packs();
  for (const ast::Name& pack : policy.packs) load_reference(pack);
  if (policy.guidelines) load_reference(*policy.guidelines, parse::FileKind::guidelines);
  if (policy.context) load_reference(*policy.context, parse::FileKind::context);
}

// A file of the policy, or a pack by name.
void Loader::load_reference(const ast::Name& reference) {
  if (!is_path(reference.value)) {
    load_pack(reference.value, reference.span);
  } else if (const auto place = beside_policy(reference)) {
    load_place(*place, reference.span);
  }
}

void Loader::load_reference(const ast::Name& reference, parse::FileKind kind) {
  const auto place = beside_policy(reference);
  if (!place || !seen_.emplace(place->tree, place->path).second) return;
  auto file = parse_place(*place, reference.span, kind);
  if (file) accept(std::move(*file), *place, "");
}

std::optional<Place> Loader::beside_policy(const ast::Name& reference) {
  if (escapes(reference.value)) {
    sink_.report(diag::path_escapes_root, reference.span, {reference.value});
    return std::nullopt;
  }
  return Place{policy_place_.tree, join(folder_of(policy_place_.path), reference.value)};
}

void Loader::load_test_files() {
  const std::string folder = folder_of(policy_place_.path);
  for (const std::string& path : policy_place_.tree->yaml_below(folder)) {
    if (is_test_file(path) && folder_of(path) == folder) load_file({policy_place_.tree, path}, "");
  }
}

void Loader::load_default_packs() {
  for (const std::string_view pack : default_packs) load_pack(pack, {});
}

void Loader::load_pack(std::string_view name, Span where) {
  if (const auto place = find_pack(name)) {
    load_place(*place, where);
    return;
  }
  const std::vector<std::string> names = pack_names();
  const std::vector<std::string_view> views(names.begin(), names.end());
  sink_.report(diag::unknown_name, where, {"pack", name})
      .suggest(where, diag::nearest(name, views));
}

std::optional<Place> Loader::find_pack(std::string_view name) const {
  std::vector<Place> folders;
  if (policy_place_.tree != nullptr) {
    folders.push_back({policy_place_.tree, folder_of(policy_place_.path)});
  }
  if (!rules_path_.empty()) folders.push_back({&disk_, rules_path_});
  folders.push_back({&shipped_tree(), ""});
  for (const Place& folder : folders) {
    const std::string file = join(folder.path, std::string(name) + ".rules.yaml");
    if (folder.tree->kind(file) == Tree::Kind::file) return Place{folder.tree, file};
    const std::string pack = join(folder.path, name);
    if (!pack_files({folder.tree, pack}).empty()) return Place{folder.tree, pack};
  }
  return std::nullopt;
}

std::vector<Place> Loader::pack_files(const Place& pack) const {
  if (pack.tree->kind(pack.path) == Tree::Kind::file) return {pack};
  std::vector<Place> files;
  if (pack.tree->kind(pack.path) == Tree::Kind::none) return files;
  for (const std::string& path : pack.tree->yaml_below(pack.path)) {
    if (is_rule_file(path)) files.push_back({pack.tree, path});
  }
  return files;
}

std::vector<std::string> Loader::pack_names() const {
  std::set<std::string> names;
  for (const std::string& path : shipped_tree().yaml_below("")) {
    if (is_rule_file(path)) names.insert(folder_of(path));
  }
  return {names.begin(), names.end()};
}

// A preset may name rules of packs that are not loaded.
bool Loader::has_rule(std::string_view id) const {
  return std::ranges::any_of(bundle_.rule_files, [&](const ast::RuleFile& file) {
    return std::ranges::any_of(file.rules, [&](const ast::Rule& rule) { return rule.id.value == id; });
  });
}

void Loader::load_preset(std::string_view name, Span where) {
  const std::string path = join(presets_folder, std::string(name) + ".yaml");
  Place place{&shipped_tree(), path};
  if (!rules_path_.empty() && disk_.kind(join(rules_path_, path)) == Tree::Kind::file) {
    place = {&disk_, join(rules_path_, path)};
  }
  if (is_path(name) || place.tree->kind(place.path) != Tree::Kind::file) {
    std::vector<std::string> names;
    for (const std::string& preset : shipped_tree().yaml_below(std::string(presets_folder))) {
      names.push_back(pack_of_file(preset));
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    sink_.report(diag::unknown_name, where, {"preset", name})
        .suggest(where, diag::nearest(name, views));
    return;
  }
  const auto source = read(place, where);
  auto file =
      source ? parse::parse_file(sources_, *source, parse::FileKind::policy, sink_) : std::nullopt;
  if (auto* fragment = file ? std::get_if<ast::PolicyFile>(&*file) : nullptr) {
    std::erase_if(fragment->overrides, [&](const ast::Override& override_) {
      return override_.target == ast::Override::Target::rule && !has_rule(override_.name.value);
    });
    bundle_.presets.push_back(std::move(*fragment));
  }
}

ast::Bundle Loader::finish(const CompileOptions& options) {
  if (!options.preset.empty()) {
    load_preset(options.preset, {});
  } else if (bundle_.policy && bundle_.policy->preset) {
    const ast::Name preset = *bundle_.policy->preset;
    load_preset(preset.value, preset.span);
  }
  load_lists();
  std::ranges::sort(bundle_.rule_files, {}, [this](const ast::RuleFile& file) {
    return std::pair<std::string_view, std::string_view>(file.pack, sources_.name(file.source));
  });
  return std::move(bundle_);
}

}  // namespace modcore::load
