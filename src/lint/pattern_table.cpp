#include "lint/pattern_table.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace modcore::lint {
namespace {

std::size_t index_of(ir::PatternId id) { return static_cast<std::size_t>(id); }

// Stricter folds tell apart what the widest calls the same.
ir::Tolerance fold_of(const ir::Pattern& pattern) { return std::min(pattern.tolerance, ir::Tolerance::accents); }

// Numbers for meanings. The items of a list are the same rows in all patterns that name
// it, and are written out once.
class Meanings {
 public:
  std::uint32_t number_of(const ir::Pattern& pattern, const ir::Item& item) {
    const auto* words = std::get_if<ir::WordsItem>(&item.what);
    if (words == nullptr) return written_out(pattern, item);
    const auto rows = std::pair(&words->alternatives.rows(), fold_of(pattern));
    const auto known = by_rows_.find(rows);
    if (known != by_rows_.end()) return known->second;
    return by_rows_[rows] = written_out(pattern, item);
  }
  [[nodiscard]] std::size_t size() const { return by_text_.size(); }

 private:
  std::uint32_t written_out(const ir::Pattern& pattern, const ir::Item& item) {
    const ir::Tolerance fold = fold_of(pattern);
    std::string text = static_cast<char>('0' + static_cast<int>(fold)) + ir::meaning(item, fold);
    return by_text_.try_emplace(std::move(text), static_cast<std::uint32_t>(by_text_.size())).first->second;
  }

  std::unordered_map<std::string, std::uint32_t> by_text_;
  std::map<std::pair<const ir::WordRows*, ir::Tolerance>, std::uint32_t> by_rows_;
};

}  // namespace

PatternTable::PatternTable(const ir::RuleSet& rules) : rules_(rules) {
  Meanings meanings;
  for (std::size_t i = 0; i < rules.patterns.size(); ++i) {
    const ir::Pattern& pattern = rules.patterns[i];
    std::vector<std::uint32_t>& items = written_.emplace_back();
    for (const ir::Item& item : pattern.items) {
      items.push_back(meanings.number_of(pattern, item));
      by_item_.resize(meanings.size());
      if (!pattern.is_except) by_item_[items.back()].push_back(static_cast<ir::PatternId>(i));
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
