#include "check/groups.hpp"

#include <algorithm>

#include "check/items.hpp"
#include "check/policy.hpp"
#include "diag/catalogue.hpp"

namespace modcore::checker {
namespace {

using ir::Tolerance;

constexpr std::array<std::string_view, 4> tolerance_words{"exact", "case", "accents", "obfuscated"};

std::vector<std::string_view> names_of(const std::map<std::string, List, std::less<>>& lists) {
  std::vector<std::string_view> names;
  for (const auto& entry : lists) names.push_back(entry.first);
  return names;
}

class GroupMaker {
 public:
  GroupMaker(const Reporter& report, const FieldNames& fields, Pack& pack)
      : report_(report), fields_(fields), pack_(pack) {}

  ir::Pattern make(const ast::Group& group) {
    ir::Pattern pattern;
    pattern.span = group.span;
    pattern.languages = sorted_languages(report_, group.lang);
    if (!group.in.empty()) {
      pattern.in = fields_.text_fields(report_, group.in).value_or(ir::text_fields());
    }
    const auto tolerance = read_tolerance(group);
    pattern.tolerance = tolerance.value_or(Tolerance::accents);
    tolerance_ = pattern.tolerance;
    regex_tolerance_ = tolerance.value_or(Tolerance::case_);
    read_place(group, pattern);
    add_items(group, pattern);
    return pattern;
  }

  // Searched where its group is, and never more tolerant than that.
  ir::Pattern make_except(const ast::Group& except, const ir::Pattern& owner) {
    if (!except.in.empty()) refuse_key(except.in.front(), "in");
    if (except.tolerance) refuse_key(*except.tolerance, "tolerance");
    if (except.except) refuse_key({"", except.except->span}, "except");
    ir::Pattern pattern;
    pattern.span = except.span;
    pattern.languages = sorted_languages(report_, except.lang);
    pattern.in = owner.in;
    // A disguise is never an excuse.
    pattern.tolerance = std::min(owner.tolerance, Tolerance::accents);
    tolerance_ = pattern.tolerance;
    regex_tolerance_ = std::min(regex_tolerance_, Tolerance::accents);
    pattern.is_except = true;
    read_place(except, pattern);
    add_items(except, pattern);
    return pattern;
  }

 private:
  std::optional<Tolerance> read_tolerance(const ast::Group& group) {
    if (!group.tolerance) return std::nullopt;
    const auto index = choose_index(report_, *group.tolerance, "tolerance", tolerance_words);
    return index ? std::optional(static_cast<Tolerance>(*index)) : std::nullopt;
  }

  void read_place(const ast::Group& group, ir::Pattern& pattern) {
    static constexpr std::array<std::string_view, 1> units{"line"};
    if (group.at)
      pattern.at = choose<ir::At, 4>(report_, *group.at, "at").value_or(ir::At::anywhere);
    if (!group.unit) return;
    if (choose_index(report_, *group.unit, "unit", units)) pattern.unit = ir::Unit::line;
    if (group.at && pattern.at != ir::At::anywhere) return;
    report_(diag::keys_do_not_fit, group.unit->span,
            {"`unit` says of what `at` is the edge", "write `at: start`, `end` or `whole` too"});
  }

  void refuse_key(const ast::Name& value, std::string_view key) {
    report_(diag::unknown_key, value.span,
            {key, "an exception: it is searched where its group is",
             "words, phrases, substrings, regex, domains, emoji, numbers, list, lang, at, unit, "
             "short"});
  }

  void add_items(const ast::Group& group, ir::Pattern& pattern) {
    const ItemOptions options{tolerance_, regex_tolerance_, group.short_};
    items_.clear();
    for (const ast::ItemList& list : group.kinds) add(made_of(list.kind, list.items, options));
    for (const ast::Name& name : group.lists) {
      const auto list = pack_.lists.find(name.value);
      if (list == pack_.lists.end()) {
        report_unknown(report_, "list", name, names_of(pack_.lists));
        continue;
      }
      list->second.used = true;
      add_list(list->second, options);
    }
    sort(pattern);
  }

