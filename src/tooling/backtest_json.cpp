// Backtests as JSON.
#include <modcore/corpus.hpp>

#include "api/json_writer.hpp"
#include "tooling/backtest_json.hpp"

namespace modcore {

namespace {

using api::JsonWriter;

class Writer {
 public:
  explicit Writer(std::string& out) : json_(out) {}

  void report(const BacktestReport& r) {
    json_.begin_object().key("schema").text(tooling::backtest_schema);
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
    json_.key("findings").array(findings(r), [&](const Diagnostic& one) {
      json_.begin_object().key("id").text(one.id).key("name").text(one.name);
      json_.key("severity").text(to_string(one.severity)).key("rule").text(one.rule);
      json_.key("message").text(one.message).end_object();
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

}  // namespace

std::string to_json(const BacktestReport& report) {
  std::string out;
  Writer(out).report(report);
  return out;
}

}  // namespace modcore
