// Corrections that diagnostics offer, tried in memory before anything is written.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <modcore/tooling.hpp>

#include "load/load.hpp"
#include "load/tree.hpp"
#include "tooling/edits.hpp"

namespace modcore {
namespace {

constexpr int most_rounds = 50;

bool is_on_disk(const std::string& name) {
  return !name.empty() && !name.starts_with("shipped:");
}

// A correction is known by what it is about, wherever the place has moved to.
using FixKey = std::tuple<std::string, std::string, std::string, std::string>;
FixKey key_of(const Diagnostic& d) {
  return {d.id, d.where.file, d.rule, d.message};
}

struct Candidate {
  const Diagnostic* diagnostic = nullptr;
  const Fix* fix = nullptr;
};

using TestKey = std::tuple<std::string, std::string, std::string, std::string>;
using Outcomes = std::map<TestKey, TestOutcome>;

class Fixer {
 public:
  Fixer(const std::vector<std::string>& paths, FixLevel level, const CompileOptions& options)
      : paths_(paths), level_(level), options_(options) {}

  FixReport run() {
    found_ = check_files(paths_, options_);
    before_ = outcomes(options_);
    for (int round = 0; round < most_rounds; ++round) {
      const std::vector<Candidate> candidates = choose();
      if (candidates.empty()) break;
      apply_round(candidates);
    }
    report_.remaining = std::move(found_);
    for (auto& [name, before] : originals_) {
      std::string after = text_of(name);
      if (after != before) report_.files.push_back({name, before, std::move(after)});
    }
    return std::move(report_);
  }

 private:
  // Of each diagnostic the first correction that is allowed, as far as they do not
  // touch each other.
  std::vector<Candidate> choose() const {
    std::vector<Candidate> chosen;
    for (const Diagnostic& d : found_) {
      if (d.suppressed || refused_.contains(key_of(d))) continue;
      const auto fix = std::ranges::find_if(d.fixes, [this](const Fix& f) { return allowed(f); });
      if (fix == d.fixes.end()) continue;
      const bool free = std::ranges::none_of(
          chosen, [&](const Candidate& other) { return touch(other.fix->where, fix->where); });
      if (free) chosen.push_back({&d, &*fix});
    }
    return chosen;
  }

  [[nodiscard]] bool allowed(const Fix& fix) const {
    return is_on_disk(fix.where.file) && (fix.safe || level_ == FixLevel::unsafe);
  }

  static bool touch(const Location& a, const Location& b) {
    return a.file == b.file && a.begin <= b.end && b.begin <= a.end;
  }

  // All at once; where that does not do, one by one to find which does not.
  void apply_round(const std::vector<Candidate>& candidates) {
    if (attempt(candidates).empty()) return accept(candidates);
    for (const Candidate& candidate : candidates) {
      // The places of the others hold only in the text that they were found in.
      const std::string why = attempt({candidate});
      if (why.empty()) return accept({candidate});
      refused_.insert(key_of(*candidate.diagnostic));
      report_.refused.push_back({*candidate.diagnostic, why});
    }
  }

  void accept(const std::vector<Candidate>& candidates) {
    for (const Candidate& candidate : candidates) report_.applied.push_back(*candidate.diagnostic);
    options_ = std::move(tried_);
    found_ = std::move(tried_found_);
    if (before_.empty()) before_ = std::move(tried_outcomes_);
  }

  // Why not; empty if it does.
  std::string attempt(const std::vector<Candidate>& candidates) {
    tried_ = options_;
    std::map<std::string, std::vector<tooling::Edit>> edits;
    for (const Candidate& c : candidates) {
      edits[c.fix->where.file].push_back(
          {c.fix->where.begin, c.fix->where.end, c.fix->replacement});
    }
    for (auto& [name, of_file] : edits) {
      auto changed = tooling::apply(text_of(name), std::move(of_file));
      if (!changed) return "the file has changed meanwhile";
      replace(tried_, name, *std::move(changed));
    }
    tried_found_ = check_files(paths_, tried_);
    for (const Candidate& c : candidates) {
      const FixKey key = key_of(*c.diagnostic);
      if (count(tried_found_, key) >= count(found_, key)) return "it would correct nothing";
    }
    if (const std::string error = new_error(); !error.empty()) return "it would bring: " + error;
    tried_outcomes_ = outcomes(tried_);
    return changed_outcome();
  }

