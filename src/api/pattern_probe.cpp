#include "api/pattern_probe.hpp"

#include <string_view>
#include <utility>

#include "compile/patterns.hpp"
#include "runtime/describe.hpp"

namespace modcore::api {
namespace {

ir::Pattern pattern_of(const runtime::MatchPlan& plan, const program::Image& image, std::size_t index,
                       const ir::FieldSet& fields) {
  const runtime::PlannedPattern& planned = plan.patterns[index];
  ir::Pattern out;
  out.name = image.patterns[index].name;
  for (std::size_t i = 0; i < planned.items.size(); ++i) {
    out.items.push_back({std::string(program::item_text(image, index, i)), {}, planned.items[i].what, planned.items[i].distinct});
  }
  out.tolerance = planned.tolerance;
  out.in = fields;
  out.at = planned.at;
  out.unit = planned.unit;
  out.languages = planned.languages;
  out.is_except = planned.is_except;
  return out;
}

}  // namespace

PatternProbe probe_of(const runtime::MatchPlan& plan, const program::Image& image, ir::PatternUse use) {
  const auto index = static_cast<std::size_t>(use.pattern);
  PatternProbe probe{pattern_of(plan, image, index, use.fields), std::nullopt};
  const ir::PatternId except = plan.patterns[index].except;
  if (except != ir::no_pattern) probe.except = pattern_of(plan, image, static_cast<std::size_t>(except), use.fields);
  return probe;
}

Prober::Prober(runtime::Session& session, const Post& post) : image_(session.image()) {
  text_.configure(all_fields(), image_.limits.text_bytes);
  text_.set(post, session.facts().host_texts());
  lang_ = session.facts().lang();
}

ir::FieldSet Prober::all_fields() const {
  ir::FieldSet fields = ir::text_fields();
  for (const auto field : {ir::TextField::body, ir::TextField::attachment_names, ir::TextField::author_name,
                           ir::TextField::author_bio, ir::TextField::parent_body, ir::TextField::channel_name}) {
    fields.add(field);
  }
  for (const ir::HostAttribute& host : image_.host_attributes) {
    if (host.text) fields.add(*host.text);
  }
  return fields;
}

std::optional<ProbeMatch> Prober::search(const PatternProbe& probe) {
  ir::RuleSet rules;
  rules.limits = image_.limits;
  rules.patterns.push_back(probe.pattern);
  if (probe.except) {
    rules.patterns.front().except = ir::PatternId{1};
    rules.patterns.push_back(*probe.except);
  }
  source::SourceMap sources;
  diag::Sink sink(sources);
  auto plan = compiler::compile_patterns(rules, {{ir::PatternId{0}, probe.pattern.in}}, {}, sink);
  if (!plan) return std::nullopt;
  runtime::Matcher matcher(std::move(plan));
  matcher.run(text_, probe.pattern.languages.empty() ? std::string_view(lang_) : std::string_view());
  const auto matches = matcher.matches(runtime::UseId{0}, 1);
  if (matches.empty()) return std::nullopt;
  return describe(matches.front());
}

ProbeMatch Prober::describe(const runtime::Match& match) {
  const runtime::SourceText& source = text_.sources()[text_.piece(match.piece).source];
  return {match.item, runtime::source_name(image_, source), match.range,
          std::string(source.text.substr(match.range.begin, match.range.end - match.range.begin))};
}

}  // namespace modcore::api
