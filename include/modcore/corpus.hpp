// Rules measured: on many posts, by their tests, and against another version of
// themselves. How often each fires, how right it is where posts bear labels, what no
// test has seen, what a change changes.
//
//   auto report = modcore::backtest(engine, {"ham.ndjson", "spam.ndjson"});
//   if (!report.error.empty()) ...
//   std::ofstream("report.html") << modcore::to_html(report);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <modcore/decision.hpp>
#include <modcore/engine.hpp>
#include <modcore/export.hpp>
#include <modcore/json.hpp>
#include <modcore/tooling.hpp>

namespace modcore {

// How the keys or columns of somebody else's posts are called here: {"comment_text",
// "body"}. Without an entry a name is taken as a field, and the common ones are
// recognised: `text`, `content`, `message`, `comment` are the body.
struct FieldName {
  std::string foreign;
  std::string field;
};
// Reads "body=text,author.name=user" (field=foreign). Nothing if a part is not of that
// form.
[[nodiscard]] MODCORE_API std::optional<std::vector<FieldName>> parse_field_names(
    std::string_view text);

// A row of a table as a post in JSON.
struct CsvPost {
  std::string json;
  std::uint64_t line = 0;  // where the row begins, from 1
  std::string problem;     // why the row cannot be read; `json` is empty then
};

// Reads CSV piece by piece: RFC 4180, with commas, semicolons or tabs, whichever the
// header has most of. Columns that are no field stay keys of the post, so that labels
// and `x-` keys arrive. One thread at a time.
class MODCORE_API CsvReader {
 public:
  explicit CsvReader(const Engine& engine, std::vector<FieldName> names = {});
  ~CsvReader();
  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) noexcept;

  // Hands on each row that is complete.
  void feed(std::string_view bytes, const std::function<void(CsvPost&&)>& take);
  void finish(const std::function<void(CsvPost&&)>& take);

  // Why nothing can be read: a header without a column for the text. Empty if all is well.
  [[nodiscard]] const std::string& error() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// parse_post() for posts whose keys have other names.
[[nodiscard]] MODCORE_API PostDocument parse_post(std::string_view json, const Engine& engine,
                                                  std::span<const FieldName> names);

// A share with its 95 % interval (Wilson); all 0 of nothing.
struct Rate {
  std::uint64_t of = 0;  // how many it was measured on
  double value = 0;      // from 0 to 1, like both ends
  double low = 0;
  double high = 0;
};
[[nodiscard]] MODCORE_API Rate rate_of(std::uint64_t part, std::uint64_t whole) noexcept;

// A post that was caught, or missed, to look at. Texts are cut to what surrounds the
// evidence; the places of evidence are bytes of the texts here.
struct BacktestExample {
  std::uint64_t rank = 0;  // the smallest ranks of all are kept
  std::string id;          // the post's, or its line
  std::string file;
  std::uint64_t line = 0;
  std::string title;
  std::string body;
  Verdict verdict = Verdict::allow;
  std::optional<bool> label;  // true: should be caught
  std::vector<Evidence> evidence;
};

// How often something caught a post: any verdict, a category, a rule.
struct BacktestRow {
  std::string name;      // "flag", "hide", "escalate"; the category; the rule
  std::string category;  // of a rule
  std::string status;    // of a rule: "active", "shadow" (would have fired) or "off"
  std::optional<Verdict> verdict;
  std::uint64_t posts = 0;
  std::uint64_t right = 0;  // of them, labelled as to be caught
  std::uint64_t wrong = 0;  // of them, labelled as to be left alone
  // All posts whose label speaks about it.
  std::uint64_t positives = 0;
  std::uint64_t negatives = 0;
  std::uint64_t undetermined = 0;  // of a rule: posts that lacked a fact
  std::vector<BacktestExample> examples;  // by rank; those labelled to be left alone apart
  std::vector<BacktestExample> mistakes;

