// What a backtest says against single rules: M710, M711.
#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "diag/catalogue.hpp"
#include "diag/sink.hpp"

namespace modcore {
namespace {

// None of a thousand: with 95 % certainty it is less than one in three hundred.
constexpr std::uint64_t enough_for_silence = 1000;
constexpr std::uint64_t enough_for_noise = 200;
// Of posts that are labelled to be left alone, and of posts of all kinds. The lower end
// of the interval counts, so that a handful of posts accuses nobody.
constexpr double noisy_of_ordinary = 0.01;
constexpr double noisy_of_all = 0.05;

void silent(const BacktestReport& report, const BacktestRow& rule, diag::Sink& sink) {
  if (report.posts < enough_for_silence || rule.posts > 0 || rule.status == "off") return;
  const std::string lacked = rule.undetermined == 0
                                 ? ""
                                 : fmt::format("; in {} of them a fact was missing that it asks for", rule.undetermined);
  sink.report(diag::silent_rule, {}, {rule.name, std::to_string(report.posts), lacked}).rule(rule.name);
}

void noisy(const BacktestReport& report, const BacktestRow& rule, diag::Sink& sink) {
  if (rule.verdict == Verdict::allow) return;
  const bool labelled = rule.negatives > 0;
  const Rate rate = labelled ? rate_of(rule.wrong, rule.negatives) : rate_of(rule.posts, report.posts);
  if (rate.of < enough_for_noise || rate.low <= (labelled ? noisy_of_ordinary : noisy_of_all)) return;
  sink.report(diag::noisy_rule, {},
              {rule.name, std::to_string(labelled ? rule.wrong : rule.posts), std::to_string(rate.of),
               labelled ? " that are labelled to be left alone" : ""})
      .rule(rule.name);
}

}  // namespace

std::vector<Diagnostic> findings(const BacktestReport& report) {
  if (report.shards.size() < report.shard_count) return {};
  const source::SourceMap none;
  diag::Sink sink(none);
  for (const BacktestRow& rule : report.rules) {
    silent(report, rule, sink);
    noisy(report, rule, sink);
  }
  return sink.take();
}

}  // namespace modcore
