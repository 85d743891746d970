// Backtests from their JSON.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "api/json_tree.hpp"
#include "tooling/backtest_json.hpp"

namespace modcore::tooling {

namespace {

using api::PostArray;
using api::PostObject;
using api::PostValue;

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

}  // namespace

BacktestReport read_backtest(std::string_view json) {
  BacktestReport r;
  const api::JsonTree tree = api::parse_json(json);
  const Node root(&tree.value);
  if (!tree.error.empty() || root.at("schema").text() != backtest_schema) {
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

}  // namespace modcore::tooling
