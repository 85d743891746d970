#include "compile/patterns.hpp"

#include <algorithm>
#include <future>
#include <limits>
#include <map>
#include <utility>

#include "compile/anchors.hpp"
#include "compile/disguises.hpp"
#include "compile/literals.hpp"
#include "compile/regexes.hpp"
#include "compile/waiting_probes.hpp"
#include "diag/catalogue.hpp"
#include "ir/languages.hpp"
#include "support/utf8.hpp"

namespace modcore::compiler {
namespace {

bool names_one_of(const ir::Languages& policy, const ir::Languages& languages) {
  return std::any_of(languages.begin(), languages.end(), [&](const std::string& tag) {
    return std::any_of(policy.begin(), policy.end(),
                       [&](const std::string& lang) { return ir::covers(tag, lang); });
  });
}

class PatternCompiler {
 public:
  PatternCompiler(const ir::RuleSet& rules, const std::vector<ir::PatternUse>& uses,
                  const std::vector<bool>& waits, diag::Sink& sink)
      : rules_(rules), waits_(waits), sink_(sink), plan_(std::make_shared<runtime::MatchPlan>()),
        regexes_(*plan_, sink) {
    plan_->uses = uses;
    plan_->max_matches = rules.limits.matches;
  }

  std::shared_ptr<runtime::MatchPlan> run() {
    plan_patterns();
    // Nothing else that is compiled needs them, nor they it.
    auto disguises = std::async(std::launch::async | std::launch::deferred, [this] { return compile_disguises(); });
    for (std::uint32_t i = 0; i < rules_.patterns.size(); ++i) lower_pattern(i);
    regexes_.finish(literals_);
    plan_->words = build(literals_.words, LiteralCollector::Kind::words);
    plan_->fold = build(literals_.fold, LiteralCollector::Kind::bytes);
    plan_->digits = build(literals_.digits, LiteralCollector::Kind::bytes);
    plan_->spelled = build(literals_.spelled, LiteralCollector::Kind::bytes);
    plan_->disguises = disguises.get();
    finish_emoji();
    if (failed_ || sink_.has_errors()) return nullptr;
    return plan_;
  }

 private:
  void plan_patterns() {
    for (const ir::Pattern& pattern : rules_.patterns) {
      const std::size_t index = plan_->patterns.size();
      runtime::PlannedPattern& planned = plan_->patterns.emplace_back();
      planned.waits = index < waits_.size() && waits_[index];
      planned.tolerance = pattern.tolerance;
      planned.at = pattern.at;
      planned.unit = pattern.unit;
      planned.except = pattern.except;
      planned.is_except = pattern.is_except;
      planned.languages = pattern.languages;
      planned.if_language_unknown = !rules_.has_policy || names_one_of(rules_.languages, pattern.languages);
    }
    for (const ir::PatternUse& use : plan_->uses) {
      route(static_cast<std::uint32_t>(use.pattern), use.fields);
      plan_->fields.add(use.fields);
    }
  }

  // An exception is searched wherever its pattern is.
  void route(std::uint32_t pattern, ir::FieldSet fields) {
    runtime::PlannedPattern& planned = plan_->patterns[pattern];
    planned.fields.add(fields);
    if (planned.except != ir::no_pattern) {
      plan_->patterns[static_cast<std::uint32_t>(planned.except)].fields.add(fields);
    }
  }

  void lower_pattern(std::uint32_t index) {
    const auto& items = rules_.patterns[index].items;
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      plan_->patterns[index].items.push_back({items[i].what, items[i].distinct, 0});
      const runtime::ItemRef ref{index, i};
      // What nothing asks for is not searched, but a wrong regex is reported.
      const bool asked = fields_of(ref).bits != 0;
      if (!asked && !std::holds_alternative<ir::RegexItem>(items[i].what)) continue;
      std::visit([&](const auto& what) { lower(items[i], what, ref); }, items[i].what);
    }
  }

  [[nodiscard]] runtime::DisguisePlan compile_disguises() const {
    DisguiseCollector collector;
    for (std::uint32_t pattern = 0; pattern < rules_.patterns.size(); ++pattern) {
      const auto& items = rules_.patterns[pattern].items;
      for (std::uint32_t i = 0; i < items.size(); ++i) {
        const runtime::ItemRef ref{pattern, i};
        const ir::FieldSet fields = fields_of(ref);
        if (fields.bits == 0 || !is_obfuscated(ref)) continue;
        if (const auto* words = std::get_if<ir::WordsItem>(&items[i].what)) collector.add(*words, ref, fields);
        if (const auto* part = std::get_if<ir::SubstringItem>(&items[i].what)) collector.add(*part, ref, fields);
      }
    }
    return collector.build();
  }

  [[nodiscard]] ir::FieldSet fields_of(runtime::ItemRef ref) const {
    return plan_->patterns[ref.pattern].fields;
  }

  void lower(const ir::Item&, const ir::WordsItem& item, runtime::ItemRef ref) {
    for (const Searched& one : searched_for(item, ref)) {
      const runtime::Probe probe{.item = ref, .alternative = one.alternative, .element = one.element,
                                 .whole_words = one.whole_words, .cut = one.cut, .companions = one.companions};
      literals_.words.add(one.literal, probe, fields_of(ref), false);
    }
  }

