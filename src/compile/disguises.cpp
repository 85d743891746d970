#include "compile/disguises.hpp"

#include <algorithm>

#include "ir/letters.hpp"
#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/honest_words.hpp"
#include "text/word_set.hpp"

namespace modcore::compiler {
namespace {

// A part of a word with so few letters stands in too many honest ones.
constexpr std::size_t least_part = 4;
// Fewer letters can be read into anything.
constexpr std::size_t least_letters = 3;
constexpr std::size_t many_alternatives = 8;
constexpr std::uint32_t no_element = 0xffffffffU;

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
  const Known& known = known_of(item.alternatives);
  const auto first_word = static_cast<std::uint32_t>(plan_.words.size());
  plan_.words.insert(plan_.words.end(), known.words.begin(), known.words.end());
  for (std::uint32_t i = 0; i < item.alternatives.size(); ++i) {
    if (known.rows[i].taken) add_sequence(item.alternatives[i], i, known, ref, first_word);
  }
}

// Items of a list are the same rows in many patterns.
const DisguiseCollector::Known& DisguiseCollector::known_of(const ir::Alternatives& alternatives) {
  if (alternatives.size() < many_alternatives) return known_once_ = read(alternatives);
  const auto [known, is_new] = known_.try_emplace(&alternatives.rows());
  if (is_new) known->second = read(alternatives);
  return known->second;
}

DisguiseCollector::Known DisguiseCollector::read(const ir::Alternatives& alternatives) {
  Known known;
  for (const ir::WordPattern& word : alternatives.rows().words) known.letters.push_back(ir::letters_of(word));
  known.words.assign(known.letters.size(), runtime::no_word);
  for (const ir::WordSequence sequence : alternatives) {
    Known::Row& row = known.rows.emplace_back();
    std::size_t sum = 0;
    for (const ir::WordElement element : sequence) {
      if (element.word() != nullptr) sum += known.letters[ir::WordRows::index_of(element.number())];
    }
    row.taken = sum >= least_letters;
    if (row.taken && sequence.size() > 1) row.id = id_of_row(sequence);
    for (const ir::WordElement element : sequence) {
      if (!row.taken || element.word() == nullptr) continue;
      std::uint32_t& id = known.words[ir::WordRows::index_of(element.number())];
      if (id == runtime::no_word) id = id_of(*element.word());
    }
  }
  return known;
}

void DisguiseCollector::add(const ir::SubstringItem& item, runtime::ItemRef ref,
                            ir::FieldSet fields) {
  if (!is_one_word(item.accents) || utf8::count(item.accents) < least_part) return;
  plan_.fields.add(fields);
  probe(id_of(item.accents, Form::inside), {ref, runtime::no_sequence, 0});
}

void DisguiseCollector::add_sequence(const ir::WordSequence& sequence, std::uint32_t alternative,
                                     const Known& item, runtime::ItemRef ref, std::uint32_t first_word) {
  const auto index = static_cast<std::uint32_t>(plan_.sequences.size());
  const bool single = sequence.size() == 1;
  if (!single) plan_.sequences.push_back({ref, alternative, first_word, sequence});
  const std::uint32_t row = item.rows[alternative].id;
  if (row != runtime::no_word) probe(row, {ref, runtime::no_sequence, 0});
  const auto word_of = [&](std::uint32_t element) {
    return element == no_element ? runtime::no_word : item.words[ir::WordRows::index_of(sequence[element].number())];
  };
  const auto [first, second] = longest(sequence, item);
  for (std::uint32_t i = 0; i < sequence.size(); ++i) {
    if (ir::WordRows::is_gap(sequence[i].number())) continue;
    const std::uint32_t id = word_of(i);
    if (id == runtime::no_word) continue;
    if (single) {
      probe(id, {ref, runtime::no_sequence, 0});
    } else {
      probe(id, {ref, index, i}, word_of(i == first ? second : first));
    }
  }
}

std::array<std::uint32_t, 2> DisguiseCollector::longest(const ir::WordSequence& sequence, const Known& item) const {
  std::array<std::pair<std::size_t, std::uint32_t>, 2> found{{{0, no_element}, {0, no_element}}};
  for (std::uint32_t i = 0; i < sequence.size(); ++i) {
    if (ir::WordRows::is_gap(sequence[i].number())) continue;
    const std::size_t word = ir::WordRows::index_of(sequence[i].number());
    if (item.words[word] == runtime::no_word || plan_.hashes[item.words[word]] == 0) continue;
    const std::pair one(item.letters[word], i);
    if (one.first > found[0].first) {
      found = {one, found[0]};
    } else if (one.first > found[1].first) {
      found[1] = one;
    }
  }
  return {found[0].second, found[1].second};
}

// "k i l l  y o u r s e l f": of a row of letters, the words are run together.
std::uint32_t DisguiseCollector::id_of_row(const ir::WordSequence& sequence) {
  std::string letters;
  for (const ir::WordElement element : sequence) {
    if (element.word() == nullptr || element.word()->accents.size() != 1) return runtime::no_word;
    letters += element.word()->accents.front();
  }
  return id_of(letters, Form::row);
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
  key_.assign(1, static_cast<char>(form));
  key_ += letters;
  const auto [id, is_new] = ids_.add(key_);
  if (is_new) {
    plan_.by_word.emplace_back();
    plan_.hashes.push_back(form == Form::whole ? text::word_hash(letters) : 0);
    // Words that are too long to be read are found plain only.
    [[maybe_unused]] const bool taken = plan_.lexicon.add(letters, form, id);
  }
  return id;
}

void DisguiseCollector::probe(std::uint32_t word, const runtime::DisguiseProbe& probe, std::uint32_t companion) {
  probes_.push_back({companion, probe});
  words_.push_back(word);
  ++plan_.by_word[word].end;  // until build(), how many it has
}

runtime::DisguisePlan DisguiseCollector::build() {
  plan_.lexicon.finish();
  std::uint32_t first = 0;
  for (text::Range& range : plan_.by_word) {
    const std::uint32_t count = range.end;
    range = {first, first};
    first += count;
  }
  std::vector<Wanted> sorted(probes_.size());
  for (std::size_t i = 0; i < probes_.size(); ++i) sorted[plan_.by_word[words_[i]].end++] = probes_[i];
  for (text::Range& range : plan_.by_word) range = group(std::span(sorted).subspan(range.begin, range.end - range.begin));
  return std::move(plan_);
}

// The probes of one word by their companions, behind those of the words before it.
text::Range DisguiseCollector::group(std::span<Wanted> wanted) {
  std::ranges::stable_sort(wanted, {}, &Wanted::companion);
  const auto first_group = static_cast<std::uint32_t>(plan_.groups.size());
  for (const Wanted& one : wanted) {
    const auto at = static_cast<std::uint32_t>(plan_.probes.size());
    if (plan_.groups.size() == first_group || plan_.groups.back().companion != one.companion) {
      plan_.groups.push_back({one.companion, at, at});
    }
    plan_.probes.push_back(one.probe);
    ++plan_.groups.back().end;
  }
  return {first_group, static_cast<std::uint32_t>(plan_.groups.size())};
}

std::vector<std::string> DisguiseCollector::cut_words(const ir::WordSequence& sequence) {
  std::vector<std::string> cuts;
  const ir::WordPattern* const word = sequence.front().word();
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
