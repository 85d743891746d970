#include "lint/items.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "diag/catalogue.hpp"
#include "lint/samples.hpp"
#include "lint/scope.hpp"

namespace modcore::lint {
namespace {

using runtime::ItemRef;

class ItemLinter {
 public:
  ItemLinter(const Input& input, ItemScan& scan, diag::Sink& sink)
      : rules_(input.checked.rules), scan_(scan), sink_(sink),
        places_matter_(rules_.patterns.size(), false) {
    for (const ir::Rule& rule : rules_.rules) {
      note_places(rule.when);
      for (const ir::Expr& exemption : rule.unless) note_places(exemption);
      if (rule.escalate && rule.escalate->condition) note_places(*rule.escalate->condition);
      if (rule.score && rule.score->per) note_places(*rule.score->per);
    }
  }

  void run() {
    domains();
    gather_samples();
    search();
    redundant();
    idle_exceptions();
  }

 private:
  struct Sample {
    ItemRef item;
    std::string text;
  };

  [[nodiscard]] const ir::Pattern& group(std::uint32_t id) const { return rules_.patterns[id]; }
  [[nodiscard]] const ir::Item& item(ItemRef ref) const { return group(ref.pattern).items[ref.item]; }
  [[nodiscard]] const ir::Rule& rule_of(std::uint32_t pattern) const {
    return rules_.rules[static_cast<std::size_t>(group(pattern).rule)];
  }

  // Patterns whose matches are told apart, not only found.
  void note_places(const ir::Expr& expr) {
    if (expr.op == ir::Op::call) {
      for (const ir::PatternUse& use : expr.uses) {
        places_matter_[static_cast<std::size_t>(use.pattern)] = true;
      }
    }
    for (const ir::Expr& part : expr.args) note_places(part);
  }

  void gather_samples() {
    for (std::uint32_t id = 0; id < rules_.patterns.size(); ++id) {
      const ir::Pattern& pattern = group(id);
      const bool alone = pattern.items.size() < 2 && !pattern.is_except;
      if (alone || pattern.languages.size() > 1) continue;
      for (std::uint32_t i = 0; i < pattern.items.size(); ++i) {
        for (std::string& text : samples_of(pattern.items[i])) samples_.push_back({{id, i}, std::move(text)});
      }
    }
  }

  void search() {
    std::vector<std::string_view> texts;
    for (const Sample& sample : samples_) texts.push_back(sample.text);
    finders_.resize(samples_.size());
    scan_.run(texts, {}, [&](const Hit& hit) {
      const Sample& sample = samples_[hit.text];
      const ir::Pattern& own = group(sample.item.pattern);
      // An exception is looked at from its group, an item from its own.
      const bool owner = own.is_except && group(hit.item.pattern).except ==
                                              static_cast<ir::PatternId>(sample.item.pattern);
      if (owner) met_.insert({sample.item.pattern, sample.item.item});
      if (hit.excused || hit.item.pattern != sample.item.pattern) return;
      if (hit.item.item == sample.item.item) return;
      if (stands_for(hit, sample)) finders_[hit.text].push_back(hit.item.item);
    });
  }

  // Whether finding it in the sample means finding it wherever the item is.
  [[nodiscard]] bool stands_for(const Hit& hit, const Sample& sample) const {
    const ir::Pattern& pattern = group(sample.item.pattern);
    const ir::Item& finder = item(hit.item);
    const bool whole = hit.range.begin == 0 && hit.range.end == sample.text.size();
    if (std::holds_alternative<ir::RegexItem>(finder.what)) return false;  // it may look around
    // A longer exception spares what a shorter one would not reach.
    if ((pattern.at != ir::At::anywhere || pattern.is_except) && !whole) return false;
    const bool disguised = pattern.tolerance == ir::Tolerance::obfuscated;
    return !disguised || (is_plain(finder) && is_plain(item(sample.item)));
  }

  // ---- M305
  void redundant() {
    for (std::size_t i = 0; i < samples_.size();) {
      std::size_t end = i;
      std::set<std::uint32_t> finders(finders_[i].begin(), finders_[i].end());
      for (; end < samples_.size() && same_item(samples_[end], samples_[i]); ++end) {
        std::erase_if(finders, [&](std::uint32_t finder) {
          return std::ranges::count(finders_[end], finder) == 0;
        });
      }
      if (!finders.empty()) needless(samples_[i].item, finders);
      i = end;
    }
  }

  static bool same_item(const Sample& a, const Sample& b) {
    return a.item.pattern == b.item.pattern && a.item.item == b.item.item;
  }

  // What a list holds may be needed elsewhere, without what stands beside it here.
  [[nodiscard]] bool may_go(std::uint32_t pattern, const ir::Item& own, const ir::Item& other) const {
    const source::Span rule = rule_of(pattern).span;
    const bool here = own.span.source == rule.source && rule.begin <= own.span.begin && own.span.end <= rule.end;
    return here || own.span.source == other.span.source;
  }

