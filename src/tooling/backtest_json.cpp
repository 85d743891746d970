// Backtests as JSON, out and in again, and shards added up.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "api/json_tree.hpp"
#include "api/json_writer.hpp"
#include "tooling/tally.hpp"

namespace modcore {

namespace {

using api::JsonWriter;
using api::PostArray;
using api::PostObject;
using api::PostValue;

constexpr std::string_view schema = "modcore.backtest/1";

// ---- Out -------------------------------------------------------------------

class Writer {
 public:
  explicit Writer(std::string& out) : json_(out) {}

  void report(const BacktestReport& r) {
    json_.begin_object().key("schema").text(schema);
    json_.key("policy").text(r.policy).key("engine").text(r.engine).key("corpus").text(r.corpus);
    json_.key("files").texts(r.files);
    json_.key("shards").array(r.shards, [&](std::uint32_t index) { json_.integer(index); });
    number("shard_count", r.shard_count);
    number("seed", r.seed);
    number("examples", r.examples);
    number("posts", r.posts);
    number("bad_lines", r.bad_lines);
    number("positives", r.positives);
    number("negatives", r.negatives);
    number("limited", r.limited);
    json_.key("verdicts").begin_object();
    for (std::size_t i = 0; i < r.verdicts.size(); ++i) number(to_string(static_cast<Verdict>(i)), r.verdicts[i]);
    json_.end_object();
    rows("verdict_rows", r.verdict_rows);
    rows("categories", r.categories);
    rows("rules", r.rules);
    json_.key("overlaps").array(r.overlaps, [&](const Overlap& one) {
      json_.begin_object().key("first").text(one.first).key("second").text(one.second);
      number("posts", one.posts);
      json_.end_object();
    });
    examples("missed", r.missed);
    json_.key("budgets").array(r.budgets, [&](const BudgetResult& one) { budget(one); });
    json_.key("notices").array(r.notices, [&](const auto& notice) {
      json_.begin_object().key("text").text(notice.first);
      number("posts", notice.second);
      json_.end_object();
    });
    json_.end_object();
  }

 private:
  void number(std::string_view key, std::uint64_t value) {
    json_.key(key).integer(static_cast<std::int64_t>(value));
  }

  void rows(std::string_view key, const std::vector<BacktestRow>& rows) {
    json_.key(key).array(rows, [&](const BacktestRow& row) { this->row(row); });
  }

  void row(const BacktestRow& row) {
    json_.begin_object().key("name").text(row.name);
    json_.key("category").text(row.category).key("status").text(row.status).key("verdict");
    row.verdict ? json_.text(to_string(*row.verdict)) : json_.null();
    number("posts", row.posts);
    number("right", row.right);
    number("wrong", row.wrong);
    number("positives", row.positives);
    number("negatives", row.negatives);
    number("undetermined", row.undetermined);
    rate("precision", row.precision());
    rate("recall", row.recall());
    rate("f1", row.f1());
    examples("examples", row.examples);
    examples("mistakes", row.mistakes);
    json_.end_object();
  }

  void rate(std::string_view key, const Rate& rate) {
    json_.key(key);
    if (rate.of == 0) {
      json_.null();
      return;
    }
    json_.begin_object().key("value").number(rate.value).key("low").number(rate.low);
    json_.key("high").number(rate.high);
    number("of", rate.of);
    json_.end_object();
  }

  void examples(std::string_view key, const std::vector<BacktestExample>& examples) {
    json_.key(key).array(examples, [&](const BacktestExample& one) { example(one); });
  }

  void example(const BacktestExample& one) {
    json_.begin_object();
    number("rank", one.rank);
    json_.key("id").text(one.id).key("file").text(one.file);
    number("line", one.line);
    json_.key("title").text(one.title).key("body").text(one.body);
    json_.key("verdict").text(to_string(one.verdict)).key("label");
    one.label ? json_.boolean(*one.label) : json_.null();
    json_.key("evidence").array(one.evidence, [&](const Evidence& e) {
      json_.begin_object().key("pattern").text(e.pattern).key("item").text(e.item);
      json_.key("field").text(e.field);
      number("begin", e.begin);
      number("end", e.end);
      json_.key("text").text(e.text).key("tolerance").text(to_string(e.tolerance));
      json_.end_object();
    });
    json_.end_object();
  }

  void budget(const BudgetResult& one) {
    json_.begin_object().key("kind").text(to_string(one.budget.kind)).key("what").text(one.budget.what);
    json_.key("amount").text(one.budget.amount).key("met").boolean(one.met);
    json_.key("message").text(one.message);
    examples("examples", one.examples);
    json_.end_object();
  }

  JsonWriter json_;
};

// ---- In --------------------------------------------------------------------

// A value of another type, or one that is missing, reads as nothing of its kind.
class Node {
 public:
  explicit Node(const PostValue* value) : value_(value) {}

