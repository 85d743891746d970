// What the JSON of decisions and diagnostics looks like, to the byte.
#include <modcore/json.hpp>

#include <limits>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "api/json_writer.hpp"

namespace modcore {
namespace {

Decision full_decision() {
  Decision d;
  d.id = "p1";
  d.verdict = Verdict::escalate;
  d.hidden = true;
  d.attention = Attention::escalate;
  d.routes = {{"care", std::chrono::seconds(900), Urgency::high}, {"moderators", {}, Urgency::normal}};
  FiredRule fired;
  fired.rule = "spam.casino";
  fired.title.entries = {{"en", "Casino"}};
  fired.reason.entries = {{"en", "Advertising."}, {"fr", "Publicité."}};
  fired.category = "spam";
  fired.verdict = Verdict::hide;
  fired.severity = RuleSeverity::high;
  fired.points = 2.5;
  fired.guideline = "G3.1";
  fired.meta = R"({"label":"ad"})";
  fired.evidence = {{"main", "online casino", "body", 4, 17, "Online\xFF" "casino", Tolerance::case_}};
  FiredRule score_only;
  score_only.rule = "spam.caps";
  score_only.category = "spam";
  score_only.points = 2;
  d.fired = {fired, score_only};
  d.crossed = {{"spam", Verdict::flag, 4.5, {"spam.caps", "spam.casino"}}};
  d.suppressed = {{"spam.link", "spam.partner"}};
  d.undetermined = {{"spam.new", "when", {"author.account_age"}}};
  d.shadow = {{"spam.trial", Verdict::hide, Verdict::escalate}};
  d.scores = {{"spam", 4.5}};
  d.limits = {"text_bytes: body"};
  d.notices = {"author.plan: not declared"};
  d.engine = {0x0123456789abcdefULL, 0xfedcba9876543210ULL};
  return d;
}

TEST_CASE("a decision with everything in it has the documented keys in their order") {
  CHECK(to_json(full_decision()) ==
        R"({"schema":"modcore.decision/1","id":"p1","verdict":"escalate","hidden":true,)"
        R"("attention":"escalate","routes":[{"to":"care","within":900,"urgency":"high"},)"
        R"({"to":"moderators","within":null,"urgency":"normal"}],)"
        R"("reason":{"en":"Advertising.","fr":"Publicité."},)"
        R"("fired":[{"rule":"spam.casino","title":{"en":"Casino"},"category":"spam",)"
        R"("verdict":"hide","severity":"high","points":2.5,"guideline":"G3.1",)"
        R"("meta":{"label":"ad"},"evidence":[{"pattern":"main","item":"online casino",)"
        R"("field":"body","begin":4,"end":17,"text":"Online)"
        "\xEF\xBF\xBD"
        R"(casino","tolerance":"case"}]},{"rule":"spam.caps","title":{},"category":"spam",)"
        R"("verdict":null,"severity":"medium","points":2,"guideline":null,"meta":{},)"
        R"("evidence":[]}],"crossed":[{"category":"spam","verdict":"flag","points":4.5,)"
        R"("rules":["spam.caps","spam.casino"]}],)"
        R"("suppressed":[{"rule":"spam.link","by":"spam.partner"}],)"
        R"("undetermined":[{"rule":"spam.new","part":"when","missing":["author.account_age"]}],)"
        R"("shadow":[{"rule":"spam.trial","verdict":"hide","would_be":"escalate"}],)"
        R"("scores":{"spam":4.5},"limits":["text_bytes: body"],)"
        R"("notices":["author.plan: not declared"],)"
        R"("engine":"0123456789abcdeffedcba9876543210"})");
}

TEST_CASE("the reason of an allow rule is not given") {
  Decision d;
  d.fired.resize(1);
  d.fired[0].verdict = Verdict::allow;
  d.fired[0].reason.entries = {{"en", "A partner."}};
  CHECK(to_json(d).find(R"("reason":{})") != std::string::npos);
}

TEST_CASE("a report counts by severity and keeps the order") {
  Diagnostic error;
  error.id = "M002";
  error.name = "unknown-key";
  error.message = "`verdikt` is not a key of a rule";
  error.where = {"a.yaml", 3, 5, 3, 12, 40, 47, "    verdikt: hide"};
  error.fixes = {{error.where, "verdict", true}};
  error.labels = {{error.where, "here"}};
  error.notes = {"one"};
  Diagnostic warning;
  warning.severity = Severity::warning;
  const auto json = nlohmann::json::parse(to_json(std::vector{error, warning}));
  CHECK(json["schema"] == "modcore.report/1");
  CHECK(json["counts"] == nlohmann::json{{"error", 1}, {"warning", 1}, {"info", 0}});
  REQUIRE(json["diagnostics"].size() == 2);
  const auto& first = json["diagnostics"][0];
  CHECK(first["id"] == "M002");
  CHECK(first["where"]["line"] == 3);
  CHECK(first["where"]["end"] == 47);
  CHECK(first["fixes"][0]["replacement"] == "verdict");
  CHECK(first["labels"][0]["text"] == "here");
}

TEST_CASE("an explanation holds the decision, the tree of each rule and the views") {
  Explanation e;
  e.rules = {{"spam.casino", "fired", {{"when", {"a and b", "true", {}, {}, {{"a", "true", {}, {}, {}}}}}}}};
  e.views = {{"body", "fold", "hello"}};
  const auto json = nlohmann::json::parse(to_json(e));
  CHECK(json["schema"] == "modcore.explanation/1");
  CHECK(json["decision"]["schema"] == "modcore.decision/1");
  CHECK(json["rules"][0]["parts"][0]["condition"]["children"][0]["text"] == "a");
  CHECK(json["views"][0]["view"] == "fold");
}

TEST_CASE("any bytes become valid JSON text") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  std::string out;
  api::JsonWriter(out).text(all);
  const std::string back = nlohmann::json::parse(out).get<std::string>();
  CHECK(back.substr(0, 128) == all.substr(0, 128));
  CHECK(back.size() == 128 + 128 * 3);
}

TEST_CASE("a number that is not finite is null") {
  std::string out;
  api::JsonWriter(out).number(std::numeric_limits<double>::infinity());
  CHECK(out == "null");
}

}  // namespace
}  // namespace modcore
