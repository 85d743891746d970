// Rule files and lists in one layout: every change is checked to change nothing
// that the reader sees.
#include <algorithm>
#include <functional>

#include <modcore/tooling.hpp>

#include "diag/sink.hpp"
#include "parse/parse.hpp"
#include "parse/yaml_tree.hpp"
#include "source/source_map.hpp"
#include "tooling/edits.hpp"
#include "tooling/list_layout.hpp"
#include "tooling/yaml_layout.hpp"

namespace modcore {
namespace {

using parse::YamlNode;

struct ReadYaml {
  std::optional<YamlNode> root;
  std::vector<Diagnostic> diagnostics;
};

ReadYaml read(const std::string& name, std::string text) {
  source::SourceMap sources;
  diag::Sink sink(sources);
  const source::SourceId id = sources.add(name, std::move(text));
  ReadYaml result;
  result.root = parse::read_yaml(sources, id, sink);
  const bool faulty = sink.has_errors();
  result.diagnostics = sink.take();
  if (faulty) result.root.reset();
  return result;
}

bool same(const YamlNode& a, const YamlNode& b) {
  const auto same_entry = [](const parse::YamlEntry& x, const parse::YamlEntry& y) {
    return same(x.key, y.key) && same(x.value, y.value);
  };
  return a.kind == b.kind && a.is_plain() == b.is_plain() && a.text == b.text &&
         std::ranges::equal(a.items, b.items, same) &&
         std::ranges::equal(a.entries, b.entries, same_entry);
}

using Pass =
    std::function<std::optional<std::vector<tooling::Edit>>(std::string_view, const YamlNode&)>;

// The text after one pass; as it was where the pass would change what it says.
std::string after(const Pass& pass, const std::string& name, const std::string& text) {
  const ReadYaml before = read(name, text);
  if (!before.root) return text;
  auto edits = pass(text, *before.root);
  if (!edits) return text;
  std::optional<std::string> changed = tooling::apply(text, std::move(*edits));
  if (!changed) return text;
  const ReadYaml now = read(name, *changed);
  return now.root && same(*before.root, *now.root) ? *std::move(changed) : text;
}

// A lone carriage return is a line end to YAML and to nobody else.
bool has_lone_return(std::string_view text) {
  for (std::size_t i = text.find('\r'); i != std::string_view::npos; i = text.find('\r', i + 1)) {
    if (i + 1 == text.size() || text[i + 1] != '\n') return true;
  }
  return false;
}

std::string format_yaml(const std::string& name, std::string text) {
  static const std::vector<Pass> passes{tooling::inline_edits, tooling::indentation_edits,
                                        tooling::blank_edits};
  for (const Pass& pass : passes) text = after(pass, name, text);
  return text;
}

// What two rounds more would change again is left as it was written.
std::string stable(const std::string& text, const std::function<std::string(std::string)>& round) {
  constexpr int most_rounds = 4;
  std::string last = text;
  for (int i = 0; i < most_rounds; ++i) {
    std::string next = round(last);
    if (next == last) return last;
    last = std::move(next);
  }
  return text;
}

}  // namespace

namespace {

FormatResult format_list(const Source& source) {
  FormatResult result{source.text, {}};
  source::SourceMap sources;
  diag::Sink sink(sources);
  static_cast<void>(parse::parse_list(sources, sources.add(source.name, source.text), sink));
  if (sink.has_errors()) {
    result.diagnostics = sink.take();
  } else {
    result.text = stable(source.text, [](std::string text) { return tooling::format_list(text); });
  }
  return result;
}

}  // namespace

FormatResult format(const Source& source) {
  if (source.name.ends_with(".txt")) return format_list(source);
  FormatResult result{source.text, {}};
  ReadYaml first = read(source.name, source.text);
  if (!first.root) {
    result.diagnostics = std::move(first.diagnostics);
    return result;
  }
  if (has_lone_return(source.text)) return result;
  result.text = stable(source.text,
                       [&](std::string text) { return format_yaml(source.name, std::move(text)); });
  return result;
}

}  // namespace modcore
