#include "tooling/test_findings.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "api/explain_condition.hpp"
#include "diag/catalogue.hpp"
#include "runtime/session.hpp"
#include "tooling/test_post.hpp"

namespace modcore::tooling {
namespace {

using ast::TestKind;

// A post of a test as text, the same for the same post.
void append_value(std::string& out, const ast::Value& value) {
  using Kind = ast::Value::Kind;
  out += static_cast<char>('0' + static_cast<int>(value.kind));
  if (value.kind != Kind::list && value.kind != Kind::map) out += value.text;
  for (const ast::Value& item : value.items) append_value(out, item);
  for (const auto& [key, entry] : value.entries) {
    out += '\x1E' + key.value + '\x1F';
    append_value(out, entry);
  }
}
std::string text_of(const ast::Value& post) {
  std::string out;
  append_value(out, post);
  return out;
}

const ast::Value* field(const ast::Value& post, std::string_view name) {
  const auto found = std::ranges::find(post.entries, name, [](const ast::Field& f) -> std::string_view { return f.first.value; });
  return found == post.entries.end() ? nullptr : &found->second;
}

class TestCritic {
 public:
  TestCritic(const api::Compilation& compilation, diag::Sink& sink)
      : compilation_(compilation), sink_(sink), session_(compilation.engine->image, compilation.engine->plan) {}

  void run() {
    report_one_sided();
    report_duplicates();
    for (const checker::Test& test : compilation_.checked.tests) {
      if (!test.rule) continue;
      report_clock(test);
      if (test.test->kind == TestKind::no_match) report_others(test);
    }
  }

 private:
  [[nodiscard]] const ir::Rule& rule_of(const checker::Test& test) const {
    return compilation_.checked.rules.rules[static_cast<std::size_t>(*test.rule)];
  }

  // A rule that hides shows in its tests what it catches and what it leaves alone.
  void report_one_sided() {
    std::map<ir::RuleId, std::set<TestKind>> kinds;
    for (const checker::Test& test : compilation_.checked.tests) {
      if (test.rule) kinds[*test.rule].insert(test.test->kind);
    }
    for (const auto& [id, seen] : kinds) {
      const ir::Rule& rule = compilation_.checked.rules.rules[static_cast<std::size_t>(id)];
      if (!rule.verdict || *rule.verdict < ir::Verdict::hide || rule.status == ir::Status::off) continue;
      const std::string_view verdict = ir::to_string(*rule.verdict);
      if (!seen.contains(TestKind::no_match)) {
        sink_.report(diag::no_negative_test, rule.span, {rule.id, verdict, "must leave alone", "`no_match`"}).rule(rule.id);
      } else if (!seen.contains(TestKind::match)) {
        sink_.report(diag::no_negative_test, rule.span, {rule.id, verdict, "catches", "`match`"}).rule(rule.id);
      }
    }
  }

  void report_duplicates() {
    std::map<std::pair<std::optional<ir::RuleId>, std::string>, source::Span> posts;
    std::map<std::pair<source::SourceId, std::string>, source::Span> ids;
    for (const checker::Test& test : compilation_.checked.tests) {
      const auto [first, added] = posts.try_emplace({test.rule, text_of(test.test->post)}, test.test->span);
      if (!added && test.rule) {
        sink_.report(diag::test_duplicate, test.test->span, {rule_of(test).id})
            .rule(rule_of(test).id)
            .label(first->second, "it stands here");
      }
      const ast::Value* id = field(test.test->post, "id");
      if (test.rule || id == nullptr) continue;
      const auto [same, fresh] = ids.try_emplace({test.test->span.source, id->text}, id->span);
      if (!fresh) sink_.report(diag::test_id_duplicate, id->span, {id->text}).label(same->second, "the first of them");
    }
  }

  // The rule and the language as tests ask them.
  runtime::Answer ask(std::uint32_t index, const Post& post) {
    session_.start(post);
    const bool speaks = session_.facts().lang().empty() || session_.judge().speaks(session_.image().rules[index]);
    runtime::Fired fired;
    std::vector<runtime::Undetermined> undetermined;
    return speaks ? session_.judge().ask(index, fired, undetermined) : runtime::Answer::not_fired;
  }

  static bool reads_clock(const ir::Expr& expr) {
    if (expr.op == ir::Op::attribute && expr.attribute == static_cast<std::uint16_t>(ir::Attribute::now)) return true;
    return std::ranges::any_of(expr.args, reads_clock);
  }

  void report_clock(const checker::Test& test) {
    using namespace std::chrono;
    const ir::Rule& rule = rule_of(test);
    const bool reads = reads_clock(rule.when) || std::ranges::any_of(rule.unless, reads_clock);
    if (!reads || field(test.test->post, "now") != nullptr) return;
    const auto owned = test_post(test.test->post, session_.image().host_attributes);
    if (!problem_of(*owned).empty()) return;
    const auto index = static_cast<std::uint32_t>(*test.rule);
    const runtime::Answer usual = ask(index, owned->post);
    Post post = owned->post;
    for (int hour = 1; hour <= 7 * 24; ++hour) {
      post.now = *owned->post.now + hours(hour);
      const runtime::Answer other = ask(index, post);
      if (other == usual) continue;
      const std::string when = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(post.now->time_since_epoch().count()));
      sink_.report(diag::test_depends_on_clock, test.test->span,
                   {fmt::format("at the clock of tests it is {}, at {} {}", api::to_string(usual), when, api::to_string(other))})
          .rule(rule.id);
      return;
    }
  }

  // What this rule leaves alone and another of the same category hides all the same.
  // Where the other one has that post among its own `match` tests it is meant so.
  void report_others(const checker::Test& test) {
    const ir::Rule& rule = rule_of(test);
    const auto owned = test_post(test.test->post, session_.image().host_attributes);
    if (!problem_of(*owned).empty()) return;
    const Decision decision = session_.scan(owned->post);
    if (!decision.hidden) return;
    for (const FiredRule& fired : decision.fired) {
      const bool hides = fired.verdict && *fired.verdict >= Verdict::hide && fired.rule != rule.id;
      const bool same_category = fired.category == session_.image().categories[static_cast<std::size_t>(rule.category)].name;
      if (!hides || !same_category || is_meant(fired.rule, test.test->post)) continue;
      sink_.report(diag::other_rule_fires, test.test->span,
                   {fmt::format("`{}` leaves this post alone, but `{}` {}s it", rule.id, fired.rule, to_string(*fired.verdict))})
          .rule(rule.id);
      return;
    }
  }

  bool is_meant(const std::string& rule, const ast::Value& post) {
    if (meant_.empty()) {
      for (const checker::Test& test : compilation_.checked.tests) {
        if (test.rule && test.test->kind == TestKind::match) meant_.emplace(rule_of(test).id, text_of(test.test->post));
      }
    }
    return meant_.contains({rule, text_of(post)});
  }

  const api::Compilation& compilation_;
  diag::Sink& sink_;
  runtime::Session session_;
  std::set<std::pair<std::string, std::string>> meant_;
};

}  // namespace

void report_doubtful_tests(const api::Compilation& compilation, diag::Sink& sink) {
  TestCritic(compilation, sink).run();
}

}  // namespace modcore::tooling