  // A list is read once for all groups that have the same options, unless there is
  // something to report in each.
  void add_list(List& list, const ItemOptions& options) {
    if (const auto known = list.made.find(options); known != list.made.end()) return add(known->second);
    const std::size_t reported = report_.sink().size();
    std::vector<MeantItem> made = made_of(list.kind, list.items, options);
    if (report_.sink().size() != reported) return add(std::move(made));
    add(list.made.emplace(options, std::move(made)).first->second);
  }

  std::vector<MeantItem> made_of(ast::ItemKind kind, const std::vector<ast::Name>& names, const ItemOptions& options) {
    std::vector<MeantItem> made;
    made.reserve(names.size());
    for (const ast::Name& name : names) {
      auto item = make_item(report_, kind, name, options);
      if (!item) continue;
      std::string meant = meaning(*item, options.tolerance);
      made.push_back({*std::move(item), std::move(meant)});
    }
    return made;
  }

  void add(std::vector<MeantItem> made) {
    for (MeantItem& one : made) items_.push_back(std::move(one));
  }

  // Of items that mean the same, the one with the smallest source stays.
  void sort(ir::Pattern& pattern) {
    std::vector<MeantItem*> items;
    items.reserve(items_.size());
    for (MeantItem& one : items_) items.push_back(&one);
    std::ranges::sort(items, {}, [](const MeantItem* one) {
      return std::tuple(std::string_view(one->meaning), std::string_view(one->item.source),
                        one->item.span.source, one->item.span.begin);
    });
    std::vector<ir::Item*> distinct;
    const std::string* last = nullptr;
    for (MeantItem* one : items) {
      if (last != nullptr && *last == one->meaning) {
        report_(diag::duplicate_item, one->item.span, {one->item.source, distinct.back()->source})
            .label(distinct.back()->span, "the same item");
        continue;
      }
      last = &one->meaning;
      distinct.push_back(&one->item);
    }
    std::ranges::stable_sort(distinct, {}, &ir::Item::source);
    std::vector<ir::Item> kept;
    kept.reserve(distinct.size());
    for (ir::Item* item : distinct) kept.push_back(std::move(*item));
    for (std::size_t index = 0; index < kept.size(); ++index) {
      kept[index].distinct = static_cast<std::uint32_t>(index);
    }
    pattern.items = std::move(kept);
  }

  const Reporter& report_;
  const FieldNames& fields_;
  Pack& pack_;
  std::vector<MeantItem> items_;
  Tolerance tolerance_ = Tolerance::accents;
  Tolerance regex_tolerance_ = Tolerance::case_;
};

}  // namespace

PatternNames add_groups(const Reporter& report, const ast::Rule& rule, ir::RuleId id,
                        const FieldNames& fields, Pack& pack, std::vector<ir::Pattern>& patterns) {
  std::vector<const ast::Group*> groups;
  if (rule.inline_group) groups.push_back(&*rule.inline_group);
  for (const ast::Group& group : rule.groups) groups.push_back(&group);
  std::ranges::sort(
      groups, {}, [](const ast::Group* group) -> const std::string& { return group->name.value; });
  PatternNames names;
  for (const ast::Group* group : groups) {
    GroupMaker maker(report, fields, pack);
    ir::Pattern pattern = maker.make(*group);
    pattern.name = group->name.value;
    pattern.rule = id;
    const auto own = static_cast<ir::PatternId>(patterns.size());
    std::optional<ir::Pattern> except;
    if (group->except) {
      except = maker.make_except(*group->except, pattern);
      except->name = pattern.name;
      except->rule = id;
      pattern.except = static_cast<ir::PatternId>(patterns.size() + 1);
    }
    names.emplace(pattern.name, own);
    patterns.push_back(std::move(pattern));
    if (except) patterns.push_back(std::move(*except));
  }
  return names;
}

}  // namespace modcore::checker
