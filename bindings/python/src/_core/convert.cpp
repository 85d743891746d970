#include "convert.hpp"

#include <map>

#include "report.hpp"
#include "values.hpp"

namespace modcore::python {
namespace {

py::object to_localized(const LocalizedText& text) {
  py::dict texts;
  for (const auto& [lang, words] : text.entries) texts[to_str(lang.empty() ? "und" : lang)] = to_str(words);
  return type("LocalizedText")(texts, to_str(text.fallback));
}

py::object to_meta(const std::string& json) {
  if (json.empty()) return py::dict();
  return py::module_::import("json").attr("loads")(to_str(json));
}

py::object to_evidence(const Evidence& evidence, CodePoints place) {
  return type("Evidence")(to_str(evidence.pattern), to_str(evidence.item), to_str(evidence.field),
                          place.begin, place.end, to_str(evidence.text),
                          to_enum("Tolerance", evidence.tolerance));
}

py::object convert(const ConditionNode& node, TextFields& texts) {
  const auto evidence = to_tuple(node.evidence, [&](const Evidence& e) { return convert(e, texts); });
  const auto children =
      to_tuple(node.children, [&](const ConditionNode& child) { return convert(child, texts); });
  return type("ConditionNode")(to_str(node.text), to_str(node.value), to_strs(node.missing), evidence,
                               children);
}

// The report of one diagnostic is that of all without the line that counts them.
std::string report_of(const Diagnostic& diagnostic) {
  std::string text = render({&diagnostic, 1});
  while (text.ends_with('\n')) text.pop_back();
  const std::size_t last = text.rfind('\n');
  if (diagnostic.severity != Severity::info && last != std::string::npos) text.erase(last);
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

py::handle type(const char* name) {
  // Never freed: objects may outlive the interpreter's modules.
  static auto* const cache = new std::map<std::string, PyObject*, std::less<>>;
  const auto found = cache->find(name);
  if (found != cache->end()) return found->second;
  py::object type = py::getattr(py::module_::import("modcore._types"), name, py::none());
  if (type.is_none()) type = py::module_::import("modcore._reports").attr(name);
  return cache->emplace(name, type.inc_ref().ptr()).first->second;
}

py::object to_verdict(const std::optional<Verdict>& verdict) {
  return verdict ? to_enum("Verdict", *verdict) : py::none();
}

py::tuple to_strs(std::span<const std::string> texts) {
  return to_tuple(texts, [](const std::string& text) { return to_str(text); });
}

py::object convert(const Location& where) {
  return type("Location")(to_str(where.file), where.line, where.column, where.end_line, where.end_column);
}

py::object convert(const Evidence& evidence, TextFields& texts) {
  return to_evidence(evidence, texts.places(evidence.field, evidence.begin, evidence.end));
}

py::object convert(const FiredRule& rule, std::span<const CodePoints> places) {
  std::size_t at = 0;
  const auto evidence =
      to_tuple(rule.evidence, [&](const Evidence& e) { return to_evidence(e, places[at++]); });
  return type("FiredRule")(to_str(rule.rule), to_localized(rule.title), to_localized(rule.reason),
                           to_str(rule.category), to_verdict(rule.verdict),
                           to_enum("RuleSeverity", rule.severity), rule.points, to_str(rule.guideline),
                           to_meta(rule.meta), evidence);
}

py::object convert(const CrossedThreshold& crossed) {
  return type("CrossedThreshold")(to_str(crossed.category), to_enum("Verdict", crossed.verdict),
                                  crossed.points, to_strs(crossed.rules));
}

py::object convert(const Route& route) {
  return type("Route")(to_str(route.to), route.within ? to_timedelta(*route.within) : py::none(),
                       to_enum("Urgency", route.urgency));
}

py::object convert(const SuppressedRule& suppressed) {
  return type("SuppressedRule")(to_str(suppressed.rule), to_str(suppressed.by));
}

py::object convert(const UndeterminedRule& undetermined) {
  return type("UndeterminedRule")(to_str(undetermined.rule), to_str(undetermined.part),
                                  to_strs(undetermined.missing));
}

py::object convert(const ShadowRule& shadow) {
  return type("ShadowRule")(to_str(shadow.rule), to_verdict(shadow.verdict),
                            to_enum("Verdict", shadow.would_be));
}

py::object convert(const ExplainedRule& rule, TextFields& texts) {
  const auto parts = to_tuple(rule.parts, [&](const ExplainedPart& part) {
    return type("ExplainedPart")(to_str(part.part), convert(part.condition, texts));
  });
  return type("ExplainedRule")(to_str(rule.rule), to_str(rule.outcome), parts);
}

py::object convert(const DisguisedWord& word, TextFields& texts) {
  const CodePoints place = texts.places(word.field, word.begin, word.end);
  const auto characters = to_tuple(word.characters, [&](const ReadCharacter& read) {
    const CodePoints at = texts.places(word.field, read.begin, read.end);
    return type("ReadCharacter")(at.begin, at.end, to_str(read.text), to_str(read.letter),
                                 to_strs(read.how));
  });
  return type("DisguisedWord")(to_str(word.pattern), to_str(word.item), to_str(word.field),
                               place.begin, place.end, to_str(word.text), to_str(word.word),
                               characters);
}

py::object convert(const ExplainedView& view) {
  return type("ExplainedView")(to_str(view.field), to_str(view.view), to_str(view.text));
}

py::object convert(const RuleInfo& rule) {
  return type("RuleInfo")(to_str(rule.id), to_str(rule.category), to_verdict(rule.verdict),
                          to_enum("RuleSeverity", rule.severity), to_enum("RuleStatus", rule.status),
                          to_str(rule.file), rule.line);
}

py::object convert(const Diagnostic& diagnostic) {
  const auto labels = to_tuple(diagnostic.labels, [](const Label& label) {
    return type("Label")(convert(label.where), to_str(label.text));
  });
  const auto fixes = to_tuple(diagnostic.fixes, [](const Fix& fix) {
    return type("Fix")(convert(fix.where), to_str(fix.replacement), fix.safe);
  });
  return type("Diagnostic")(to_enum("Severity", diagnostic.severity), to_str(diagnostic.id),
                            to_str(diagnostic.name), to_str(diagnostic.message), to_str(diagnostic.help),
                            to_str(diagnostic.rule), convert(diagnostic.where), labels,
                            to_strs(diagnostic.notes), fixes, to_str(report_of(diagnostic)),
                            diagnostic.suppressed, to_str(diagnostic.justification));
}

py::object convert(const TestResult& result) {
  // What a rule's own test looked at is not the caller's text, so bytes are as good.
  TextFields none;
  const py::object explained =
      result.explained.rule.empty() ? py::none() : convert(result.explained, none);
  return type("TestResult")(to_str(result.rule), to_str(result.kind), result.index,
                            to_str(result.disguise), to_str(result.name), convert(result.where), to_enum("TestOutcome", result.outcome),
                            to_str(result.message), explained);
}

py::object to_findings(const std::vector<Diagnostic>& diagnostics) {
  const auto found = to_tuple(diagnostics, [](const Diagnostic& d) { return convert(d); });
  return py::module_::import("modcore._findings").attr("Findings")(found, Report(diagnostics));
}

}  // namespace modcore::python
