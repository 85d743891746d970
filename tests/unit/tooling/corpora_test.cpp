// Corpora: labels, budgets, tables, shards.
#include <modcore/corpus.hpp>
#include <modcore/tooling.hpp>

#include <filesystem>
#include <fstream>
#include <random>

#include <doctest/doctest.h>

using namespace modcore;

namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("modcore-" + std::to_string(std::random_device{}()))) {
    fs::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  fs::path path_;
};

constexpr const char* rules =
    "modcore: 1\n"
    "category: spam\n"
    "rules:\n"
    "  - id: spam.casino\n"
    "    phrases: [online casino]\n"
    "    verdict: hide\n"
    "  - id: spam.offer\n"
    "    words: [offer, casino]\n"
    "    verdict: flag\n"
    "  - id: abuse.fool\n"
    "    category: harassment\n"
    "    words: [fool]\n"
    "    verdict: flag\n"
    "  - id: spam.trial\n"
    "    status: shadow\n"
    "    words: [trial]\n"
    "    verdict: hide\n";

Engine engine_of(const std::string& text) {
  const Source source{"x.rules.yaml", text};
  const CompileResult result = compile({&source, 1});
  REQUIRE_MESSAGE(result.engine.has_value(), render(result.diagnostics));
  return *result.engine;
}

const BacktestRow& row(const std::vector<BacktestRow>& rows, std::string_view name) {
  for (const BacktestRow& one : rows) {
    if (one.name == name) return one;
  }
  FAIL("no row ", name);
  return rows.front();
}

std::vector<CsvPost> table(const std::string& text, std::size_t chunk, std::vector<FieldName> names = {}) {
  static const Engine engine = engine_of(rules);
  CsvReader reader(engine, std::move(names));
  std::vector<CsvPost> posts;
  const auto take = [&](CsvPost&& post) { posts.push_back(std::move(post)); };
  for (std::size_t at = 0; at < text.size(); at += chunk) reader.feed(std::string_view(text).substr(at, chunk), take);
  reader.finish(take);
  if (!reader.error().empty()) posts.push_back({{}, 0, reader.error()});
  return posts;
}

}  // namespace

TEST_CASE("a table is read the same in pieces of any size") {
  const std::string text =
      "\xEF\xBB\xBFid;Text;user_name;author.post_count;likes\r\n"
      "1;\"two\r\nlines; and \"\"quotes\"\"\";ann;3;7\r\n"
      ";;;;\r\n"
      "\r\n"
      "2;plain \"inside\";bob;;\r\n";
  for (const std::size_t chunk : {1U, 2U, 3U, 7U, 1000U}) {
    CAPTURE(chunk);
    const auto posts = table(text, chunk);
    REQUIRE(posts.size() == 3);
    CHECK(posts[0].line == 2);
    CHECK(posts[0].json ==
          R"({"likes":"7","fields":{"id":"1","body":"two\r\nlines; and \"quotes\"","author.name":"ann","author.post_count":3}})");
    CHECK(posts[1].line == 4);
    CHECK(posts[2].line == 6);
    CHECK(posts[2].json ==
          R"({"fields":{"id":"2","body":"plain \"inside\"","author.name":"bob","author.post_count":null}})");
  }
}

TEST_CASE("rows that cannot be read are named, and the others are read") {
  const auto posts = table("text,user\na,b,c\nd,e\n\"f", 5);
  REQUIRE(posts.size() == 3);
  CHECK(posts[0].problem.starts_with("the row has 3 cells where the header has 2"));
  CHECK(posts[1].json == R"({"fields":{"body":"d","author.name":"e"}})");
  CHECK(posts[2].problem.find("never closed") != std::string::npos);
  CHECK(table("id,likes\n1,2\n", 100)[0].problem.find("no column is the text of a post") == 0);
  CHECK(table("", 100)[0].problem.find("the table is empty") == 0);
}

TEST_CASE("columns that are named count before those that are guessed") {
  const auto names = parse_field_names("body=answer,author.roles=Groups");
  REQUIRE(names);
  const auto posts = table("text\tanswer\tGroups\nq\ta\tx | y\n", 4, *names);
  REQUIRE(posts.size() == 1);
  CHECK(posts[0].json == R"({"text":"q","fields":{"body":"a","author.roles":["x","y"]}})");
  CHECK_FALSE(parse_field_names("body"));
  CHECK_FALSE(parse_field_names("=x"));
}

TEST_CASE("posts of other programs are read by the common names, and ours are left as they are") {
  const Engine engine = engine_of(rules);
  const std::vector<FieldName> names{{"user.handle", "author.name"}};
  const PostDocument foreign =
      parse_post(R"({"message": "hi", "user": {"handle": "ann", "id": 3}, "likes": 2})", engine, names);
  CHECK(foreign.post().body == "hi");
  CHECK(foreign.post().author.name == "ann");
  const PostDocument own = parse_post(R"({"body": "hi", "text": "other", "message": {"kind": "chat"}})", engine, {});
  CHECK(own.post().body == "hi");
  CHECK(own.unknown_keys() == std::vector<std::string>{"text"});
}

