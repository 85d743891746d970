#include "compile/literals.hpp"

#include <algorithm>

#include "compile/hyperscan.hpp"
#include "regex/literals.hpp"

namespace modcore::compiler {
namespace {

constexpr char separator = ' ';
// A part of a longer literal is as rare, and cheaper.
constexpr std::size_t max_literal_bytes = 200;

// Cuts a sequence into the runs of known characters between its wildcards and
// gaps, and keeps the rarest.
class AnchorFinder {
 public:
  void word(const ir::WordPattern& word, std::uint32_t element) {
    const bool fresh = run_.text.empty() || run_.text == std::string_view(&separator, 1);
    if (fresh) begin_run(std::string(1, separator), element);
    run_.text += word.accents.front();
    for (std::size_t i = 1; i < word.accents.size(); ++i) {
      end_run();
      begin_run(word.accents[i], element);
    }
    run_.text += separator;
  }

  void end_run() {
    const bool better = best_.text.empty() || regex::rarity(run_.text) > regex::rarity(best_.text);
    if (!run_.text.empty() && better) best_ = run_;
    run_ = {};
    ++runs_;
  }

  Anchor take() {
    end_run();
    best_.whole = runs_ == 1;
    if (best_.text.size() > max_literal_bytes) {
      best_.text.resize(max_literal_bytes);
      best_.whole = false;
    }
    return std::move(best_);
  }

 private:
  void begin_run(std::string text, std::uint32_t element) { run_ = {std::move(text), element, false}; }

  Anchor run_, best_;
  int runs_ = 0;
};

}  // namespace

Anchor anchor_of(const ir::WordSequence& sequence) {
  AnchorFinder finder;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    if (const auto* word = std::get_if<ir::WordPattern>(&sequence[i])) {
      finder.word(*word, static_cast<std::uint32_t>(i));
    } else {
      finder.end_run();
    }
  }
  return finder.take();
}

void LiteralCollector::add(const std::string& text, const runtime::Probe& probe,
                           ir::FieldSet fields, bool once) {
  Entry& entry = entries_[text];
  entry.probes.push_back(probe);
  entry.fields.add(fields);
  entry.once = entry.once && once;
}

LiteralCollector::Result LiteralCollector::build() const {
  Result result;
  std::vector<std::string> texts;
  for (const auto& [text, entry] : entries_) {
    const auto first = static_cast<std::uint32_t>(result.table.probes.size());
    result.table.probes.insert(result.table.probes.end(), entry.probes.begin(), entry.probes.end());
    result.table.literals.push_back({.length = static_cast<std::uint32_t>(text.size()),
                                     .first_probe = first,
                                     .end_probe = static_cast<std::uint32_t>(result.table.probes.size()),
                                     .fields = entry.fields,
                                     .leading_space = text.front() == separator,
                                     .once = entry.once});
    result.table.fields.add(entry.fields);
    texts.push_back(text);
  }
  if (texts.empty()) return result;
  Compiled compiled = compile_literals(texts);
  result.table.database = std::move(compiled.database);
  result.error = std::move(compiled.error);
  if (compiled.refused) {
    result.refused = result.table.probes[result.table.literals[*compiled.refused].first_probe].item;
  }
  return result;
}

}  // namespace modcore::compiler