  static std::ptrdiff_t count(const std::vector<Diagnostic>& all, const FixKey& key) {
    return std::ranges::count(all, key, key_of);
  }

  [[nodiscard]] std::string new_error() const {
    std::multiset<FixKey> known;
    for (const Diagnostic& d : found_) known.insert(key_of(d));
    std::size_t errors_before = 0;
    std::size_t errors_now = 0;
    std::string first;
    for (const Diagnostic& d : found_) errors_before += d.severity == Severity::error ? 1 : 0;
    for (const Diagnostic& d : tried_found_) {
      if (d.severity != Severity::error) continue;
      ++errors_now;
      if (first.empty() && !known.contains(key_of(d)))
        first = fmt::format("{} {}", d.id, d.message);
    }
    // What an error hid may come to light; where there was none, none may come.
    const bool worse = errors_before == 0 ? errors_now > 0 : errors_now > errors_before;
    return worse ? first : "";
  }

  [[nodiscard]] std::string changed_outcome() const {
    for (const auto& [test, outcome] : before_) {
      const auto now = tried_outcomes_.find(test);
      const auto& [rule, kind, disguise, name] = test;
      if (now == tried_outcomes_.end()) {
        return fmt::format("the `{}` test \"{}\" of {} would be gone", kind, name, rule);
      }
      if (now->second != outcome) {
        return fmt::format("the `{}` test \"{}\" of {} would change from {} to {}", kind, name,
                           rule, to_string(outcome), to_string(now->second));
      }
    }
    return {};
  }

  [[nodiscard]] Outcomes outcomes(const CompileOptions& options) const {
    Outcomes all;
    for (const TestResult& result : run_tests(paths_, options).results) {
      all[{result.rule, result.kind, result.disguise, result.name}] = result.outcome;
    }
    return all;
  }

  std::string text_of(const std::string& name) {
    for (const Source& source : options_.unsaved) {
      if (source.name == name) return source.text;
    }
    const load::FileText file = load::DiskTree(options_.unsaved).read(name);
    return originals_.try_emplace(name, file.text.value_or("")).first->second;
  }

  static void replace(CompileOptions& options, const std::string& name, std::string text) {
    const auto found = std::ranges::find(options.unsaved, name, &Source::name);
    if (found != options.unsaved.end()) {
      found->text = std::move(text);
    } else {
      options.unsaved.push_back({name, std::move(text)});
    }
  }

  const std::vector<std::string>& paths_;
  FixLevel level_;
  CompileOptions options_;
  std::vector<Diagnostic> found_;
  Outcomes before_;
  std::map<std::string, std::string> originals_;
  std::set<FixKey> refused_;
  // The last attempt.
  CompileOptions tried_;
  std::vector<Diagnostic> tried_found_;
  Outcomes tried_outcomes_;
  FixReport report_;
};

}  // namespace

FixReport fix_files(const std::vector<std::string>& paths, FixLevel level,
                    const CompileOptions& options) {
  return Fixer(paths, level, options).run();
}

std::vector<std::string> files_of(const std::vector<std::string>& paths,
                                  const CompileOptions& options) {
  source::SourceMap sources;
  diag::Sink sink(sources);
  static_cast<void>(load::load_paths(paths, options, sources, sink));
  std::set<std::string> names;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string& name = sources.name(static_cast<source::SourceId>(i));
    if (is_on_disk(name)) names.insert(name);
  }
  return {names.begin(), names.end()};
}

}  // namespace modcore