TEST_CASE("an interval is Wilson's") {
  const Rate rate = rate_of(8, 10);
  CHECK(rate.low == doctest::Approx(0.4901625));
  CHECK(rate.high == doctest::Approx(0.9433178));
  CHECK(rate_of(0, 10).low == 0);
  CHECK(rate_of(10, 10).high == 1);
  CHECK(rate_of(0, 0).of == 0);
  BacktestRow row;
  row.right = 8;
  row.wrong = 2;
  row.positives = 12;
  CHECK(row.f1().value == doctest::Approx(2 * 0.8 * (8.0 / 12) / (0.8 + 8.0 / 12)));
  CHECK(row.f1().low < row.f1().value);
}

TEST_CASE("a label counts for the rules of its category, and one without a category for all") {
  const Folder folder;
  const std::string posts = folder.write("posts.ndjson",
                                         R"({"body": "the online casino", "label": 1, "category": "spam"})" "\n"
                                         R"({"body": "you fool", "label": 0, "category": "spam"})" "\n"
                                         R"({"body": "what an offer", "label": "ham"})" "\n"
                                         R"({"body": "roses", "x-expect": "hide"})" "\n"
                                         R"({"body": "you fool", "label": "harassment"})" "\n"
                                         R"({"body": "a trial"})" "\n"
                                         "plain online casino\n{oops\n");
  const BacktestReport report = backtest(engine_of(rules), {posts});
  CHECK(report.error.empty());
  CHECK(report.posts == 7);
  CHECK(report.bad_lines == 1);
  CHECK(report.positives == 3);
  CHECK(report.negatives == 2);
  CHECK(report.verdicts == std::array<std::uint64_t, 4>{2, 3, 2, 0});
  const BacktestRow& casino = row(report.rules, "spam.casino");
  CHECK(casino.posts == 2);
  CHECK(casino.right == 1);
  CHECK(casino.positives == 2);  // the one of spam, and the one of everything
  CHECK(row(report.rules, "spam.offer").wrong == 1);
  CHECK(row(report.rules, "abuse.fool").wrong == 0);
  CHECK(row(report.rules, "abuse.fool").right == 1);
  CHECK(row(report.rules, "spam.trial").posts == 1);
  CHECK(row(report.rules, "spam.trial").status == "shadow");
  // Labelled as no spam, and flagged as an insult: no mistake of anybody.
  CHECK(report.verdict_rows[0].wrong == 1);
  CHECK(report.verdict_rows[0].right == 2);
  REQUIRE(report.missed.size() == 1);
  CHECK(report.missed[0].body == "roses");
  REQUIRE(report.overlaps.size() == 1);
  CHECK(report.overlaps[0].posts == 2);
}

TEST_CASE("a rule that catches nothing, and one that catches much, are found from a number of posts on") {
  BacktestReport report;
  report.posts = 1000;
  BacktestRow& rule = report.rules.emplace_back();
  rule.name = "spam.casino";
  rule.status = "active";
  const auto ids = [&] {
    std::string text;
    for (const Diagnostic& d : findings(report)) text += d.id + ' ' + d.message + '\n';
    return text;
  };
  report.shards = {1};
  CHECK(ids() == "M710 `spam.casino` caught none of 1000 posts\n");
  rule.undetermined = 7;
  CHECK(ids().find("in 7 of them a fact was missing") != std::string::npos);
  rule.status = "off";
  CHECK(ids().empty());
  rule.status = "shadow";
  report.posts = 999;
  CHECK(ids().empty());
  // Of all posts more than 5 %, whatever chance adds.
  report.posts = 1000;
  rule.posts = 80;
  CHECK(ids() == "M711 `spam.casino` caught 80 of 1000 posts\n");
  rule.posts = 55;
  CHECK(ids().empty());
  // Of posts that are labelled to be left alone 1 %.
  rule.negatives = 400;
  rule.wrong = 12;
  CHECK(ids() == "M711 `spam.casino` caught 12 of 400 posts that are labelled to be left alone\n");
  rule.verdict = Verdict::allow;
  CHECK(ids().empty());
  rule.verdict = Verdict::hide;
  rule.wrong = 5;
  CHECK(ids().empty());
  rule.wrong = 400;
  report.verdict_rows.resize(3);
  CHECK(to_html(report).find("Rules to look at") != std::string::npos);
  CHECK(to_markdown(report).find("- M711 noisy-rule: ") != std::string::npos);
  report.shard_count = 2;
  CHECK(ids().empty());
  report.shards = {1, 2};
  CHECK(to_json(report).find(R"("id":"M711","name":"noisy-rule","severity":"info","rule":"spam.casino")") != std::string::npos);
}

