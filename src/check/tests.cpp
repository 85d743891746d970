#include "check/tests.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "diag/catalogue.hpp"

namespace modcore::checker {
namespace {

class Collector {
 public:
  Collector(const Surroundings& around, const ir::RuleSet& rules, diag::Sink& sink)
      : around_(around), report_(sink), facts_{"author.created_at", "id", "lang"} {
    for (const ir::StandardField& field : ir::standard_fields()) {
      if (field.attribute) facts_.push_back(field.name);
    }
    for (const ir::HostAttribute& host : rules.host_attributes) facts_.push_back(host.name);
    std::ranges::sort(facts_);
  }

  void add_rule(const EffectiveRule& effective, const Draft& draft, ir::RuleId id) {
    const ast::Rule& rule = *effective.rule;
    const Reporter report(report_.sink(), rule.id.value);
    std::array<std::size_t, 5> counts{};
    for (const ast::TestCase& test : rule.tests) {
      const std::size_t index = counts[static_cast<std::size_t>(test.kind)]++;
      out_.tests.push_back({id, &test, index});
      check_keys(report, test.post, "");
      if (test.expect) check_expectation(report, *test.expect, &rule);
    }
    add_mutations(report, rule, id);
    const bool blocks = draft.rule.verdict && *draft.rule.verdict >= ir::Verdict::hide;
    if (blocks && rule.tests.empty() && draft.rule.status != ir::Status::off) {
      report(diag::rule_without_tests, rule.id.span, {rule.id.value});
    }
  }

  void add_file(const ast::TestFile& file) {
    std::size_t index = 0;
    for (const ast::TestCase& test : file.cases) {
      out_.tests.push_back({{}, &test, index++});
      check_keys(report_, test.post, "");
      if (test.expect) check_expectation(report_, *test.expect, nullptr);
    }
  }

  CollectedTests take() { return std::move(out_); }

 private:
  void add_mutations(const Reporter& report, const ast::Rule& rule, ir::RuleId id) {
    if (rule.mutations.empty()) return;
    if (std::ranges::count(rule.tests, ast::TestKind::match, &ast::TestCase::kind) == 0) {
      report(diag::keys_do_not_fit, rule.mutations.front().span,
             {"`mutations` disguises the cases of `match`, and there are none", ""});
    }
    std::array<bool, mutation_names.size()> named{};
    for (const ast::Name& name : rule.mutations) {
      const auto kind = choose_index(report, name, "mutations", mutation_names);
      if (!kind || std::exchange(named[*kind], true)) continue;
      out_.mutations.push_back({id, static_cast<std::uint32_t>(*kind), name.span});
    }
  }

  // Facts stand under their path or flat in `fields`.
  void check_keys(const Reporter& report, const ast::Value& post, const std::string& prefix) {
    for (const auto& [key, value] : post.entries) {
      if (key.value.starts_with("x-")) continue;
      const std::string path = prefix + key.value;
      if (prefix.empty() && path == "fields") {
        check_keys(report, value, "");
      } else if (is_prefix(path)) {
        check_keys(report, value, path + ".");
      } else if (!is_fact(path)) {
        report_unknown_key(report, key, prefix);
      }
    }
  }

  [[nodiscard]] bool is_fact(std::string_view path) const {
    return std::ranges::count(facts_, path) != 0;
  }

  [[nodiscard]] bool is_prefix(std::string_view path) const {
    return std::ranges::any_of(facts_, [&](std::string_view fact) {
      return fact.starts_with(path) && fact.substr(path.size()).starts_with('.');
    });
  }

  void report_unknown_key(const Reporter& report, const ast::Name& key, std::string_view prefix) {
    std::vector<std::string_view> beside;
    for (const std::string_view fact : facts_) {
      if (!fact.starts_with(prefix)) continue;
      const std::string_view rest = fact.substr(prefix.size());
      const std::string_view next = rest.substr(0, rest.find('.'));
      if (beside.empty() || beside.back() != next) beside.push_back(next);
    }
    std::vector<std::string_view> meant = beside;
    if (prefix.empty()) meant.insert(meant.end(), facts_.begin(), facts_.end());
    const std::string what =
        prefix.empty() ? "a post" : "`" + std::string(prefix.substr(0, prefix.size() - 1)) + "`";
    report(diag::unknown_key, key.span, {key.value, what, joined(beside)})
        .suggest(key.span, diag::nearest(key.value, meant));
  }

  void check_expectation(const Reporter& report, const ast::Expectation& expect,
                         const ast::Rule* rule) {
    if (expect.verdict)
      static_cast<void>(choose<ir::Verdict, 4>(report, *expect.verdict, "verdict"));
    if (expect.routes) {
      for (const ast::Name& route : *expect.routes) {
        static_cast<void>(around_.policy.check_route(report, route));
      }
    }
    for (const auto& list : {expect.fired, expect.not_fired}) {
      if (list) check_rules(report, *list);
    }
    if (rule != nullptr) check_evidence(report, expect.evidence, *rule);
  }

  void check_rules(const Reporter& report, const std::vector<ast::Name>& ids) {
    for (const ast::Name& id : ids) {
      if (around_.numbers.contains(id.value)) continue;
      std::vector<std::string_view> known;
      for (const auto& entry : around_.numbers) known.push_back(entry.first);
      report_unknown(report, "rule", id, known);
    }
  }

  static void check_evidence(const Reporter& report, const std::vector<ast::Name>& groups,
                             const ast::Rule& rule) {
    std::vector<std::string_view> known;
    if (rule.inline_group) known.push_back(rule.inline_group->name.value);
    for (const ast::Group& group : rule.groups) known.push_back(group.name.value);
    for (const ast::Name& group : groups) {
      if (std::ranges::count(known, group.value) == 0) {
        report_unknown(report, "pattern", group, known);
      }
    }
  }

  const Surroundings& around_;
  Reporter report_;
  std::vector<std::string_view> facts_;  // what a post may say, sorted
  CollectedTests out_;
};

}  // namespace

CollectedTests collect_tests(const std::vector<EffectiveRule>& rules,
                             const std::vector<Draft>& drafts, const Surroundings& around,
                             const ir::RuleSet& rule_set, diag::Sink& sink) {
  Collector collector(around, rule_set, sink);
  for (std::size_t index = 0; index < rules.size(); ++index) {
    collector.add_rule(rules[index], drafts[index], static_cast<ir::RuleId>(index));
  }
  for (const ast::TestFile& file : around.bundle.test_files) collector.add_file(file);
  return collector.take();
}

}  // namespace modcore::checker