  [[nodiscard]] MODCORE_API Rate precision() const noexcept;
  [[nodiscard]] MODCORE_API Rate recall() const noexcept;
  // The harmonic mean of both; its interval is that of right / (right + wrong + missed).
  [[nodiscard]] MODCORE_API Rate f1() const noexcept;
};

struct Overlap {
  std::string first;  // rule ids, first < second
  std::string second;
  std::uint64_t posts = 0;  // on which both fired
};

// A bound on how many posts are caught.
struct Budget {
  // `max_hits`: of the posts that are labelled to be left alone, or of all where none
  // is labelled; `min_recall`: of those labelled to be caught, or of all likewise.
  enum class Kind : std::uint8_t { max_hits, min_recall, min_precision };
  Kind kind{};
  std::string what;    // "flag" (any verdict), "hide", "escalate", "category:spam", "rule:ID"
  std::string amount;  // "3" posts or a share, "0.5%"
};
[[nodiscard]] MODCORE_API std::string_view to_string(Budget::Kind) noexcept;
// Reads "hide=0", "category:spam=80%".
[[nodiscard]] MODCORE_API std::optional<Budget> parse_budget(Budget::Kind kind, std::string_view text);
// What is wrong with it for these rules; empty if nothing is.
[[nodiscard]] MODCORE_API std::string problem_of(const Budget& budget, const Engine& engine);

struct BudgetResult {
  Budget budget;
  bool met = false;
  std::string message;  // "2 of 40 posts are hidden (5.0 %), at most 0 may be"
  std::vector<BacktestExample> examples;  // of what exceeds it
};

struct Shard {
  std::uint32_t index = 1;  // from 1 to `of`
  std::uint32_t of = 1;
};
// Reads "2/8".
[[nodiscard]] MODCORE_API std::optional<Shard> parse_shard(std::string_view text);

struct BacktestOptions {
  std::vector<FieldName> names = {};
  // The key of a post that tells what should become of it. Empty: the first of
  // `label`, `x-label` and `x-expect` that a post has.
  std::string label = {};
  // What labels are about where a post does not say so in `category` or `x-category`.
  std::string category = {};
  Shard shard = {};
  std::size_t examples = 5;  // of each row, at most 1000
  std::uint64_t seed = 0;    // chooses other examples
  std::vector<Budget> budgets = {};
  // Told now and then how many bytes of how many were read.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress = {};
};

struct BacktestReport {
  std::string error;  // a file that cannot be read, shards that do not fit; nothing else then
  std::string policy;
  std::string engine;  // fingerprint of the rules
  std::string corpus;  // fingerprint of the posts; equal for all shards of one corpus
  std::vector<std::string> files;
  std::vector<std::uint32_t> shards;  // that are in it, of `shard_count`
  std::uint32_t shard_count = 1;
  std::uint64_t posts = 0;
  std::uint64_t bad_lines = 0;  // that could not be read
  std::uint64_t positives = 0;  // labelled as to be caught
  std::uint64_t negatives = 0;
  std::uint64_t limited = 0;  // posts that reached a limit
  std::array<std::uint64_t, 4> verdicts{};
  std::vector<BacktestRow> verdict_rows;  // flag (any verdict), hide, escalate
  std::vector<BacktestRow> categories;    // sorted by name
  std::vector<BacktestRow> rules;         // all, sorted by id
  std::vector<Overlap> overlaps;          // sorted
  std::vector<BacktestExample> missed;    // labelled as to be caught, and allowed
  std::vector<BudgetResult> budgets;
  std::vector<std::pair<std::string, std::uint64_t>> notices;  // and on how many posts
  std::uint64_t seed = 0;
  std::size_t examples = 5;
};

// Judges every post of the files (NDJSON, plain lines, or CSV with a header where the
// name ends in .csv or .tsv). A label is read as docs/cli.md tells.
[[nodiscard]] MODCORE_API BacktestReport backtest(const Engine& engine,
                                                  const std::vector<std::string>& files,
                                                  const BacktestOptions& options = {});

// One document, `schema: modcore.backtest/1`, which merge_backtests() reads again.
[[nodiscard]] MODCORE_API std::string to_json(const BacktestReport& report);
// Adds up the shards of one corpus. Refuses shards of other rules, of other posts, and
// one that is there twice. Budgets are judged anew.
[[nodiscard]] MODCORE_API BacktestReport merge_backtests(std::span<const std::string> json);

// Rules that caught nothing in a thousand posts or more (M710), and rules that catch a
// large share of them: of posts that are labelled to be left alone more than 1 %, without
// labels more than 5 % of all (M711), with 95 % certainty. Nothing while shards are missing.
[[nodiscard]] MODCORE_API std::vector<Diagnostic> findings(const BacktestReport& report);

[[nodiscard]] MODCORE_API std::string to_markdown(const BacktestReport& report);
// One page that needs nothing else: no network, no fonts. Whatever posts hold shows as
// text.
[[nodiscard]] MODCORE_API std::string to_html(const BacktestReport& report);

// ---- Tests: files of posts, coverage ---------------------------------------------

// Chooses tests by their title; an empty one chooses all.
using TestFilter = std::function<bool(std::string_view title)>;

// run_tests() of tooling.hpp, of the tests that are chosen.
[[nodiscard]] MODCORE_API TestReport run_tests(const std::vector<std::string>& paths,
                                               const CompileOptions& options, const TestFilter& filter);
// "spam.casino match[2]", "case[0]", "spam.casino match[0] leet", "corpus[1]".
[[nodiscard]] MODCORE_API std::string title_of(const TestResult& result);

// A test file as it would be with the expectations that hold now.
struct TestFileUpdate {
  std::string file;
  std::size_t cases = 0;  // whose `expect` changes
  std::string text;       // the whole file; comments and all that did not change stay
};
struct TestUpdates {
  std::vector<Diagnostic> diagnostics;  // of compiling; with errors there are no updates
  std::vector<TestFileUpdate> files;    // sorted by name; only those that change
};
// What `expect` in the cases of *.test.yaml files would have to say for them to pass.
// Writes nothing.
[[nodiscard]] MODCORE_API TestUpdates update_tests(const std::vector<std::string>& paths,
                                                   const CompileOptions& options = {});

// How much of rules their tests have seen.
struct Covered {
  std::uint64_t seen = 0;
  std::uint64_t all = 0;
};

// A comparison, pattern or function of a condition, or a whole condition.
struct BranchCoverage {
  std::string part;  // "when", "unless", "escalate"
  std::string text;
  Location where;
  std::uint64_t held = 0;     // how many tests made it true
  std::uint64_t failed = 0;   // and false
  std::uint64_t unknown = 0;  // and lacked a fact
  bool can_be_unknown = false;
};

// An item of a group, an exemption, a language: how many tests have seen it at work.
struct PartCoverage {
  std::string group;  // of an item or exemption
  std::string name;   // the item, the condition after `unless`, "except of $main", "pl"
  Location where;
  std::uint64_t tests = 0;
};

struct RuleCoverage {
  std::string rule;
  std::string category;
  std::string guideline;  // the clause it cites
  Location where;
  std::uint64_t match = 0;         // tests that pass, by kind
  std::uint64_t no_match = 0;
  std::uint64_t undetermined = 0;
  std::uint64_t todo = 0;          // known gaps
  std::uint64_t cases = 0;         // cases of *.test.yaml on which it fired
  std::vector<BranchCoverage> branches;
  std::vector<PartCoverage> items;
  std::vector<PartCoverage> exemptions;
  std::vector<PartCoverage> languages;  // of rules and groups that are for certain ones
  // Simple disguises of the words in its `match` tests: how many were tried, how many
  // the rule finds, and how many it would at the next tolerance.
  std::uint64_t disguises = 0;
  std::uint64_t disguises_found = 0;
  std::uint64_t disguises_next = 0;

