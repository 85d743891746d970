// The expectations of test files, written anew where they no longer hold: by edits of
// the words that change, so that comments and layout stay.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "api/compilation.hpp"
#include "parse/yaml_tree.hpp"
#include "runtime/session.hpp"
#include "tooling/expectations.hpp"
#include "tooling/test_post.hpp"

namespace modcore {

namespace {

using parse::YamlNode;
using Names = std::set<std::string, std::less<>>;

struct Edit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
};

class ExpectationEditor {
 public:
  ExpectationEditor(std::string_view text, std::vector<Edit>& edits) : text_(text), edits_(edits) {}

  void update(const YamlNode& expect, const tooling::Observed& got) {
    if (const auto* verdict = expect.find("verdict")) replace(verdict->value, to_string(got.verdict));
    if (const auto* hidden = expect.find("hidden")) replace(hidden->value, got.hidden ? "true" : "false");
    if (const auto* routes = expect.find("routes")) update_list(*routes, got.routes, got.routes);
    // `fired` names rules that must be among those that fire, and `not_fired` likewise.
    if (const auto* fired = expect.find("fired")) update_list(*fired, got.fired, {});
    if (const auto* spared = expect.find("not_fired")) update_list(*spared, without(names_in(spared->value), got.fired), {});
  }

 private:
  static Names names_in(const YamlNode& list) {
    Names names;
    if (list.is_scalar()) names.insert(list.text);
    for (const YamlNode& item : list.items) names.insert(item.text);
    return names;
  }
  static Names without(Names names, const Names& gone) {
    std::erase_if(names, [&](const std::string& name) { return gone.contains(name); });
    return names;
  }

  void replace(const YamlNode& scalar, std::string_view word) {
    if (scalar.text != word) edits_.push_back({scalar.span.begin, scalar.span.end, std::string(word)});
  }

  // Of the list stays what is in `allowed`; what is in `wanted` and not there is added.
  void update_list(const parse::YamlEntry& entry, const Names& allowed, const Names& wanted) {
    const YamlNode& list = entry.value;
    const Names now = names_in(list);
    Names next = now;
    std::erase_if(next, [&](const std::string& name) { return !allowed.contains(name); });
    next.insert(wanted.begin(), wanted.end());
    if (next == now) return;
    const bool block = list.kind == YamlNode::Kind::sequence && !list.in_brackets && !list.items.empty();
    if (!block || next.empty()) return rewrite(list, next, block);
    for (const YamlNode& item : list.items) {
      if (!next.contains(item.text)) remove_line(item);
    }
    std::string added;
    for (const std::string& name : next) {
      if (!now.contains(name)) added += fmt::format("{}{}\n", lead_of(list.items.back()), name);
    }
    if (!added.empty()) {
      const std::uint32_t end = line_end(list.items.back().span.end);
      if (end == text_.size() && !text_.ends_with('\n')) added.insert(0, 1, '\n');
      edits_.push_back({end, end, added});
    }
  }

  void rewrite(const YamlNode& list, const Names& names, bool block) {
    const std::string flow = fmt::format("[{}]", fmt::join(names, ", "));
    // A block of dashes ends after its last item; the line break behind it stays.
    const std::uint32_t end = block ? list.items.back().span.end : list.span.end;
    edits_.push_back({list.span.begin, std::max(end, list.span.begin), flow});
  }

  // What stands before the item on its line: "      - ".
  [[nodiscard]] std::string lead_of(const YamlNode& item) const {
    const std::size_t line = text_.substr(0, item.span.begin).rfind('\n');
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    return std::string(text_.substr(begin, item.span.begin - begin));
  }
  void remove_line(const YamlNode& item) {
    const auto begin = static_cast<std::uint32_t>(item.span.begin - lead_of(item).size());
    edits_.push_back({begin, line_end(item.span.end), ""});
  }
  // Behind the line break that follows.
  [[nodiscard]] std::uint32_t line_end(std::uint32_t byte) const {
    const std::size_t end = text_.find('\n', byte);
    return static_cast<std::uint32_t>(end == std::string_view::npos ? text_.size() : end + 1);
  }

  std::string_view text_;
  std::vector<Edit>& edits_;
};

std::string applied(std::string_view text, std::vector<Edit> edits) {
  std::ranges::stable_sort(edits, {}, &Edit::begin);
  std::string out;
  std::uint32_t done = 0;
  for (const Edit& edit : edits) {
    out += text.substr(done, edit.begin - done);
    out += edit.text;
    done = edit.end;
  }
  return out += text.substr(done);
}

class Updater {
 public:
  explicit Updater(const api::Compilation& compilation)
      : compilation_(compilation), session_(compilation.engine->image, compilation.engine->plan) {}

  void update(const ast::TestFile& file, std::vector<TestFileUpdate>& out) {
    diag::Sink sink(compilation_.sources);
    const auto root = parse::read_yaml(compilation_.sources, file.source, sink);
    const auto* cases = root ? root->find("cases") : nullptr;
    if (cases == nullptr || cases->value.items.size() != file.cases.size()) return;
    const std::string_view text = compilation_.sources.text(file.source);
    TestFileUpdate update{compilation_.sources.name(file.source), 0, {}};
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < file.cases.size(); ++i) {
      const std::size_t before = edits.size();
      const auto* expect = cases->value.items[i].find("expect");
      if (expect != nullptr) add(file.cases[i], expect->value, text, edits);
      if (edits.size() > before) ++update.cases;
    }
    if (edits.empty()) return;
    update.text = applied(text, std::move(edits));
    out.push_back(std::move(update));
  }

 private:
  void add(const ast::TestCase& test, const YamlNode& expect, std::string_view text, std::vector<Edit>& edits) {
    const auto owned = tooling::test_post(test.post, session_.image().host_attributes);
    if (!tooling::problem_of(*owned).empty()) return;
    ExpectationEditor(text, edits).update(expect, tooling::observed_in(session_.scan(owned->post)));
  }

  const api::Compilation& compilation_;
  runtime::Session session_;
};

}  // namespace

TestUpdates update_tests(const std::vector<std::string>& paths, const CompileOptions& options) {
  const auto compilation = api::compile_paths(paths, options);
  TestUpdates updates;
  if (compilation->engine) {
    Updater updater(*compilation);
    for (const ast::TestFile& file : compilation->bundle.test_files) updater.update(file, updates.files);
    std::ranges::sort(updates.files, {}, &TestFileUpdate::file);
  }
  updates.diagnostics = compilation->sink.take();
  return updates;
}

}  // namespace modcore
