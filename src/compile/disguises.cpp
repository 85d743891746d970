#include "compile/disguises.hpp"

#include <algorithm>

#include "ir/letters.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/honest_words.hpp"

namespace modcore::compiler {
namespace {

// A part of a word with so few letters stands in too many honest ones.
constexpr std::size_t least_part = 4;
// Fewer letters can be read into anything.
constexpr std::size_t least_letters = 3;

bool is_one_word(std::string_view letters) {
  for (std::size_t at = 0; at < letters.size();) {
    const utf8::Decoded next = utf8::decode(letters, at);
    if (!text::is_word(next.code_point)) return false;
    at += next.length;
  }
  return !letters.empty();
}

}  // namespace

void DisguiseCollector::add(const ir::WordsItem& item, runtime::ItemRef ref, ir::FieldSet fields) {
  plan_.fields.add(fields);
  for (const ir::WordSequence& sequence : item.alternatives) add_sequence(sequence, ref);
}

void DisguiseCollector::add(const ir::SubstringItem& item, runtime::ItemRef ref,
                            ir::FieldSet fields) {
  if (!is_one_word(item.accents) || utf8::count(item.accents) < least_part) return;
  plan_.fields.add(fields);
  probe(id_of(item.accents, Form::inside), {ref, runtime::no_sequence, 0});
}

void DisguiseCollector::add_sequence(const ir::WordSequence& sequence, runtime::ItemRef ref) {
  if (ir::letters_of(sequence) < least_letters) return;
  if (sequence.size() == 1) return add_single(std::get<ir::WordPattern>(sequence.front()), ref);
  add_row(sequence, ref);
  const auto index = static_cast<std::uint32_t>(plan_.sequences.size());
  runtime::DisguisedSequence& planned = plan_.sequences.emplace_back();
  planned.sequence = sequence;
  for (std::uint32_t i = 0; i < sequence.size(); ++i) {
    const auto* const word = std::get_if<ir::WordPattern>(&sequence[i]);
    const std::uint32_t id = word != nullptr ? id_of(*word) : runtime::no_word;
    plan_.sequences[index].words.push_back(id);
    if (id != runtime::no_word) probe(id, {ref, index, i});
  }
}

// "k i l l  y o u r s e l f": of a row of letters, the words are run together.
void DisguiseCollector::add_row(const ir::WordSequence& sequence, runtime::ItemRef ref) {
  std::string letters;
  for (const ir::WordElement& element : sequence) {
    const auto* const word = std::get_if<ir::WordPattern>(&element);
    if (word == nullptr || word->accents.size() != 1) return;
    letters += word->accents.front();
  }
  probe(id_of(letters, Form::row), {ref, runtime::no_sequence, 0});
}

void DisguiseCollector::add_single(const ir::WordPattern& word, runtime::ItemRef ref) {
  const std::uint32_t id = id_of(word);
  if (id != runtime::no_word) probe(id, {ref, runtime::no_sequence, 0});
}

// A word, or the beginning or end of one; no_word for anything else.
std::uint32_t DisguiseCollector::id_of(const ir::WordPattern& word) {
  const auto& parts = word.accents;
  if (parts.size() == 1) return id_of(parts.front(), Form::whole);
  if (parts.size() != 2 || (!parts.front().empty() && !parts.back().empty())) return runtime::no_word;
  const bool begins = parts.back().empty();
  const std::string& part = begins ? parts.front() : parts.back();
  if (utf8::count(part) < least_part) return runtime::no_word;
  return id_of(part, begins ? Form::prefix : Form::suffix);
}

std::uint32_t DisguiseCollector::id_of(std::string_view letters, Form form) {
  const auto next = static_cast<std::uint32_t>(ids_.size());
  const auto [known, added] = ids_.try_emplace({std::string(letters), form}, next);
  if (added) {
    probes_.emplace_back();
    // Words that are too long to be read are found plain only.
    [[maybe_unused]] const bool taken = plan_.lexicon.add(letters, form, next);
  }
  return known->second;
}

void DisguiseCollector::probe(std::uint32_t word, const runtime::DisguiseProbe& probe) {
  probes_[word].push_back(probe);
}

runtime::DisguisePlan DisguiseCollector::build() {
  plan_.lexicon.finish();
  for (const auto& probes : probes_) {
    const auto first = static_cast<std::uint32_t>(plan_.probes.size());
    plan_.probes.insert(plan_.probes.end(), probes.begin(), probes.end());
    plan_.by_word.push_back({first, static_cast<std::uint32_t>(plan_.probes.size())});
  }
  return std::move(plan_);
}

std::vector<std::string> DisguiseCollector::cut_words(const ir::WordSequence& sequence) {
  std::vector<std::string> cuts;
  const auto* const word = std::get_if<ir::WordPattern>(&sequence.front());
  if (sequence.size() != 1 || word == nullptr || word->accents.size() != 1) return cuts;
  const std::string_view letters = word->accents.front();
  if (!utf8::is_ascii(letters)) return cuts;
  for (std::size_t at = 1; at < letters.size(); ++at) {
    const std::string_view left = letters.substr(0, at);
    const std::string_view right = letters.substr(at);
    if (!text::is_cut_by_space(left, right)) continue;
    cuts.push_back(" " + std::string(left) + " " + std::string(right) + " ");
  }
  return cuts;
}

}  // namespace modcore::compiler
