#include "check/packs.hpp"

#include <algorithm>
#include <set>

#include "diag/catalogue.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"
#include "text/hosts.hpp"

namespace modcore::checker {
namespace {

using ast::ItemKind;

constexpr std::array<std::string_view, 7> item_kinds{"words",   "phrases", "substrings", "regex",
                                                     "domains", "emoji",   "numbers"};

// "spam/allowed" -> {"spam", "allowed"}
std::pair<std::string_view, std::string_view> split(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  if (slash == std::string_view::npos) return {{}, name};
  return {name.substr(0, slash), name.substr(slash + 1)};
}

class Gatherer {
 public:
  Gatherer(const Policy& policy, const FieldNames& fields, diag::Sink& sink)
      : policy_(policy), fields_(fields), report_(sink) {}

  Packs run(const ast::Bundle& bundle) {
    for (const ast::RuleFile& file : bundle.rule_files) gather(file);
    for (const ast::Override* override_ : policy_.overrides) {
      if (override_->target == ast::Override::Target::rule) continue;
      apply(*override_);
    }
    for (auto& [name, pack] : packs_) {
      for (auto& [list_name, list] : pack.lists) resolve(list);
    }
    return std::move(packs_);
  }

 private:
  void gather(const ast::RuleFile& file) {
    Pack& pack = packs_[file.pack];
    pack.has_rules = pack.has_rules || !file.rules.empty();
    for (const ast::ListDeclaration& list : file.lists) {
      if (!name_is_free(pack, list.name, "list")) continue;
      List& added = pack.lists[list.name.value];
      added.declaration = &list;
      added.items = list.items;
      added.kind = kind_of(list);
    }
    for (const ast::Macro& macro : file.macros) {
      if (!name_is_free(pack, macro.name, "macro")) continue;
      Macro& added = pack.macros[macro.name.value];
      added.declaration = &macro;
      added.body = &macro.body;
    }
  }

  bool name_is_free(const Pack& pack, const ast::Name& name, std::string_view what) {
    if (fields_.find(name.value) || name.value == "quoted_ratio") {
      report_(diag::name_shadows_field, name.span, {what, name.value});
      return false;
    }
    const auto list = pack.lists.find(name.value);
    const auto macro = pack.macros.find(name.value);
    if (list == pack.lists.end() && macro == pack.macros.end()) return true;
    const Span first = list != pack.lists.end() ? list->second.declaration->name.span
                                                : macro->second.declaration->name.span;
    report_(diag::duplicate_id, name.span, {what, name.value}).label(first, "the first one");
    return false;
  }

  ItemKind kind_of(const ast::ListDeclaration& list) {
    if (!list.kind) return ItemKind::phrases;
    const auto index = choose_index(report_, *list.kind, "kind", item_kinds);
    return index ? static_cast<ItemKind>(*index) : ItemKind::phrases;
  }

  List* find_list(std::string_view name) {
    const auto [pack_name, list_name] = split(name);
    const auto pack = packs_.find(pack_name);
    if (pack == packs_.end()) return nullptr;
    const auto list = pack->second.lists.find(list_name);
    return list != pack->second.lists.end() ? &list->second : nullptr;
  }

  void apply(const ast::Override& override_) {
    if (override_.target == ast::Override::Target::list) {
      apply_to_list(override_);
    } else {
      apply_to_macro(override_);
    }
  }

  void apply_to_list(const ast::Override& override_) {
    List* const list = find_list(override_.name.value);
    if (list == nullptr) {
      report_unknown(report_, "list", override_.name, target_names(&Pack::lists));
      return;
    }
    bool changed = false;
    for (const ast::Name& item : override_.remove) {
      if (!agrees(*list, item, true)) continue;
      const bool gone = remove(*list, item.value);
      changed = changed || gone;
      if (!gone) no_effect(item.span, "`" + item.value + "` is not in the list");
    }
    for (const ast::Name& item : override_.append) {
      if (!agrees(*list, item, false)) continue;
      const bool there = std::ranges::count(list->items, item.value, &ast::Name::value) != 0;
      if (there) no_effect(item.span, "`" + item.value + "` is in the list already");
      if (!there) list->items.push_back(item);
      changed = true;
    }
    if (override_.append.empty() && override_.remove.empty()) {
      no_effect(override_.span, "it neither appends nor removes anything");
    }
    list->used = list->used || changed;
  }

