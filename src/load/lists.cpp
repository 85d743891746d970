// Lists: items from text files, and declarations of packs that are not loaded.
#include <algorithm>

#include "diag/catalogue.hpp"
#include "load/loader.hpp"
#include "load/paths.hpp"

namespace modcore::load {

// Packs that lists come from are appended while this runs, and their own lists
// are read in turn.
void Loader::load_lists() {
  for (std::size_t index = 0; index < bundle_.rule_files.size(); ++index) {
    std::vector<std::string> packs;
    const Origin origin = origins_[index];
    for (ast::ListDeclaration& list : bundle_.rule_files[index].lists) {
      if (list.file) read_list(list, origin);
      if (list.from) packs.push_back(list.from->value.substr(0, list.from->value.find('/')));
    }
    for (const std::string& pack : packs) load_lists_of_pack(pack);
  }
}

void Loader::read_list(ast::ListDeclaration& list, const Origin& origin) {
  const std::string path = join(origin.folder, list.file->value);
  if (list.file->value.starts_with('/') || !lies_below(path, origin.root)) {
    sink_.report(diag::path_escapes_root, list.file->span, {list.file->value});
    return;
  }
  const auto source = read({origin.tree, path}, list.file->span);
  if (!source) return;
  auto items = parse::parse_list(sources_, *source, sink_);
  std::ranges::move(items, std::back_inserter(list.items));
}

// Only its lists are wanted: the rules of a pack that nobody named stay out. A
// pack that does not exist is reported where its list is used.
void Loader::load_lists_of_pack(std::string_view pack) {
  if (has_pack(pack)) return;
  const auto place = find_pack(pack);
  if (!place) return;
  for (const Place& part : pack_files(*place)) {
    auto file = parse_place(part, {});
    auto* rules = file ? std::get_if<ast::RuleFile>(&*file) : nullptr;
    if (rules == nullptr) continue;
    sink_.allowances().excuse(rules->source);
    ast::RuleFile lists;
    lists.source = rules->source;
    lists.pack = pack;
    lists.lists = std::move(rules->lists);
    bundle_.rule_files.push_back(std::move(lists));
    const bool folder = place->tree->kind(place->path) == Tree::Kind::folder;
    origins_.push_back(
        {part.tree, folder_of(part.path), folder ? place->path : folder_of(part.path)});
  }
}

bool Loader::has_pack(std::string_view pack) const {
  return std::ranges::any_of(bundle_.rule_files,
                             [&](const ast::RuleFile& file) { return file.pack == pack; });
}

}  // namespace modcore::load
