#include "support/matching.hpp"

#include <utility>

#include "compile/patterns.hpp"
#include "diag/sink.hpp"
#include "runtime/match_plan.hpp"
#include "source/source_map.hpp"

namespace modcore::test {

runtime::UseId Matching::add(ir::Pattern pattern) {
  const ir::FieldSet fields = pattern.in;
  rules_.patterns.push_back(std::move(pattern));
  return ask(static_cast<std::uint32_t>(rules_.patterns.size() - 1), fields);
}

runtime::UseId Matching::add(ir::Pattern pattern, ir::Pattern except) {
  pattern.except = static_cast<ir::PatternId>(rules_.patterns.size() + 1);
  except.is_except = true;
  const runtime::UseId use = add(std::move(pattern));
  rules_.patterns.push_back(std::move(except));
  return use;
}

runtime::UseId Matching::ask(std::uint32_t pattern, ir::FieldSet fields) {
  uses_.push_back({static_cast<ir::PatternId>(pattern), fields});
  return static_cast<runtime::UseId>(uses_.size() - 1);
}

runtime::Matcher& Matching::search(const Post& post, std::string_view lang) {
  if (!matcher_) {
    const source::SourceMap sources;
    diag::Sink sink(sources);
    const auto plan = compiler::compile_patterns(rules_, uses_, {}, sink);
    post_.configure(plan->fields, rules_.limits.text_bytes);
    matcher_ = std::make_unique<runtime::Matcher>(plan);
  }
  post_.set(post, {});
  matcher_->run(post_, lang);
  return *matcher_;
}

std::string Matching::found(const Post& post, runtime::UseId use) {
  std::string all;
  for (const runtime::Match& match : search(post).matches(use, 1'000)) {
    const auto text = post_.sources()[post_.piece(match.piece).source].text;
    if (!all.empty()) all += '|';
    all += text.substr(match.range.begin, match.range.end - match.range.begin);
  }
  return all;
}

std::string Matching::diagnostics() {
  const source::SourceMap sources;
  diag::Sink sink(sources);
  const auto plan = compiler::compile_patterns(rules_, uses_, {}, sink);
  std::string all;
  for (const auto& diagnostic : sink.take()) all += diagnostic.id + " " + diagnostic.message + "\n";
  if (all.empty() != (plan != nullptr)) all += "a plan and errors";
  return all;
}

}  // namespace modcore::test
