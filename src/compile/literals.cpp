#include "compile/literals.hpp"

#include <algorithm>

#include "compile/hyperscan.hpp"
#include "regex/rarity.hpp"
#include "text/word_set.hpp"

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

std::array<std::uint32_t, 2> companions_of(const ir::WordSequence& sequence, const Anchor& anchor) {
  std::vector<std::pair<double, std::uint32_t>> words;
  const auto consider = [&](const ir::WordElement& element) {
    const auto* word = std::get_if<ir::WordPattern>(&element);
    if (word == nullptr || word->accents.size() != 1) return;
    const std::string& text = word->accents.front();
    // Spaces on both sides: it stands in the anchor as a whole.
    if (anchor.text.find(separator + text + separator) != std::string::npos) return;
    words.emplace_back(-regex::rarity(separator + text + separator), text::word_hash(text));
  };
  std::for_each(sequence.begin(), sequence.end(), consider);
  std::sort(words.begin(), words.end());
  std::array<std::uint32_t, 2> rarest{};
  for (std::size_t i = 0; i < std::min(words.size(), rarest.size()); ++i) rarest[i] = words[i].second;
  return rarest;
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
