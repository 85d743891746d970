// A file by its kind; and the kinds that are small enough to be read here.
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/allowance_reader.hpp"
#include "parse/declaration_reader.hpp"
#include "parse/parse.hpp"
#include "parse/policy_reader.hpp"
#include "parse/reading.hpp"
#include "parse/rule_reader.hpp"
#include "parse/test_reader.hpp"

namespace modcore::parse {
namespace {

using Entry = const YamlEntry&;

// ---- Kinds

std::string_view base_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

struct TellingKey {
  std::string_view key;
  FileKind kind;
};

// The first of these that a file has says what it is.
constexpr std::array telling_keys{
    TellingKey{"rules", FileKind::rules},        TellingKey{"cases", FileKind::test},
    TellingKey{"corpora", FileKind::test},       TellingKey{"policy", FileKind::policy},
    TellingKey{"packs", FileKind::policy},       TellingKey{"overrides", FileKind::policy},
    TellingKey{"thresholds", FileKind::policy},  TellingKey{"languages", FileKind::policy},
    TellingKey{"macros", FileKind::rules},       TellingKey{"lists", FileKind::rules},
    TellingKey{"attributes", FileKind::context}, TellingKey{"guidelines", FileKind::guidelines}};

bool has_top_level_key(std::string_view text, std::string_view key) {
  for (std::size_t line = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; line < text.size();) {
    const std::string_view rest = text.substr(line);
    if (rest.starts_with(key) && rest.substr(key.size()).starts_with(':')) return true;
    const std::size_t next = text.find_first_of("\r\n", line);
    if (next == std::string_view::npos) break;
    line = next + 1;
  }
  return false;
}

// ---- Version

class VersionCheck {
 public:
  VersionCheck(const YamlNode& root, std::string_view text, Reporter& reporter)
      : root_(root), text_(text), reporter_(reporter) {}

  void run() {
    const YamlEntry* version = root_.find("modcore");
    if (version == nullptr) return missing();
    const YamlNode& value = version->value;
    if (value.reported) return;
    if (value.is_plain() && value.text == "1") return;
    const bool newer = value.is_plain() && is_whole_number(value.text) &&
                       !value.text.starts_with('-') && value.text != "0";
    auto report = reporter_.report(
        diag::bad_version, value.span,
        {newer ? fmt::format("version {} of the rule language is newer than this library, which "
                             "reads version 1",
                             value.text)
               : std::string("the version of the rule language must be the number 1")});
    if (newer) report.help("use a newer library, or write the file in version 1");
    if (value.is_scalar() && value.text == "1") report.fix(value.span, "1");
  }

 private:
  void missing() {
    const std::uint32_t begin = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const source::Span start{root_.span.source, begin, begin};
    reporter_
        .report(diag::bad_version, start,
                {"the file does not say which version of the rule language it is written in"})
        .fix(start, "modcore: 1\n");
  }