  // Overrides of one file have no order, so they may not append and remove one item.
  bool agrees(List& list, const ast::Name& item, bool removes) {
    const auto [known, added] =
        list.changes.try_emplace(meaning(list.kind, item.value), ItemChange{removes, item.span});
    const ItemChange earlier = known->second;
    known->second = {removes, item.span};
    if (added || earlier.removes == removes || earlier.where.source != item.span.source) {
      return true;
    }
    report_(diag::keys_do_not_fit, item.span,
            {"`" + item.value + "` is both appended and removed", "keep one of them"})
        .label(earlier.where, removes ? "appended here" : "removed here");
    return false;
  }

  // The item as it is written, or else those that mean the same.
  static bool remove(List& list, const std::string& text) {
    if (std::erase_if(list.items, [&](const ast::Name& item) { return item.value == text; }) != 0) {
      return true;
    }
    const std::string wanted = meaning(list.kind, text);
    return std::erase_if(list.items, [&](const ast::Name& item) {
             return meaning(list.kind, item.value) == wanted;
           }) != 0;
  }

  // Equal for items that match the same text at the usual tolerance.
  static std::string meaning(ItemKind kind, const std::string& item) {
    if (kind == ItemKind::regex) return item;
    if (kind == ItemKind::emoji) return text::plain_emoji(item);
    if (kind != ItemKind::domains) return text::fold(item, text::Level::accents);
    const std::size_t slash = std::min(item.find('/'), item.size());
    const auto host = text::normalise_host(item.substr(0, slash));
    return host ? *host + item.substr(slash) : item;
  }

  void apply_to_macro(const ast::Override& override_) {
    const auto [pack_name, macro_name] = split(override_.name.value);
    const auto pack = packs_.find(pack_name);
    const bool known = pack != packs_.end() && pack->second.macros.contains(macro_name);
    if (!known) {
      report_unknown(report_, "macro", override_.name, target_names(&Pack::macros));
    } else if (override_.expression) {
      replace(pack->second.macros.find(macro_name)->second, *override_.expression);
    }
  }

  void replace(Macro& macro, const ast::Expr& body) {
    if (macro.replaced && macro.replaced->source == body.span.source) {
      report_(diag::duplicate_key, body.span, {"set"}).label(*macro.replaced, "set here as well");
      return;
    }
    macro.body = &body;
    macro.replaced = body.span;
  }

  void no_effect(Span where, const std::string& why) {
    report_(diag::override_no_effect, where, {why});
  }

  template <typename Names>
  std::vector<std::string_view> target_names(Names Pack::*names) {
    target_names_.clear();
    for (const auto& [pack_name, pack] : packs_) {
      for (const auto& entry : pack.*names) target_names_.insert(pack_name + "/" + entry.first);
    }
    return {target_names_.begin(), target_names_.end()};
  }

  // Fills in the items of the list that this one comes from, first of all theirs.
  void resolve(List& list) {
    const ast::ListDeclaration& declaration = *list.declaration;
    if (!declaration.from || resolved_.contains(&list)) return;
    if (!being_resolved_.insert(&list).second) {
      report_(diag::macro_recursive, declaration.from->span,
              {declaration.name.value, "it comes from itself"});
      return;
    }
    List* const other = find_list(declaration.from->value);
    if (other == nullptr) {
      report_unknown(report_, "list", *declaration.from, target_names(&Pack::lists));
    } else {
      resolve(*other);
      other->used = true;
      if (!declaration.kind) list.kind = other->kind;
      if (declaration.kind && list.kind != other->kind) {
        report_(diag::type_mismatch, declaration.kind->span,
                {"the list `" + other->declaration->name.value + "` holds " +
                 std::string(to_string(other->kind))});
      }
      list.items.insert(list.items.end(), other->items.begin(), other->items.end());
    }
    being_resolved_.erase(&list);
    resolved_.insert(&list);
  }

  const Policy& policy_;
  const FieldNames& fields_;
  Reporter report_;
  Packs packs_;
  std::set<std::string> target_names_;
  std::set<const List*> resolved_;
  std::set<const List*> being_resolved_;
};

}  // namespace

Packs gather_packs(const ast::Bundle& bundle, const Policy& policy, const FieldNames& fields,
                   diag::Sink& sink) {
  return Gatherer(policy, fields, sink).run(bundle);
}

void report_unused(const Packs& packs, diag::Sink& sink) {
  const auto report = [&sink](const auto& names, std::string_view what) {
    for (const auto& [name, entry] : names) {
      if (!entry.used) sink.report(diag::unused, entry.declaration->name.span, {what, name});
    }
  };
  for (const auto& [name, pack] : packs) {
    if (!pack.has_rules) continue;
    report(pack.lists, "list");
    report(pack.macros, "macro");
  }
}

std::string_view to_string(ast::ItemKind kind) noexcept {
  return item_kinds[static_cast<std::size_t>(kind)];
}

}  // namespace modcore::checker
