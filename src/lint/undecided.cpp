#include "lint/undecided.hpp"

#include <string>
#include <vector>

#include "diag/catalogue.hpp"
#include "runtime/session.hpp"

namespace modcore::lint {
namespace {

struct Tally {
  std::size_t tests = 0;
  std::size_t undetermined = 0;
  bool matches = false;  // one of them says that the rule fires
  std::string missing;   // a fact that was not given
};

}  // namespace

void lint_undecided(const Input& input, diag::Sink& sink) {
  std::vector<Tally> tallies(input.checked.rules.rules.size());
  for (const TestPost& test : input.tests) {
    Tally& tally = tallies[static_cast<std::size_t>(test.rule)];
    tally.matches = tally.matches || test.matches;
  }
  runtime::Session session(input.image, input.plan);
  for (const TestPost& test : input.tests) {
    const auto index = static_cast<std::uint32_t>(test.rule);
    Tally& tally = tallies[index];
    if (tally.matches) continue;
    session.start(*test.post);
    runtime::Fired fired;
    std::vector<runtime::Undetermined> undetermined;
    const runtime::Answer answer = session.judge().ask(index, fired, undetermined);
    ++tally.tests;
    if (answer != runtime::Answer::undetermined || undetermined.empty()) continue;
    ++tally.undetermined;
    if (!undetermined.front().missing.empty()) tally.missing = undetermined.front().missing.front();
  }
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    const Tally& tally = tallies[i];
    if (tally.tests == 0 || tally.undetermined < tally.tests || tally.missing.empty()) continue;
    const checker::EffectiveRule& rule = input.checked.written[i];
    sink.report(diag::maybe_dead, rule.rule->id.span, {tally.missing}).rule(rule.rule->id.value);
  }
}

}  // namespace modcore::lint