  const YamlNode& root_;
  std::string_view text_;
  Reporter& reporter_;
};

// ---- Small kinds

ast::GuidelineClause read_clause(Entry entry, Reporter& reporter) {
  ast::GuidelineClause clause;
  clause.id = name_of(entry.key);
  read_map(
      entry.value, "a clause",
      {{"title", [&](Entry e) { clause.title = read_localized(e.value, "`title`", reporter); }},
       {"url", [&](Entry e) { clause.url = read_word(e.value, "`url`", reporter); }},
       {"meta", [](Entry) {}}},
      reporter);
  return clause;
}

// The clauses stand under `guidelines:` or, as nothing else is in such a file, alone.
ast::GuidelinesFile read_guidelines(const YamlNode& root, Reporter& reporter) {
  ast::GuidelinesFile file;
  const YamlEntry* nested = root.find("guidelines");
  for_each_entry(
      nested != nullptr ? nested->value : root, "the guidelines", reporter, [&](Entry e) {
        const bool own = nested == nullptr && (e.key.text == "modcore" || e.key.text == "meta");
        if (!own) file.clauses.push_back(read_clause(e, reporter));
      });
  if (nested != nullptr) {
    read_map(root, "a guidelines file",
             {{"modcore", [](Entry) {}}, {"guidelines", [](Entry) {}}, {"meta", [](Entry) {}}},
             reporter);
  }
  return file;
}

ast::ContextFile read_context(const YamlNode& root, Reporter& reporter) {
  ast::ContextFile file;
  read_map(
      root, "a context file",
      {{"modcore", [](Entry) {}},
       {"attributes",
        [&](Entry e) { file.attributes = read_attributes(e.value, "`attributes`", reporter); }},
       {"meta", [](Entry) {}}},
      reporter);
  return file;
}

ast::TestFile read_tests(const YamlNode& root, Reporter& reporter) {
  ast::TestFile file;
  read_map(root, "a test file",
           {{"modcore", [](Entry) {}},
            {"cases", [&](Entry e) { file.cases = read_policy_tests(e.value, reporter); }},
            {"corpora",
             [&](Entry e) {
               if (e.value.kind != YamlNode::Kind::sequence) {
                 return report_kind(e.value, "`corpora`", "a list of maps with `path` and budgets", reporter);
               }
               for (const YamlNode& corpus : e.value.items) file.corpora.push_back(read_value(corpus));
             }},
            {"meta", [](Entry) {}}},
           reporter);
  return file;
}

template <typename File>
ast::File with_source(File file, source::SourceId id) {
  file.source = id;
  return file;
}

ast::File read_file(const YamlNode& root, FileKind kind, Reporter& reporter) {
  const source::SourceId id = root.span.source;
  switch (kind) {
    case FileKind::policy:
      return with_source(read_policy(root, reporter), id);
    case FileKind::guidelines:
      return with_source(read_guidelines(root, reporter), id);
    case FileKind::context:
      return with_source(read_context(root, reporter), id);
    case FileKind::test:
      return with_source(read_tests(root, reporter), id);
    case FileKind::rules:
      break;
  }
  return with_source(read_rule_file(root, reporter), id);
}

void check_file_name(std::string_view name, const YamlNode& root, FileKind kind,
                     Reporter& reporter) {
  const std::string_view suffix = kind == FileKind::rules ? ".rules.yaml" : ".test.yaml";
  if (kind != FileKind::rules && kind != FileKind::test) return;
  const std::string_view base = base_name(name);
  if (base.ends_with(suffix) || base == suffix.substr(1)) return;
  const std::string_view stem = base.substr(0, base.find('.'));
  reporter.report(diag::file_name_convention, {root.span.source, 0, 0},
                  {fmt::format("the name does not tell that this file holds {}",
                               kind == FileKind::rules ? "rules" : "tests"),
                   fmt::format("name it `{}{}`", stem, suffix)});
}

}  // namespace

FileKind kind_of(std::string_view file_name, std::string_view text) {
  const std::string_view name = base_name(file_name);
  if (name.ends_with(".rules.yaml")) return FileKind::rules;
  if (name.ends_with(".test.yaml")) return FileKind::test;
  if (name == "policy.yaml") return FileKind::policy;
  if (name == "guidelines.yaml") return FileKind::guidelines;
  if (name == "context.yaml") return FileKind::context;
  for (const TellingKey& telling : telling_keys) {
    if (has_top_level_key(text, telling.key)) return telling.kind;
  }
  return FileKind::rules;
}

void check_version(const YamlNode& root, std::string_view text, Reporter& reporter) {
  VersionCheck(root, text, reporter).run();
}

std::optional<ast::File> parse_file(const source::SourceMap& sources, source::SourceId id,
                                    FileKind kind, diag::Sink& sink) {
  const auto root = read_yaml(sources, id, sink);
  if (!root) return std::nullopt;
  Reporter reporter(sink);
  if (root->kind != YamlNode::Kind::map) {
    if (root->kind == YamlNode::Kind::null) {
      reporter.report(diag::empty_value, root->span, {"the file"})
          .help("write `modcore: 1` at its top");
    } else {
      report_kind(*root, "the file", "a map of keys", reporter);
    }
    return std::nullopt;
  }
  read_allowances(sources, *root, sink);
  check_file_name(sources.name(id), *root, kind, reporter);
  check_version(*root, sources.text(id), reporter);
  return read_file(*root, kind, reporter);
}

}  // namespace modcore::parse