  void needless(ItemRef ref, const std::set<std::uint32_t>& finders) {
    if (places_matter_[ref.pattern]) return;
    const ir::Item& own = item(ref);
    for (const std::uint32_t index : finders) {
      const ir::Item& other = item({ref.pattern, index});
      if (!may_go(ref.pattern, own, other)) continue;
      if (mutual(ref, index) && !later(own.span, other.span)) continue;  // the later one is told
      sink_.report(diag::item_redundant, own.span, {own.source, other.source})
          .rule(rule_of(ref.pattern).id)
          .label(other.span, "this finds it too");
      return;
    }
  }

  [[nodiscard]] bool mutual(ItemRef ref, std::uint32_t other) const {
    const auto place = [](const Sample& sample) { return std::pair(sample.item.pattern, sample.item.item); };
    const auto found = std::ranges::lower_bound(samples_, std::pair(ref.pattern, other), {}, place);
    if (found == samples_.end() || place(*found) != std::pair(ref.pattern, other)) return false;
    return std::ranges::count(finders_[static_cast<std::size_t>(found - samples_.begin())], ref.item) > 0;
  }

  // A host lies under another one.
  void domains() {
    for (std::uint32_t id = 0; id < rules_.patterns.size(); ++id) {
      std::map<std::string_view, std::vector<const ir::Item*>> by_host;
      for (const ir::Item& one : group(id).items) {
        if (const auto* domain = std::get_if<ir::DomainItem>(&one.what)) by_host[domain->host].push_back(&one);
      }
      if (by_host.empty() || places_matter_[id]) continue;
      for (const auto& [host, items] : by_host) {
        for (const ir::Item* one : items) domain(id, by_host, host, *one);
      }
    }
  }

  void domain(std::uint32_t id, const std::map<std::string_view, std::vector<const ir::Item*>>& by_host,
              std::string_view host, const ir::Item& one) {
    const std::string& path = std::get<ir::DomainItem>(one.what).path;
    for (std::string_view above = host; !above.empty();) {
      const auto found = by_host.find(above);
      for (const ir::Item* other : found == by_host.end() ? std::vector<const ir::Item*>{} : found->second) {
        const std::string& covering = std::get<ir::DomainItem>(other->what).path;
        const bool covers = covering.empty() || (path.starts_with(covering + "/"));
        if (other == &one || !covers || (above == host && covering == path) || !may_go(id, one, *other)) continue;
        sink_.report(diag::item_redundant, one.span, {one.source, other->source})
            .rule(rule_of(id).id)
            .label(other->span, "this covers it");
        return;
      }
      const std::size_t dot = above.find('.');
      above = dot == std::string_view::npos ? std::string_view() : above.substr(dot + 1);
    }
  }

  // ---- M324
  void idle_exceptions() {
    for (std::uint32_t id = 0; id < rules_.patterns.size(); ++id) {
      const ir::PatternId except = group(id).except;
      if (except == ir::no_pattern || !can_judge(group(id))) continue;
      const auto excuses = static_cast<std::uint32_t>(except);
      if (group(excuses).at != ir::At::anywhere) continue;
      for (std::uint32_t i = 0; i < group(excuses).items.size(); ++i) {
        const ir::Item& own = group(excuses).items[i];
        if (!is_plain(own) || met_.contains({excuses, i}) || shares_word(own, group(id))) continue;
        sink_.report(diag::except_never_overlaps, own.span, {own.source}).rule(rule_of(id).id);
      }
    }
  }

  // Plain words and phrases, and substrings that stay within a word.
  static bool can_judge(const ir::Pattern& pattern) {
    return pattern.tolerance != ir::Tolerance::obfuscated &&
           std::ranges::all_of(pattern.items, [](const ir::Item& item) {
             const auto* inside = std::get_if<ir::SubstringItem>(&item.what);
             return is_plain(item) || (inside != nullptr && inside->accents.find(' ') == std::string::npos);
           });
  }

  static bool shares_word(const ir::Item& excuse, const ir::Pattern& pattern) {
    std::set<std::string> words;
    each_word(excuse, [&](const std::string& word) { words.insert(word); });
    bool shares = false;
    for (const ir::Item& item : pattern.items) {
      each_word(item, [&](const std::string& word) { shares = shares || words.contains(word); });
    }
    return shares;
  }

  template <typename Take>
  static void each_word(const ir::Item& item, Take take) {
    const auto* words = std::get_if<ir::WordsItem>(&item.what);
    if (words == nullptr) return;
    for (const ir::WordSequence sequence : words->alternatives) {
      for (const ir::WordElement element : sequence) {
        if (const ir::WordPattern* word = element.word()) take(word->accents.front());
      }
    }
  }

  const ir::RuleSet& rules_;
  ItemScan& scan_;
  diag::Sink& sink_;
  std::vector<bool> places_matter_;
  std::vector<Sample> samples_;                     // of one item side by side
  std::vector<std::vector<std::uint32_t>> finders_;  // of samples: other items of the group
  std::set<std::pair<std::uint32_t, std::uint32_t>> met_;  // exceptions that meet their group
};

}  // namespace

void lint_items(const Input& input, ItemScan& scan, diag::Sink& sink) {
  ItemLinter(input, scan, sink).run();
}

}  // namespace modcore::lint
