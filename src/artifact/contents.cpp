#include "artifact/contents.hpp"

#include <algorithm>

#include <modcore/version.hpp>

#include "artifact/fields.hpp"
#include "artifact/plan_fields.hpp"
#include "artifact/sections.hpp"
#include "artifact/validate.hpp"
#include "compile/patterns.hpp"
#include "diag/sink.hpp"
#include "runtime/database.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::artifact {

void fields(auto& archive, Is<About> auto& value) {
  auto& [library, language, tables, high, low, native] = value;
  archive(library, language, tables, high, low, native);
}
void fields(auto& archive, Is<Place> auto& value) {
  auto& [file, line] = value;
  archive(file, line);
}
void fields(auto& archive, Is<Origins> auto& value) {
  auto& [files, places, used_fields] = value;
  archive(files, places, used_fields);
}

namespace {

template <typename... Values>
std::string bytes_of(const Values&... values) {
  Writer writer;
  writer(values...);
  return writer.take();
}

// Every byte of the section must be of the values.
template <typename... Values>
void take(std::string_view bytes, Values&... values) {
  Reader reader(bytes);
  reader(values...);
  reader.finish();
}

// The one section of a kind; an optional one may be missing.
std::optional<std::string_view> find(const std::vector<Section>& sections, SectionKind kind) {
  const auto found = std::ranges::find(sections, kind, &Section::kind);
  if (found == sections.end()) return std::nullopt;
  return found->bytes;
}

std::string_view get(const std::vector<Section>& sections, SectionKind kind) {
  const auto found = find(sections, kind);
  require(found.has_value(), "a section is missing");
  return *found;
}

About take_about(const std::vector<Section>& sections) {
  About about;
  take(get(sections, SectionKind::about), about);
  return about;
}

void check_versions(const About& about) {
  const About here = about_this_library();
  const std::string again = ", this library has " + here.tables + ": compile the rules again";
  if (about.language != here.language) {
    throw Fault("the rule language has another version: compile the rules again");
  }
  if (about.tables != here.tables) throw Fault("the artifact has text tables " + about.tables + again);
}

program::Image take_image(std::string_view bytes) {
  program::Image image;
  take(bytes, image);
  for (program::ConstantSet& set : image.sets) set.views.assign(set.items.begin(), set.items.end());
  return image;
}

// ---- The native section ------------------------------------------------------------

void make_programs(runtime::MatchPlan& plan) {
  for (runtime::PlannedRegex& regex : plan.regexes) {
    const auto& item = plan.patterns.at(regex.item.pattern).items.at(regex.item.item);
    const auto& written = std::get<ir::RegexItem>(item.what);
    regex.program = runtime::RegexProgram::later(written.pattern,
                                                 written.tolerance == ir::Tolerance::exact);
  }
}

void find_sequences(runtime::MatchPlan& plan) {
  for (runtime::DisguisedSequence& planned : plan.disguises.sequences) {
    const auto& item = plan.patterns.at(planned.item.pattern).items.at(planned.item.item);
    planned.sequence = std::get<ir::WordsItem>(item.what).alternatives[planned.alternative];
  }
}

// Null where the section does not serve this process. Trusts its bytes.
std::shared_ptr<runtime::MatchPlan> native_plan(std::string_view bytes,
                                                std::vector<runtime::PlannedPattern>& patterns,
                                                const std::vector<ir::PatternUse>& uses) {
  auto plan = std::make_shared<runtime::MatchPlan>();
  try {
    take(bytes, *plan);
  } catch (const Fault&) {
    return nullptr;
  }
  plan->patterns = std::move(patterns);
  plan->uses = uses;
  make_programs(*plan);
  find_sequences(*plan);
  return plan;
}

// ---- Patterns compiled again -------------------------------------------------------

std::shared_ptr<runtime::MatchPlan> compile_again(std::vector<runtime::PlannedPattern> patterns,
                                                  const program::Image& image) {
  std::vector<bool> if_unknown, waits;
  for (const runtime::PlannedPattern& pattern : patterns) {
    if_unknown.push_back(pattern.if_language_unknown);
    waits.push_back(pattern.waits);
  }
  const ir::RuleSet rules = rule_set_of(std::move(patterns), image);
  const source::SourceMap sources;
  diag::Sink sink(sources);
  auto plan = compiler::compile_patterns(rules, image.uses, waits, sink);
  if (!plan) {
    const std::vector<Diagnostic> found = sink.take();
    throw Fault("its patterns do not compile" + (found.empty() ? "" : ": " + found.front().message));
  }
  for (std::size_t i = 0; i < if_unknown.size(); ++i) {
    plan->patterns[i].if_language_unknown = if_unknown[i];
  }
  return plan;
}

}  // namespace

