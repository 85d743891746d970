// The Decision and the Explanation as JSON.
#include <modcore/json.hpp>

#include "api/json_writer.hpp"

namespace modcore {
namespace {

using api::JsonWriter;

void write(JsonWriter& json, const std::optional<Verdict>& verdict) {
  if (verdict) {
    json.text(to_string(*verdict));
  } else {
    json.null();
  }
}

void write(JsonWriter& json, const LocalizedText& text) {
  json.begin_object();
  // "und" is BCP 47 for a text whose language nobody named.
  for (const auto& [lang, words] : text.entries) json.key(lang.empty() ? "und" : lang).text(words);
  json.end_object();
}

void write(JsonWriter& json, const Evidence& evidence) {
  json.begin_object();
  json.key("pattern").text(evidence.pattern);
  json.key("item").text(evidence.item);
  json.key("field").text(evidence.field);
  json.key("begin").integer(static_cast<std::int64_t>(evidence.begin));
  json.key("end").integer(static_cast<std::int64_t>(evidence.end));
  json.key("text").text(evidence.text);
  json.key("tolerance").text(to_string(evidence.tolerance));
  json.end_object();
}

void write(JsonWriter& json, const Route& route) {
  json.begin_object().key("to").text(route.to).key("within");
  if (route.within) {
    json.integer(route.within->count());
  } else {
    json.null();
  }
  json.key("urgency").text(to_string(route.urgency)).end_object();
}

void write(JsonWriter& json, const FiredRule& fired) {
  json.begin_object().key("rule").text(fired.rule).key("title");
  write(json, fired.title);
  json.key("category").text(fired.category).key("verdict");
  write(json, fired.verdict);
  json.key("severity").text(to_string(fired.severity));
  json.key("points").number(fired.points);
  json.key("guideline");
  if (fired.guideline.empty()) {
    json.null();
  } else {
    json.text(fired.guideline);
  }
  json.key("meta").raw(fired.meta.empty() ? std::string_view("{}") : fired.meta);
  json.key("evidence").array(fired.evidence, [&](const Evidence& e) { write(json, e); });
  json.end_object();
}

void write(JsonWriter& json, const CrossedThreshold& crossed) {
  json.begin_object();
  json.key("category").text(crossed.category);
  json.key("verdict").text(to_string(crossed.verdict));
  json.key("points").number(crossed.points);
  json.key("rules").texts(crossed.rules);
  json.end_object();
}

void write(JsonWriter& json, const SuppressedRule& suppressed) {
  json.begin_object();
  json.key("rule").text(suppressed.rule).key("by").text(suppressed.by);
  json.end_object();
}

void write(JsonWriter& json, const UndeterminedRule& undetermined) {
  json.begin_object();
  json.key("rule").text(undetermined.rule).key("part").text(undetermined.part);
  json.key("missing").texts(undetermined.missing);
  json.end_object();
}

void write(JsonWriter& json, const ShadowRule& shadow) {
  json.begin_object().key("rule").text(shadow.rule).key("verdict");
  write(json, shadow.verdict);
  json.key("would_be").text(to_string(shadow.would_be)).end_object();
}

// The reasons that Decision::reason() chooses from.
void write_reason(JsonWriter& json, const Decision& decision) {
  for (const FiredRule& fired : decision.fired) {
    if (fired.verdict != Verdict::allow && !fired.reason.empty()) return write(json, fired.reason);
  }
  json.begin_object().end_object();
}

void write(JsonWriter& json, const ConditionNode& node);
void write(JsonWriter& json, const ExplainedPart& part);
void write(JsonWriter& json, const ExplainedRule& rule);
void write(JsonWriter& json, const ReadCharacter& character);
void write(JsonWriter& json, const DisguisedWord& word);
void write(JsonWriter& json, const ExplainedView& view);

template <typename Range>
void write_all(JsonWriter& json, std::string_view key, const Range& elements) {
  json.key(key).array(elements, [&](const auto& element) { write(json, element); });
}

void write(JsonWriter& json, const Decision& decision) {
  json.begin_object();
  json.key("schema").text("modcore.decision/1");
  json.key("id").text(decision.id);
  json.key("verdict").text(to_string(decision.verdict));
  json.key("hidden").boolean(decision.hidden);
  json.key("attention").text(to_string(decision.attention));
  write_all(json, "routes", decision.routes);
  json.key("reason");
  write_reason(json, decision);
  write_all(json, "fired", decision.fired);
  write_all(json, "crossed", decision.crossed);
  write_all(json, "suppressed", decision.suppressed);
  write_all(json, "undetermined", decision.undetermined);
  write_all(json, "shadow", decision.shadow);
  json.key("scores").begin_object();
  for (const CategoryScore& score : decision.scores) json.key(score.category).number(score.points);
  json.end_object();
  json.key("limits").texts(decision.limits);
  json.key("notices").texts(decision.notices);
  json.key("engine").text(decision.engine.to_string());
  json.end_object();
}

void write(JsonWriter& json, const ConditionNode& node) {
  json.begin_object();
  json.key("text").text(node.text).key("value").text(node.value);
  json.key("missing").texts(node.missing);
  write_all(json, "evidence", node.evidence);
  write_all(json, "children", node.children);
  json.end_object();
}

void write(JsonWriter& json, const ExplainedPart& part) {
  json.begin_object().key("part").text(part.part).key("condition");
  write(json, part.condition);
  json.end_object();
}

void write(JsonWriter& json, const ExplainedRule& rule) {
  json.begin_object().key("rule").text(rule.rule).key("outcome").text(rule.outcome);
  write_all(json, "parts", rule.parts);
  json.end_object();
}

void write(JsonWriter& json, const ReadCharacter& character) {
  json.begin_object();
  json.key("begin").integer(static_cast<std::int64_t>(character.begin));
  json.key("end").integer(static_cast<std::int64_t>(character.end));
  json.key("text").text(character.text).key("letter").text(character.letter);
  json.key("how").texts(character.how);
  json.end_object();
}

void write(JsonWriter& json, const DisguisedWord& word) {
  json.begin_object();
  json.key("pattern").text(word.pattern).key("item").text(word.item).key("field").text(word.field);
  json.key("begin").integer(static_cast<std::int64_t>(word.begin));
  json.key("end").integer(static_cast<std::int64_t>(word.end));
  json.key("text").text(word.text).key("word").text(word.word);
  write_all(json, "characters", word.characters);
  json.end_object();
}

void write(JsonWriter& json, const ExplainedView& view) {
  json.begin_object();
  json.key("field").text(view.field).key("view").text(view.view).key("text").text(view.text);
  json.end_object();
}

}  // namespace

std::string to_json(const Decision& decision) {
  std::string out;
  JsonWriter json(out);
  write(json, decision);
  return out;
}

std::string to_json(const Explanation& explanation) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("schema").text("modcore.explanation/1").key("decision");
  write(json, explanation.decision);
  write_all(json, "rules", explanation.rules);
  write_all(json, "disguises", explanation.disguises);
  write_all(json, "views", explanation.views);
  json.end_object();
  return out;
}

}  // namespace modcore
