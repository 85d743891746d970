#include "lint/pattern_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace modcore::lint {
namespace {

std::size_t index_of(ir::PatternId id) { return static_cast<std::size_t>(id); }

}  // namespace

PatternTable::PatternTable(const ir::RuleSet& rules) : rules_(rules) {
  std::unordered_map<std::string, std::uint32_t> meanings;
  for (std::size_t i = 0; i < rules.patterns.size(); ++i) {
    const ir::Pattern& pattern = rules.patterns[i];
    std::vector<std::uint32_t>& items = written_.emplace_back();
    for (const ir::Item& item : pattern.items) {
      const auto [entry, added] =
          meanings.try_emplace(key_of(pattern, item), static_cast<std::uint32_t>(by_item_.size()));
      if (added) by_item_.emplace_back();
      items.push_back(entry->second);
      if (!pattern.is_except) by_item_[entry->second].push_back(static_cast<ir::PatternId>(i));
    }
    std::ranges::sort(items_.emplace_back(items));
  }
  std::map<std::string, ir::PatternId> first;
  alike_.resize(rules.patterns.size());
  // Exceptions follow their pattern, so backwards they are known before it.
  for (std::size_t i = rules.patterns.size(); i-- > 0;) {
    const ir::Pattern& pattern = rules.patterns[i];
    std::string key = fmt::format("{} {}", static_cast<int>(pattern.tolerance), options(pattern));
    if (pattern.except != ir::no_pattern) {
      key += fmt::format(" -{}", index_of(alike_[index_of(pattern.except)]));
    }
    for (const std::uint32_t item : items_[i]) key.append(reinterpret_cast<const char*>(&item), sizeof item);
    alike_[i] = first.try_emplace(std::move(key), static_cast<ir::PatternId>(i)).first->second;
  }
}

// Stricter folds tell apart what the widest calls the same.
std::string PatternTable::key_of(const ir::Pattern& pattern, const ir::Item& item) {
  const ir::Tolerance folded = std::min(pattern.tolerance, ir::Tolerance::accents);
  return static_cast<char>('0' + static_cast<int>(folded)) + ir::meaning(item, folded);
}

std::uint32_t PatternTable::meaning_of(const ir::Pattern& pattern, const ir::Item& item) const {
  const auto index = static_cast<std::size_t>(&pattern - rules_.patterns.data());
  return written_[index][static_cast<std::size_t>(&item - pattern.items.data())];
}

std::string PatternTable::options(const ir::Pattern& pattern) const {
  std::string text = fmt::format("{} {}", static_cast<int>(pattern.at), static_cast<int>(pattern.unit));
  for (const std::string& tag : pattern.languages) text += ' ' + tag;
  return text;
}

ir::PatternId PatternTable::alike(ir::PatternId pattern) const { return alike_[index_of(pattern)]; }

bool PatternTable::wider(ir::PatternId narrow_id, ir::PatternId wide_id) const {
  if (alike(narrow_id) == alike(wide_id)) return true;
  const ir::Pattern& narrow = rules_.patterns[index_of(narrow_id)];
  const ir::Pattern& wide = rules_.patterns[index_of(wide_id)];
  const bool excused = wide.except != ir::no_pattern &&
                       (narrow.except == ir::no_pattern || alike(narrow.except) != alike(wide.except));
  const bool same_place = wide.at == ir::At::anywhere || (wide.at == narrow.at && wide.unit == narrow.unit);
  const bool same_languages = wide.languages.empty() || wide.languages == narrow.languages;
  return !excused && same_place && same_languages && narrow.tolerance <= wide.tolerance &&
         !items(narrow_id).empty() && std::ranges::includes(items(wide_id), items(narrow_id));
}

}  // namespace modcore::lint