  [[nodiscard]] Node at(std::string_view key) const {
    const auto* object = value_ == nullptr ? nullptr : std::get_if<PostObject>(&value_->what);
    if (object == nullptr) return Node(nullptr);
    const auto found = std::ranges::find(*object, key, &api::PostMember::key);
    return Node(found == object->end() ? nullptr : &found->value);
  }
  [[nodiscard]] std::string text() const { return get<std::string>(); }
  [[nodiscard]] std::uint64_t number() const {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, get<std::int64_t>()));
  }
  [[nodiscard]] std::optional<bool> truth() const {
    const auto* truth = value_ == nullptr ? nullptr : std::get_if<bool>(&value_->what);
    return truth == nullptr ? std::nullopt : std::optional(*truth);
  }
  template <typename Read>
  auto list(Read read) const {
    std::vector<decltype(read(Node(nullptr)))> out;
    const auto* array = value_ == nullptr ? nullptr : std::get_if<PostArray>(&value_->what);
    if (array == nullptr) return out;
    for (const PostValue& element : *array) out.push_back(read(Node(&element)));
    return out;
  }

 private:
  template <typename T>
  [[nodiscard]] T get() const {
    const auto* held = value_ == nullptr ? nullptr : std::get_if<T>(&value_->what);
    return held == nullptr ? T{} : *held;
  }
  const PostValue* value_;
};

