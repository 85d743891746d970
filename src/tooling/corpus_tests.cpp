#include "tooling/corpus_tests.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "check/budgets.hpp"
#include "diag/catalogue.hpp"
#include "load/paths.hpp"

namespace modcore::tooling {
namespace {

using Kind = ast::Value::Kind;

constexpr std::array<std::string_view, 3> text_keys = {"path", "label", "category"};
constexpr std::array budget_keys = {Budget::Kind::max_hits, Budget::Kind::min_recall, Budget::Kind::min_precision};

class Reader {
 public:
  explicit Reader(api::Compilation& compilation) : sources_(compilation.sources), sink_(compilation.sink) {
    for (const ir::Rule& rule : compilation.checked.rules.rules) rules_.push_back(rule.id);
    for (const ir::Category& category : compilation.checked.rules.categories) categories_.push_back(category.name);
  }

  std::optional<CorpusTest> read(const ast::Value& value) {
    if (value.kind != Kind::map) {
      sink_.report(diag::wrong_node_kind, value.span, {"a corpus", "a map of `path` and budgets", "a text"});
      return std::nullopt;
    }
    CorpusTest test;
    test.span = value.span;
    bool has_budgets = false;
    for (const auto& [key, entry] : value.entries) has_budgets |= read_key(key, entry, test);
    if (test.name.empty()) {
      sink_.report(diag::missing_key, value.span, {"a corpus", "path"});
    } else if (!has_budgets) {
      sink_.report(diag::missing_key, value.span, {"a corpus", "max_hits"})
          .help("without `max_hits`, `min_recall` or `min_precision` it tests nothing");
    }
    test.path = load::join(load::folder_of(sources_.name(value.span.source)), test.name);
    return test;
  }

 private:
  // True for a key that holds budgets.
  bool read_key(const ast::Name& key, const ast::Value& entry, CorpusTest& test) {
    for (const Budget::Kind kind : budget_keys) {
      if (key.value != to_string(kind)) continue;
      read_budgets(kind, entry, test);
      return true;
    }
    if (key.value.starts_with("x-")) return false;
    if (std::ranges::count(text_keys, key.value) == 0) {
      sink_.report(diag::unknown_key, key.span,
                   {key.value, "a corpus", "path, label, category, max_hits, min_recall, min_precision"});
    } else if (entry.kind != Kind::text) {
      sink_.report(diag::wrong_node_kind, entry.span, {fmt::format("`{}`", key.value), "a text", "something else"});
    } else if (key.value == "path") {
      test.name = entry.text;
    } else if (key.value == "label") {
      test.label = entry.text;
    } else if (is_known(categories_, "category", entry.text, entry.span)) {
      test.category = entry.text;
    }
    return false;
  }

  void read_budgets(Budget::Kind kind, const ast::Value& entry, CorpusTest& test) {
    if (entry.kind != Kind::map) {
      sink_.report(diag::wrong_node_kind, entry.span,
                   {fmt::format("`{}`", to_string(kind)), "a map such as {hide: 0}", "something else"});
      return;
    }
    for (const auto& [what, amount] : entry.entries) {
      if (!is_subject(what) || !is_amount(kind, amount)) continue;
      test.budgets.push_back({{kind, what.value, amount.text}, amount.span});
    }
  }

  bool is_subject(const ast::Name& what) {
    const auto subject = checker::budget_subject(what.value);
    if (!subject) {
      sink_.report(diag::enum_value_unknown, what.span,
                   {what.value, "a budget", "flag, hide, escalate, category:NAME, rule:ID"});
      return false;
    }
    if (subject->kind == checker::BudgetSubject::Kind::rule) return is_known(rules_, "rule", subject->name, what.span);
    return subject->kind != checker::BudgetSubject::Kind::category ||
           is_known(categories_, "category", subject->name, what.span);
  }

  bool is_amount(Budget::Kind kind, const ast::Value& amount) {
    const auto number = checker::budget_amount(amount.text);
    const bool needs_share = kind != Budget::Kind::max_hits;
    if (number && (number->is_share || !needs_share)) return true;
    sink_.report(diag::literal_out_of_range, amount.span,
                 {amount.text, needs_share ? "it must be a share, as in 80%"
                                           : "it must be a whole number of posts, or a share such as 0.5%"});
    return false;
  }

  bool is_known(const std::vector<std::string>& names, std::string_view what, const std::string& name, source::Span span) {
    if (std::ranges::count(names, name) > 0) return true;
    const std::vector<std::string_view> known(names.begin(), names.end());
    sink_.report(diag::unknown_name, span, {what, name}).help(diag::nearest(name, known).empty() ? "" : fmt::format("did you mean `{}`?", diag::nearest(name, known)));
    return false;
  }

  const source::SourceMap& sources_;
  diag::Sink& sink_;
  std::vector<std::string> rules_;
  std::vector<std::string> categories_;
};

}  // namespace

std::vector<CorpusTest> corpus_tests(api::Compilation& compilation) {
  std::vector<CorpusTest> tests;
  Reader reader(compilation);
  for (const ast::TestFile& file : compilation.bundle.test_files) {
    for (const ast::Value& corpus : file.corpora) {
      if (auto test = reader.read(corpus)) tests.push_back(std::move(*test));
    }
  }
  return tests;
}

}  // namespace modcore::tooling
