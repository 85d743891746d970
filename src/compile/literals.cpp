#include "compile/literals.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "compile/byte_gates.hpp"
#include "compile/gram_tables.hpp"
#include "compile/hyperscan.hpp"
#include "regex/rarity.hpp"
#include "text/word_set.hpp"

namespace modcore::compiler {
namespace {

constexpr char separator = ' ';
// Between a few hundred literals and two thousand Hyperscan is the quicker one, and of a
// handful. The processor has no say: the same rules are the same plan everywhere.
constexpr std::size_t min_word_table = 2'000;
constexpr std::size_t min_gram_table = 2'000;
constexpr std::size_t least_few = 4;

// Fewer of all literals are not worth a look at the dots of a text.
constexpr double least_dotted = 0.1;

// The same literals in two tables where processors differ in which is the quicker one.
class GramTablesBuilder {
 public:
  GramTablesBuilder(std::size_t literals, std::size_t dotted)
      : by_gram_(literals <= most_gated_everywhere ? Way::gate : Way::bits, literals, dotted) {
    if (literals > most_gated_everywhere && literals <= most_gated) by_gate_.emplace(Way::gate, literals, dotted);
  }

  bool add(std::string_view text, std::uint32_t literal) {
    if (!by_gate_) return by_gram_.add(text, literal);
    return by_gram_.suits(text) && by_gate_->add(text, literal) && by_gram_.add(text, literal);
  }
  bool add_dotted(std::string_view text, std::uint32_t literal) {
    return (!by_gate_ || by_gate_->add_dotted(text, literal)) && by_gram_.add_dotted(text, literal);
  }
  void build(runtime::LiteralTable& table) {
    table.by_gram = by_gram_.build();
    if (by_gate_) table.by_gate = by_gate_->build();
  }

 private:
  using Way = GramTableBuilder::Way;

  GramTableBuilder by_gram_;
  std::optional<GramTableBuilder> by_gate_;
};

bool suit_gram_table(std::size_t literals) {
  return literals > min_gram_table || (literals >= least_few && literals <= most_gated);
}

class WordTableBuilder {
 public:
  // False for a literal that holds no whole word.
  bool add(std::string_view text, std::uint32_t literal) {
    std::size_t best = 0, best_end = 0;
    double rarest = -1;
    for (std::size_t begin = text.find(separator); begin != std::string_view::npos;) {
      const std::size_t end = text.find(separator, begin + 1);
      if (end == std::string_view::npos) break;
      const double bits = bits_of(text.substr(begin, end - begin + 1));
      if (bits > rarest) {
        rarest = bits;
        best = begin + 1;
        best_end = end;
      }
      begin = end;
    }
    if (rarest < 0 || best_end == best) return false;
    const std::uint32_t hash = text::word_hash(text.substr(best, best_end - best));
    entries_.push_back({hash, {.literal = literal,
                               .text = static_cast<std::uint32_t>(table_.texts.size()),
                               .hash = static_cast<std::uint16_t>(hash),
                               .ends = runtime::WordTable::ends_of(text),
                               .length = static_cast<std::uint16_t>(text.size()),
                               .before = static_cast<std::uint16_t>(best)}});
    table_.texts += text;
    return true;
  }

  runtime::WordTable build() {
    if (entries_.empty()) return {};
    const std::size_t size = std::bit_ceil(entries_.size() * 2);
    table_.shift = 32U - static_cast<unsigned>(std::bit_width(size) - 1);
    std::stable_sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    table_.buckets.assign(size + 1, 0);
    table_.entries.reserve(entries_.size());
    for (const auto& [hash, entry] : entries_) {
      ++table_.buckets[(hash >> table_.shift) + 1];
      table_.entries.push_back(entry);
    }
    for (std::size_t i = 0; i < size; ++i) table_.buckets[i + 1] += table_.buckets[i];
    return std::move(table_);
  }

 private:
  // Many literals are of the same words.
  double bits_of(std::string_view word) {
    const auto [id, is_new] = words_.add(word);
    if (is_new) bits_.push_back(regex::rarity(word));
    return bits_[id];
  }

  runtime::WordTable table_;
  std::vector<std::pair<std::uint32_t, runtime::WordTable::Entry>> entries_;  // by the whole hash of the word
  TextIds words_;
  std::vector<double> bits_;  // by the number of the word
};

}  // namespace

std::uint32_t LiteralCollector::number(std::string_view text) {
  const auto [literal, is_new] = texts_.add(text);
  if (is_new) entries_.emplace_back();
  return literal;
}

void LiteralCollector::add(std::uint32_t literal, const runtime::Probe& probe, ir::FieldSet fields, bool once) {
  Entry& entry = entries_[literal];
  entry.fields.add(fields);
  entry.once = entry.once && once;
  ++entry.probes;
  probes_.push_back(probe);
  literals_.push_back(literal);
}

// Those of each literal side by side, in the order in which they came.
void LiteralCollector::place_probes(runtime::LiteralTable& table) const {
  table.probes.resize(probes_.size());
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    table.probes[table.literals[literals_[i]].end_probe++] = probes_[i];
  }
}

// Those to be found by the dot inside a name. Where many others are left, those cost as much alone.
std::size_t LiteralCollector::count_dotted() const {
  std::size_t dotted = 0;
  for (std::uint32_t id = 0; id < entries_.size(); ++id) dotted += has_inner_dot(texts_[id]) ? 1U : 0U;
  const bool enough = static_cast<double>(dotted) >= least_dotted * static_cast<double>(entries_.size());
  return enough && entries_.size() - dotted <= most_gated ? dotted : 0;
}

LiteralCollector::Result LiteralCollector::build(Kind kind) const {
  Result result;
  const bool many_words = kind == Kind::words && entries_.size() > min_word_table;
  const std::size_t dotted = count_dotted();
  const bool by_grams = suit_gram_table(entries_.size() - dotted);
  WordTableBuilder by_word;
  GramTablesBuilder grams(by_grams ? entries_.size() - dotted : 0, dotted);
  std::vector<std::string> texts;
  std::vector<unsigned> ids;
  std::uint32_t first_probe = 0;
  result.table.literals.reserve(entries_.size());
  for (std::uint32_t id = 0; id < entries_.size(); ++id) {
    const std::string_view text = texts_[id];
    const Entry& entry = entries_[id];
    result.table.literals.push_back({.length = static_cast<std::uint32_t>(text.size()),
                                     .first_probe = first_probe,
                                     .end_probe = first_probe,  // until place_probes()
                                     .fields = entry.fields,
                                     .leading_space = text.front() == separator,
                                     .once = entry.once});
    first_probe += entry.probes;
    result.table.fields.add(entry.fields);
    if (many_words && by_word.add(text, id)) continue;
    if (dotted != 0 && grams.add_dotted(text, id)) continue;
    if (by_grams && grams.add(text, id)) continue;
    texts.emplace_back(text);
    ids.push_back(id);
  }
  place_probes(result.table);
  result.table.by_word = by_word.build();
  grams.build(result.table);
  if (texts.empty()) return result;
  Compiled compiled = compile_literals(texts, ids);
  result.table.database = std::move(compiled.database);
  result.error = std::move(compiled.error);
  if (compiled.refused) {
    const runtime::Literal& literal = result.table.literals[ids[*compiled.refused]];
    result.refused = result.table.probes[literal.first_probe].item;
  }
  return result;
}

}  // namespace modcore::compiler