template <typename Enum, std::size_t count>
std::optional<Enum> named(const std::string& word) {
  for (std::size_t i = 0; i < count; ++i) {
    if (to_string(static_cast<Enum>(i)) == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

Evidence read_evidence(Node node) {
  Evidence evidence;
  evidence.pattern = node.at("pattern").text();
  evidence.item = node.at("item").text();
  evidence.field = node.at("field").text();
  evidence.begin = node.at("begin").number();
  evidence.end = node.at("end").number();
  evidence.text = node.at("text").text();
  evidence.tolerance = named<Tolerance, 4>(node.at("tolerance").text()).value_or(Tolerance::exact);
  return evidence;
}

BacktestExample read_example(Node node) {
  BacktestExample example;
  example.rank = node.at("rank").number();
  example.id = node.at("id").text();
  example.file = node.at("file").text();
  example.line = node.at("line").number();
  example.title = node.at("title").text();
  example.body = node.at("body").text();
  example.verdict = named<Verdict, 4>(node.at("verdict").text()).value_or(Verdict::allow);
  example.label = node.at("label").truth();
  example.evidence = node.at("evidence").list(read_evidence);
  return example;
}

BacktestRow read_row(Node node) {
  BacktestRow row;
  row.name = node.at("name").text();
  row.category = node.at("category").text();
  row.status = node.at("status").text();
  row.verdict = named<Verdict, 4>(node.at("verdict").text());
  row.posts = node.at("posts").number();
  row.right = node.at("right").number();
  row.wrong = node.at("wrong").number();
  row.positives = node.at("positives").number();
  row.negatives = node.at("negatives").number();
  row.undetermined = node.at("undetermined").number();
  row.examples = node.at("examples").list(read_example);
  row.mistakes = node.at("mistakes").list(read_example);
  return row;
}

BudgetResult read_budget(Node node) {
  BudgetResult result;
  const std::string kind = node.at("kind").text();
  for (const auto known : {Budget::Kind::max_hits, Budget::Kind::min_recall, Budget::Kind::min_precision}) {
    if (to_string(known) == kind) result.budget.kind = known;
  }
  result.budget.what = node.at("what").text();
  result.budget.amount = node.at("amount").text();
  return result;
}

BacktestReport read_report(std::string_view json) {
  BacktestReport r;
  const api::JsonTree tree = api::parse_json(json);
  const Node root(&tree.value);
  if (!tree.error.empty() || root.at("schema").text() != schema) {
    r.error = tree.error.empty() ? "this is no result of a backtest" : "no JSON: " + tree.error;
    return r;
  }
  r.policy = root.at("policy").text();
  r.engine = root.at("engine").text();
  r.corpus = root.at("corpus").text();
  r.files = root.at("files").list([](Node n) { return n.text(); });
  r.shards = root.at("shards").list([](Node n) { return static_cast<std::uint32_t>(n.number()); });
  r.shard_count = static_cast<std::uint32_t>(root.at("shard_count").number());
  r.seed = root.at("seed").number();
  r.examples = root.at("examples").number();
  r.posts = root.at("posts").number();
  r.bad_lines = root.at("bad_lines").number();
  r.positives = root.at("positives").number();
  r.negatives = root.at("negatives").number();
  r.limited = root.at("limited").number();
  for (std::size_t i = 0; i < r.verdicts.size(); ++i) {
    r.verdicts[i] = root.at("verdicts").at(to_string(static_cast<Verdict>(i))).number();
  }
  r.verdict_rows = root.at("verdict_rows").list(read_row);
  r.categories = root.at("categories").list(read_row);
  r.rules = root.at("rules").list(read_row);
  r.overlaps = root.at("overlaps").list([](Node n) {
    return Overlap{n.at("first").text(), n.at("second").text(), n.at("posts").number()};
  });
  r.missed = root.at("missed").list(read_example);
  r.budgets = root.at("budgets").list(read_budget);
  r.notices = root.at("notices").list([](Node n) {
    return std::pair(n.at("text").text(), n.at("posts").number());
  });
  if (r.verdict_rows.size() != 3) r.error = "this result of a backtest is not whole";
  return r;
}

// ---- Together ----------------------------------------------------------------

void add(std::vector<BacktestExample>& into, const std::vector<BacktestExample>& from, std::size_t most) {
  for (const BacktestExample& example : from) tooling::keep_smallest(into, example, most);
}

void add(std::vector<BacktestRow>& into, const std::vector<BacktestRow>& from, std::size_t most) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    BacktestRow& a = into[i];
    const BacktestRow& b = from[i];
    a.posts += b.posts;
    a.right += b.right;
    a.wrong += b.wrong;
    a.positives += b.positives;
    a.negatives += b.negatives;
    a.undetermined += b.undetermined;
    add(a.examples, b.examples, most);
    add(a.mistakes, b.mistakes, most);
  }
}

bool same_rows(const std::vector<BacktestRow>& a, const std::vector<BacktestRow>& b) {
  return std::ranges::equal(a, b, {}, &BacktestRow::name, &BacktestRow::name);
}

std::string misfit(const BacktestReport& a, const BacktestReport& b) {
  if (a.engine != b.engine) return "they were made with different rules";
  if (a.corpus != b.corpus) return "they are of different posts";
  if (a.shard_count != b.shard_count) {
    return fmt::format("one is a part of {}, the other of {}", a.shard_count, b.shard_count);
  }
  if (a.seed != b.seed || a.examples != b.examples) return "they took their examples otherwise";
  for (const std::uint32_t shard : b.shards) {
    if (std::ranges::count(a.shards, shard) > 0) return fmt::format("shard {} is there twice", shard);
  }
  const bool rows = same_rows(a.rules, b.rules) && same_rows(a.categories, b.categories);
  return rows ? "" : "they name other rules";
}

void add(BacktestReport& into, const BacktestReport& from) {
  into.shards.insert(into.shards.end(), from.shards.begin(), from.shards.end());
  into.posts += from.posts;
  into.bad_lines += from.bad_lines;
  into.positives += from.positives;
  into.negatives += from.negatives;
  into.limited += from.limited;
  for (std::size_t i = 0; i < into.verdicts.size(); ++i) into.verdicts[i] += from.verdicts[i];
  add(into.verdict_rows, from.verdict_rows, into.examples);
  add(into.categories, from.categories, into.examples);
  add(into.rules, from.rules, into.examples);
  add(into.missed, from.missed, into.examples);
  std::map<std::pair<std::string, std::string>, std::uint64_t> overlaps;
  std::map<std::string, std::uint64_t> notices;
  for (const BacktestReport* one : {static_cast<const BacktestReport*>(&into), &from}) {
    for (const Overlap& overlap : one->overlaps) overlaps[{overlap.first, overlap.second}] += overlap.posts;
    for (const auto& [text, posts] : one->notices) notices[text] += posts;
  }
  into.overlaps.clear();
  for (const auto& [rules, posts] : overlaps) into.overlaps.push_back({rules.first, rules.second, posts});
  into.notices.assign(notices.begin(), notices.end());
}

}  // namespace

std::string to_json(const BacktestReport& report) {
  std::string out;
  Writer(out).report(report);
  return out;
}

BacktestReport merge_backtests(std::span<const std::string> json) {
  BacktestReport merged;
  if (json.empty()) merged.error = "there is nothing to merge";
  for (std::size_t i = 0; i < json.size() && merged.error.empty(); ++i) {
    BacktestReport one = read_report(json[i]);
    const std::string problem = !one.error.empty() ? one.error : i == 0 ? "" : misfit(merged, one);
    if (!problem.empty()) {
      merged = BacktestReport();
      merged.error = fmt::format("result {} of {} does not fit: {}", i + 1, json.size(), problem);
    } else if (i == 0) {
      merged = std::move(one);
    } else {
      add(merged, one);
    }
  }
  std::ranges::sort(merged.shards);
  std::vector<Budget> budgets;
  for (const BudgetResult& result : merged.budgets) budgets.push_back(result.budget);
  if (merged.error.empty()) tooling::judge_budgets(merged, budgets);
  return merged;
}

}  // namespace modcore