  [[nodiscard]] MODCORE_API bool tested() const noexcept;  // fires in one test, stays silent in another
  [[nodiscard]] MODCORE_API Covered branch_coverage() const noexcept;  // true and false of each
};

// A clause of the written guideline and the rules that enforce it.
struct ClauseCoverage {
  std::string clause;
  std::string title;
  std::vector<std::string> rules;  // that cite it, sorted
  std::uint64_t match = 0;         // tests of those rules that pass
  std::uint64_t no_match = 0;
  std::vector<std::string> languages;  // that those tests have shown
};

struct CoverageReport {
  // Of compiling, and what is untested: M504, M508, M509, M510, M514. With errors
  // nothing ran.
  std::vector<Diagnostic> diagnostics;
  std::string error;  // a corpus that cannot be read
  std::uint64_t failed_tests = 0;
  std::uint64_t posts = 0;  // of the corpus
  std::vector<RuleCoverage> rules;      // sorted by id
  std::vector<ClauseCoverage> clauses;  // in the order of the guidelines

  [[nodiscard]] MODCORE_API Covered rules_tested() const noexcept;
  [[nodiscard]] MODCORE_API Covered branches() const noexcept;
  [[nodiscard]] MODCORE_API Covered items() const noexcept;
  [[nodiscard]] MODCORE_API Covered exemptions() const noexcept;
  [[nodiscard]] MODCORE_API Covered languages() const noexcept;
  [[nodiscard]] MODCORE_API Covered clauses_tested() const noexcept;
  // All of them together: what `--fail-under` looks at.
  [[nodiscard]] MODCORE_API Covered total() const noexcept;
};

// Runs the tests and looks at what they touch. The posts of `corpus`, if any, count for
// branches, items and exemptions too.
[[nodiscard]] MODCORE_API CoverageReport coverage(const std::vector<std::string>& paths,
                                                  const CompileOptions& options = {},
                                                  const std::vector<std::string>& corpus = {});

[[nodiscard]] MODCORE_API std::string to_json(const CoverageReport& report);
// The matrix of clauses and what is untested, for those who write the guideline.
[[nodiscard]] MODCORE_API std::string to_markdown(const CoverageReport& report);
// Tracefile of lcov: rules are functions, items lines, conditions branches.
[[nodiscard]] MODCORE_API std::string to_lcov(const CoverageReport& report);

// What differs in meaning between two versions of rules; layout, comments and order do
// not count.
struct AspectChange {
  std::string aspect;  // "verdict", "when", "$main tolerance", "reason fr", "thresholds spam"
  std::string before;  // empty: it was not there
  std::string after;   // empty: it is not there any more
  std::vector<std::string> added;  // of lists: items, exemptions, languages
  std::vector<std::string> removed;
};
struct RuleChange {
  enum class Kind : std::uint8_t { added, removed, changed };
  std::string rule;
  Kind kind{};
  std::string category;
  std::optional<Verdict> verdict;  // of the newer one
  std::string title;
  Location where;  // in the newer rules, or in the older for one that is gone
  std::vector<AspectChange> aspects;
  std::uint64_t posts_before = 0;  // of the corpus that it caught
  std::uint64_t posts_after = 0;
};
struct TestChange {
  std::string title;  // title_of()
  std::string name;   // the post
  TestOutcome before{};
  TestOutcome after{};
  std::string message;
};
// A post whose headline differs.
struct VerdictFlip {
  Verdict before{};
  Verdict after{};
  std::vector<std::string> rules_before;  // that fired only then
  std::vector<std::string> rules_after;   // that fire only now
  BacktestExample example;
};

struct PolicyDiff {
  std::vector<Diagnostic> before;  // of compiling each; with errors there is nothing else
  std::vector<Diagnostic> after;
  std::string error;  // a corpus that cannot be read
  std::vector<RuleChange> rules;      // that differ, or catch another number of posts; by id
  std::vector<AspectChange> policy;   // languages, thresholds, routes, lists, limits...
  std::uint64_t tests_added = 0;
  std::uint64_t tests_removed = 0;
  std::vector<TestChange> tests;      // in both, with another outcome
  std::uint64_t test_posts = 0;       // posts of all tests, judged by both
  std::vector<VerdictFlip> test_flips;
  std::uint64_t posts = 0;            // of the corpus
  std::array<std::array<std::uint64_t, 4>, 4> verdicts{};  // [before][after]
  std::vector<VerdictFlip> flips;     // examples, by verdicts and rank
  [[nodiscard]] MODCORE_API std::uint64_t flipped() const noexcept;  // of the corpus
  [[nodiscard]] MODCORE_API bool empty() const noexcept;             // nothing differs
};

struct DiffOptions {
  CompileOptions compile = {};
  std::vector<std::string> corpus = {};
  std::vector<FieldName> names = {};
  std::size_t examples = 10;  // of each pair of verdicts
  std::function<void(std::uint64_t done, std::uint64_t total)> progress = {};
};
[[nodiscard]] MODCORE_API PolicyDiff diff_policies(const std::vector<std::string>& before,
                                                   const std::vector<std::string>& after,
                                                   const DiffOptions& options = {});
[[nodiscard]] MODCORE_API std::string to_json(const PolicyDiff& diff);
// For the comment on a pull request.
[[nodiscard]] MODCORE_API std::string to_markdown(const PolicyDiff& diff);

}  // namespace modcore