  // A literal of an alternative of an item.
  struct Searched {
    std::uint32_t literal = 0;  // its number
    std::uint32_t alternative = 0;
    std::uint32_t element = 0;
    std::uint8_t whole_words = 0;
    bool cut = false;
    std::array<std::uint32_t, 2> companions{};
  };

  // Items of a list are the same rows in many patterns.
  const std::vector<Searched>& searched_for(const ir::WordsItem& item, runtime::ItemRef ref) {
    if (item.alternatives.size() < many_alternatives) return searched_once_ = find_literals(item, ref);
    const auto [known, is_new] = searched_.try_emplace({&item.alternatives.rows(), is_obfuscated(ref)});
    if (is_new) known->second = find_literals(item, ref);
    return known->second;
  }

  std::vector<Searched> find_literals(const ir::WordsItem& item, runtime::ItemRef ref) {
    std::vector<Searched> found;
    LiteralCollector& words = literals_.words;
    const Anchors anchors(item.alternatives.rows());
    for (std::uint32_t i = 0; i < item.alternatives.size(); ++i) {
      const Anchor anchor = anchors.of(item.alternatives[i]);
      if (anchor.text.empty()) continue;
      Searched& one = found.emplace_back();
      one = {.literal = words.number(anchor.text), .alternative = i, .element = anchor.element};
      const std::size_t size = item.alternatives[i].size();
      if (anchor.whole && size <= std::numeric_limits<std::uint8_t>::max()) one.whole_words = static_cast<std::uint8_t>(size);
      if (!anchor.whole) one.companions = anchors.companions(item.alternatives[i], anchor);
    }
    for (std::uint32_t i = 0; i < item.alternatives.size() && is_obfuscated(ref); ++i) {
      for (const std::string& cut : DisguiseCollector::cut_words(item.alternatives[i])) {
        found.push_back({.literal = words.number(cut), .alternative = i, .cut = true});
      }
    }
    return found;
  }

  [[nodiscard]] bool is_obfuscated(runtime::ItemRef ref) const {
    return rules_.patterns[ref.pattern].tolerance == ir::Tolerance::obfuscated;
  }

  // Folding may leave nothing of an item: it matches nothing.
  void lower(const ir::Item&, const ir::SubstringItem& item, runtime::ItemRef ref) {
    if (!item.accents.empty()) literals_.fold.add(item.accents, {ref}, fields_of(ref), false);
  }

  void lower(const ir::Item&, const ir::NumberItem& item, runtime::ItemRef ref) {
    if (!item.digits.empty()) literals_.digits.add(item.digits, {ref}, fields_of(ref), false);
  }

  void lower(const ir::Item& item, const ir::RegexItem& regex, runtime::ItemRef ref) {
    plan_->patterns[ref.pattern].items[ref.item].regex = regexes_.add(item, regex.pattern, ref, literals_);
  }

  void lower(const ir::Item&, const ir::DomainItem& item, runtime::ItemRef ref) {
    plan_->domains[item.host].push_back(ref);
    plan_->domain_fields.add(fields_of(ref));
    if (is_obfuscated(ref)) plan_->disguised_domain_fields.add(fields_of(ref));
  }

  void lower(const ir::Item&, const ir::EmojiItem& item, runtime::ItemRef ref) {
    if (item.plain.empty()) return;
    plan_->emoji[item.plain].push_back(ref);
    plan_->emoji_beginnings.push_back(item.plain.substr(0, utf8::decode(item.plain, 0).length));
    plan_->emoji_fields.add(fields_of(ref));
  }

  void finish_emoji() {
    auto& beginnings = plan_->emoji_beginnings;
    std::sort(beginnings.begin(), beginnings.end());
    beginnings.erase(std::unique(beginnings.begin(), beginnings.end()), beginnings.end());
  }

  runtime::LiteralTable build(const LiteralCollector& collector, LiteralCollector::Kind kind) {
    LiteralCollector::Result result = collector.build(kind);
    if (!result.error.empty()) {
      failed_ = true;
      const ir::Item* item = result.refused
                                 ? &rules_.patterns[result.refused->pattern].items[result.refused->item]
                                 : nullptr;
      sink_.report(diag::regex_too_big, item != nullptr ? item->span : source::Span{},
                   {result.error, "write shorter items"});
    }
    set_waiting_apart(result.table, plan_->patterns);
    return std::move(result.table);
  }

  const ir::RuleSet& rules_;
  const std::vector<bool>& waits_;
  diag::Sink& sink_;
  std::shared_ptr<runtime::MatchPlan> plan_;
  LiteralCollectors literals_;
  static constexpr std::size_t many_alternatives = 8;
  std::map<std::pair<const ir::WordRows*, bool>, std::vector<Searched>> searched_;
  std::vector<Searched> searched_once_;
  RegexCollector regexes_;
  bool failed_ = false;
};

}  // namespace

std::shared_ptr<runtime::MatchPlan> compile_patterns(const ir::RuleSet& rules,
                                                     const std::vector<ir::PatternUse>& uses,
                                                     const std::vector<bool>& waits,
                                                     diag::Sink& sink) {
  return PatternCompiler(rules, uses, waits, sink).run();
}

}  // namespace modcore::compiler