TEST_CASE("one, two and eight shards give the same totals, examples and report") {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += R"({"id": ")" + std::to_string(i) + R"(", "body": ")" + (i % 3 == 0 ? "online casino " : "an offer ") +
            std::to_string(i) + R"(", "label": )" + std::to_string(i % 2) + "}\n";
  }
  const std::string posts = folder.write("posts.ndjson", text);
  const Engine engine = engine_of(rules);
  BacktestOptions options;
  options.budgets = {{Budget::Kind::max_hits, "hide", "0"}, {Budget::Kind::min_recall, "category:spam", "50%"}};
  const std::string whole = to_json(backtest(engine, {posts}, options));
  CHECK(merge_backtests(std::vector{whole}).posts == 500);
  std::size_t compared = 0;
  for (const std::uint32_t of : {1U, 2U, 8U}) {
    std::vector<std::string> parts;
    for (std::uint32_t index = of; index >= 1; --index) {
      options.shard = {index, of};
      parts.push_back(to_json(backtest(engine, {posts}, options)));
    }
    BacktestReport merged = merge_backtests(parts);
    REQUIRE(merged.error.empty());
    CHECK(merged.shards.size() == of);
    merged.shards = {1};
    merged.shard_count = 1;
    CHECK(to_json(merged) == whole);
    ++compared;
  }
  CHECK(compared == 3);
}

TEST_CASE("shards that do not fit are refused") {
  const Folder folder;
  const std::string posts = folder.write("posts.ndjson", "online casino\nroses\n");
  const std::string others = folder.write("others.ndjson", "roses\n");
  const Engine engine = engine_of(rules);
  BacktestOptions options;
  options.shard = {1, 2};
  const std::string first = to_json(backtest(engine, {posts}, options));
  CHECK(merge_backtests(std::vector{first, first}).error.find("shard 1 is there twice") != std::string::npos);
  options.shard = {2, 2};
  CHECK(merge_backtests(std::vector{first, to_json(backtest(engine, {others}, options))}).error.find("different posts") !=
        std::string::npos);
  CHECK(merge_backtests(std::vector<std::string>{"{}"}).error.find("no result of a backtest") != std::string::npos);
  CHECK(merge_backtests(std::vector<std::string>{"nonsense"}).error.find("no JSON") != std::string::npos);
  CHECK_FALSE(merge_backtests({}).error.empty());
  CHECK(parse_shard("2/8")->of == 8);
  for (const char* bad : {"0/2", "3/2", "1", "1/", "/2", "1/2x", "a/b"}) CHECK_FALSE(parse_shard(bad));
}

TEST_CASE("budgets are judged by what is labelled, and by nothing they are not met") {
  const Folder folder;
  const std::string ham = folder.write("ham.ndjson", "roses\nonline casino\n");
  const std::string empty = folder.write("empty.ndjson", "");
  const Engine engine = engine_of(rules);
  BacktestOptions options;
  options.budgets = {{Budget::Kind::max_hits, "hide", "0"}, {Budget::Kind::max_hits, "flag", "50%"},
                     {Budget::Kind::min_recall, "rule:spam.casino", "50.1%"}};
  const BacktestReport report = backtest(engine, {ham}, options);
  REQUIRE(report.budgets.size() == 3);
  CHECK_FALSE(report.budgets[0].met);
  CHECK(report.budgets[0].message == "1 of 2 posts are hidden (50.0 %), at most 0 may be");
  CHECK(report.budgets[0].examples.size() == 1);
  CHECK(report.budgets[1].met);
  CHECK_FALSE(report.budgets[2].met);
  for (const BudgetResult& result : backtest(engine, {empty}, options).budgets) CHECK_FALSE(result.met);
  CHECK(parse_budget(Budget::Kind::max_hits, "hide=0.5%"));
  CHECK_FALSE(parse_budget(Budget::Kind::max_hits, "hide"));
  CHECK_FALSE(parse_budget(Budget::Kind::max_hits, "hide=0.5"));
  CHECK_FALSE(parse_budget(Budget::Kind::min_recall, "hide=3"));
  CHECK_FALSE(parse_budget(Budget::Kind::max_hits, "everything=3"));
  CHECK(problem_of({Budget::Kind::max_hits, "rule:nope", "0"}, engine) == "no rule is named `nope`");
}

