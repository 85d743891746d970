#include <modcore/decision.hpp>

#include <doctest/doctest.h>

using namespace modcore;

namespace {

LocalizedText text_in(std::vector<LocalizedText::Entry> entries, std::string fallback = "") {
  return {.entries = std::move(entries), .fallback = std::move(fallback)};
}

}  // namespace

TEST_CASE("a text answers in the language asked for, then the policy's, then English, then any") {
  const LocalizedText text = text_in({{"en", "no"}, {"fr", "non"}, {"pl", "nie"}}, "pl");
  CHECK(text.in("fr") == "non");
  CHECK(text.in("fr-CA") == "non");
  CHECK(text.in("de") == "nie");
  CHECK(text.in("") == "nie");
  CHECK(text_in({{"en", "no"}, {"fr", "non"}}, "pl").in("de") == "no");
  CHECK(text_in({{"fr", "non"}}, "pl").in("de") == "non");
  CHECK(text_in({{"", "plain"}}).in("de") == "plain");
  CHECK(text_in({}).in("de").empty());
}

TEST_CASE("the reason is that of the strongest rule that has one and is no allow rule") {
  Decision decision;
  CHECK(decision.reason().empty());
  FiredRule allow;
  allow.verdict = Verdict::allow;
  allow.reason = text_in({{"en", "you are welcome"}});
  FiredRule silent;
  silent.verdict = Verdict::hide;
  FiredRule points;
  points.reason = text_in({{"en", "advertising"}, {"fr", "publicité"}});
  decision.fired = {silent, allow, points};
  CHECK(decision.reason() == "advertising");
  CHECK(decision.reason("fr") == "publicité");
}

TEST_CASE("a fingerprint has 32 hexadecimal digits") {
  CHECK(Fingerprint{.high = 0xAB, .low = 1}.to_string() == "00000000000000ab0000000000000001");
}

TEST_CASE("enumerations bear the words of the rule language") {
  CHECK(to_string(Verdict::escalate) == "escalate");
  CHECK(to_string(Attention::none) == "none");
  CHECK(to_string(RuleSeverity::critical) == "critical");
  CHECK(to_string(Urgency::normal) == "normal");
  CHECK(to_string(Tolerance::case_) == "case");
}