ir::RuleSet rule_set_of(std::vector<runtime::PlannedPattern> patterns, const program::Image& image) {
  ir::RuleSet rules;
  rules.limits = image.limits;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    ir::Pattern& pattern = rules.patterns.emplace_back();
    runtime::PlannedPattern& planned = patterns[i];
    pattern.name = image.patterns[i].name;
    pattern.rule = image.patterns[i].rule;
    pattern.tolerance = planned.tolerance;
    pattern.languages = std::move(planned.languages);
    pattern.at = planned.at;
    pattern.unit = planned.unit;
    pattern.except = planned.except;
    pattern.is_except = planned.is_except;
    for (std::size_t j = 0; j < planned.items.size(); ++j) {
      pattern.items.push_back({.source = std::string(program::item_text(image, i, j)),
                               .span = {},
                               .what = std::move(planned.items[j].what),
                               .distinct = planned.items[j].distinct});
    }
  }
  return rules;
}

std::string write_plan(const runtime::MatchPlan& plan, const std::string& key) {
  const std::string head = bytes_of(about_this_library().native, key);
  const std::string patterns = bytes_of(plan.patterns);
  const std::string databases = bytes_of(plan);
  return join_sections({{SectionKind::about, head},
                        {SectionKind::patterns, patterns},
                        {SectionKind::native, databases}});
}

std::shared_ptr<const runtime::MatchPlan> read_plan(std::string_view bytes, const std::string& key,
                                                    const std::vector<ir::PatternUse>& uses) {
  try {
    const std::vector<Section> sections = split_sections(bytes);
    std::string native, known_as;
    take(get(sections, SectionKind::about), native, known_as);
    if (native != about_this_library().native || known_as != key) return nullptr;
    std::vector<runtime::PlannedPattern> patterns;
    take(get(sections, SectionKind::patterns), patterns);
    return native_plan(get(sections, SectionKind::native), patterns, uses);
  } catch (const Fault&) {
    return nullptr;
  }
}

About about_this_library() {
  About about;
  about.library = MODCORE_VERSION;
  about.language = language_version;
  about.tables = text::unicode::version;
  about.native = "modcore " + about.library + ", " + runtime::database_platform();
  return about;
}

std::string write(const About& about, const program::Image& image, const runtime::MatchPlan& plan,
                  const Origins& origins, bool native) {
  const std::string head = bytes_of(about);
  const std::string program = bytes_of(image);
  const std::string patterns = bytes_of(plan.patterns);
  const std::string rules = bytes_of(origins);
  std::vector<Section> sections = {{SectionKind::about, head},
                                   {SectionKind::program, program},
                                   {SectionKind::patterns, patterns},
                                   {SectionKind::rules, rules}};
  const std::string databases = native ? bytes_of(plan) : std::string();
  if (native) sections.push_back({SectionKind::native, databases});
  return join_sections(sections);
}

About read_about(std::string_view bytes) { return take_about(split_sections(bytes)); }

Parts read(std::string_view bytes, bool trusted) {
  const std::vector<Section> sections = split_sections(bytes);
  Parts parts;
  parts.about = take_about(sections);
  check_versions(parts.about);
  auto image = std::make_shared<program::Image>(take_image(get(sections, SectionKind::program)));
  std::vector<runtime::PlannedPattern> patterns;
  take(get(sections, SectionKind::patterns), patterns);
  take(get(sections, SectionKind::rules), parts.origins);
  validate(*image, patterns, parts.origins);
  parts.image = image;
  const auto native = find(sections, SectionKind::native);
  if (trusted && native && parts.about.native == about_this_library().native) {
    parts.plan = native_plan(*native, patterns, image->uses);
  }
  parts.rebuilt = parts.plan == nullptr;
  if (parts.rebuilt) parts.plan = compile_again(std::move(patterns), *image);
  return parts;
}

}  // namespace modcore::artifact