TEST_CASE("a corpus of a test file is a test, and one that is missing fails") {
  const Folder folder;
  folder.write("policy.yaml", "modcore: 1\npolicy: p\npacks: [./x.rules.yaml]\n");
  folder.write("x.rules.yaml", rules);
  folder.write("data/ham.ndjson", "roses\nonline casino\n");
  const std::string tests = folder.write("p.test.yaml",
                                         "modcore: 1\n"
                                         "corpora:\n"
                                         "  - path: data/ham.ndjson\n"
                                         "    max_hits: {hide: 0, flag: 1}\n"
                                         "  - {path: gone.ndjson, max_hits: {hide: 0}}\n");
  const std::string policy = fs::path(tests).parent_path() / "policy.yaml";
  const TestReport report = run_tests({policy});
  REQUIRE(report.results.size() == 3);
  CHECK(title_of(report.results[0]) == "corpus[0]");
  CHECK(report.results[0].outcome == TestOutcome::failed);
  CHECK(report.results[0].message.starts_with("1 of 2 posts are hidden (50.0 %), at most 0 may be; see "));
  CHECK(report.results[0].message.ends_with("ham.ndjson:2"));
  CHECK(report.results[0].where.line == 4);
  CHECK(report.results[1].outcome == TestOutcome::passed);
  CHECK(report.results[2].message.find("cannot read") == 0);
  const TestReport one = run_tests({policy}, {}, [](std::string_view title) { return title == "corpus[1]"; });
  REQUIRE(one.results.size() == 1);
  CHECK(one.results[0].name == "data/ham.ndjson: max_hits flag 1");
  std::vector<std::string> ids;
  for (const Diagnostic& d : check_files({policy})) {
    if (d.severity == Severity::error) ids.push_back(d.id);
  }
  CHECK(ids == std::vector<std::string>{"M513", "M011"});
}

TEST_CASE("an update rewrites what no longer holds and nothing else") {
  const Folder folder;
  folder.write("policy.yaml", "modcore: 1\npolicy: p\npacks: [./x.rules.yaml]\n");
  folder.write("x.rules.yaml", rules);
  const std::string before =
      "modcore: 1\n"
      "# ours\n"
      "cases:\n"
      "  - body: the online casino   # a classic\n"
      "    expect:\n"
      "      verdict: \"flag\"   # was mild\n"
      "      hidden: false\n"
      "      fired:\n"
      "        - spam.casino  # stays\n"
      "        - abuse.fool   # goes\n"
      "      not_fired: [spam.offer, abuse.fool]\n"
      "  - {body: roses, expect: {verdict: allow}}\n"
      "  - {body: roses, expect: {verdict: hide, fired: [spam.casino]}}";
  const std::string tests = folder.write("p.test.yaml", before);
  const std::string policy = fs::path(tests).parent_path() / "policy.yaml";
  const TestUpdates updates = update_tests({policy});
  REQUIRE(updates.files.size() == 1);
  CHECK(updates.files[0].cases == 2);
  CHECK(updates.files[0].text ==
        "modcore: 1\n"
        "# ours\n"
        "cases:\n"
        "  - body: the online casino   # a classic\n"
        "    expect:\n"
        "      verdict: hide   # was mild\n"
        "      hidden: true\n"
        "      fired:\n"
        "        - spam.casino  # stays\n"
        "      not_fired: [abuse.fool]\n"
        "  - {body: roses, expect: {verdict: allow}}\n"
        "  - {body: roses, expect: {verdict: allow, fired: []}}");
  folder.write("p.test.yaml", updates.files[0].text);
  CHECK(run_tests({policy}).count(TestOutcome::failed) == 0);
  CHECK(update_tests({policy}).files.empty());
}

TEST_CASE("what is wrong with corpora is reported at its place, and nothing runs") {
  const Folder folder;
  folder.write("policy.yaml", "modcore: 1\npolicy: p\npacks: [./x.rules.yaml]\n");
  folder.write("x.rules.yaml", rules);
  const std::string tests = folder.write("p.test.yaml",
                                         "modcore: 1\n"
                                         "corpora:\n"
                                         "  - {max_hits: {hide: 0}}\n"
                                         "  - {path: ham.ndjson}\n"
                                         "  - {path: ham.ndjson, max_hits: 0, budget: 3}\n"
                                         "  - ham.ndjson\n"
                                         "  - {path: ham.ndjson, max_hits: {hidden: 0, hide: 0.5, category:spma: 1}, min_recall: {flag: 3}}\n");
  const std::string policy = fs::path(tests).parent_path() / "policy.yaml";
  std::vector<std::string> seen;
  for (const Diagnostic& d : run_tests({policy}).diagnostics) {
    if (d.severity == Severity::error) seen.push_back(d.id + " " + std::to_string(d.where.line));
  }
  CHECK(seen == std::vector<std::string>{"M007 3", "M007 4", "M006 5", "M002 5", "M006 6", "M108 7", "M107 7", "M101 7", "M107 7"});
}
