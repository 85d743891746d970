#include "compile/gram_tables.hpp"

#include <algorithm>
#include <bit>

#include "regex/rarity.hpp"

namespace modcore::compiler {
namespace {

using runtime::Gram;
using runtime::GramFilter;
using runtime::GramTable;
using runtime::ShortGate;
using runtime::ShortGram;

// Measured on posts of 140 bytes: from there on more bits cost more in the cache than
// they spare in looks at literals.
constexpr unsigned least_filter_bits = 14;
constexpr unsigned most_filter_bits = 20;
constexpr unsigned bits_for_each = 5;  // 2^5 bits for each literal
constexpr unsigned word_bits = 5;      // in a word of 2^5
constexpr unsigned least_bucket_bits = 8;
constexpr unsigned most_bucket_bits = 18;
constexpr std::size_t most_shorts = 2'000;
// So few literals are all looked for behind the gate: of more it leaves too many places.
constexpr std::size_t most_all_short = 16;
// A short gram at the end of its literal says nothing of the byte behind it.
constexpr double bits_of_byte_behind = 8;
// A crowded bucket costs as much as a gram that is so much more common.
constexpr double bits_for_crowd = 0.5;

unsigned log2_of(std::size_t count) { return static_cast<unsigned>(std::bit_width(count)); }

Gram gram_at(std::string_view text, std::size_t at) { return Gram::of(runtime::bytes_at(text, at)); }
ShortGram short_at(std::string_view text, std::size_t at) {
  return {static_cast<std::uint32_t>(runtime::bytes_at(text, at))};
}

void sort_into(GramTable::Buckets& buckets, std::vector<GramTableBuilder::Planned>& planned) {
  if (planned.empty()) return;
  std::stable_sort(planned.begin(), planned.end(), [](const auto& a, const auto& b) { return a.bucket < b.bucket; });
  buckets.begins.assign((std::size_t{1} << (32U - buckets.shift)) + 1, 0);
  buckets.entries.reserve(planned.size());
  for (const auto& [bucket, entry] : planned) {
    ++buckets.begins[bucket + 1];
    buckets.entries.push_back(entry);
  }
  for (std::size_t i = 1; i < buckets.begins.size(); ++i) buckets.begins[i] += buckets.begins[i - 1];
}

}  // namespace

GramTableBuilder::GramTableBuilder(std::size_t literals) : all_short_(literals <= most_all_short) {
  const unsigned bits = std::clamp(log2_of(literals) + bits_for_each, least_filter_bits, most_filter_bits);
  table_.filter.shift = 32U + word_bits - bits;
  table_.filter.grams.assign(std::size_t{1} << (bits - word_bits), 0);
  const unsigned buckets = std::clamp(log2_of(literals) + 2, least_bucket_bits, most_bucket_bits);
  table_.grams.shift = 32U - buckets;
  in_bucket_.assign(std::size_t{1} << buckets, 0);
  table_.shorts.shift = GramFilter::short_shift;
  in_short_bucket_.assign(std::size_t{1} << (32U - GramFilter::short_shift), 0);
}

bool GramTableBuilder::add(std::string_view text, std::uint32_t literal) {
  if (text.size() < GramTable::shortest || text.size() > GramTable::longest) return false;
  const GramTable::Entry entry{.literal = literal,
                               .text = static_cast<std::uint32_t>(table_.texts.size()),
                               .length = static_cast<std::uint16_t>(text.size())};
  const bool added = add_long(text, entry) || add_short(text, entry);
  if (added) table_.texts += text;
  return added;
}

// A gram at an even distance and one at an odd one.
bool GramTableBuilder::add_long(std::string_view text, const Entry& entry) {
  if (all_short_) return false;
  static_assert(GramFilter::step == 2);
  const auto even = best_gram(text, 0);
  const auto odd = best_gram(text, 1);
  if (!even || !odd) return false;
  for (const std::size_t at : {*even, *odd}) {
    const Gram gram = gram_at(text, at);
    const std::uint32_t bucket = gram.hash() >> table_.grams.shift;
    table_.filter.add(gram);
    ++in_bucket_[bucket];
    grams_.push_back({bucket, entry});
    grams_.back().entry.gram = gram.first;
    grams_.back().entry.before = static_cast<std::uint16_t>(at);
  }
  return true;
}

// The rarest gram of those at `from`, `from` + 2...; nothing if all are crowded.
std::optional<std::size_t> GramTableBuilder::best_gram(std::string_view text, std::size_t from) const {
  std::optional<std::size_t> best;
  double rarest = 0;
  for (std::size_t at = from; at + GramTable::gram_size <= text.size(); at += GramFilter::step) {
    const std::uint8_t others = in_bucket_[gram_at(text, at).hash() >> table_.grams.shift];
    // Both grams of a literal may belong into the same bucket.
    if (others + 1U >= GramTable::most_in_bucket) continue;
    const double bits = regex::rarity_of_part(text.substr(at, GramTable::gram_size)) - bits_for_crowd * others;
    if (best && bits <= rarest) continue;
    best = at;
    rarest = bits;
  }
  return best;
}

bool GramTableBuilder::add_short(std::string_view text, const Entry& entry) {
  if (shorts_.size() == most_shorts) return false;
  const auto best = best_short(text);
  if (!best) return false;
  const ShortGram gram = short_at(text, *best);
  const std::uint32_t bucket = gram.hash() >> table_.shorts.shift;
  table_.filter.add_short(gram, *best + GramTable::shortest == text.size());
  ++in_short_bucket_[bucket];
  shorts_.push_back({bucket, entry});
  shorts_.back().entry.gram = gram.three();
  shorts_.back().entry.before = static_cast<std::uint16_t>(*best);
  return true;
}

std::optional<std::size_t> GramTableBuilder::best_short(std::string_view text) const {
  std::optional<std::size_t> best;
  double rarest = 0;
  const std::size_t last = text.size() - GramTable::shortest;
  for (std::size_t at = 0; at <= last; ++at) {
    const std::uint8_t others = in_short_bucket_[short_at(text, at).hash() >> table_.shorts.shift];
    if (others >= GramTable::most_in_bucket) continue;
    const double bits = regex::rarity_of_part(text.substr(at, GramTable::shortest)) - bits_for_crowd * others +
                        (at < last ? bits_of_byte_behind : 0);
    if (best && bits <= rarest) continue;
    best = at;
    rarest = bits;
  }
  return best;
}

// A few short grams need no bits for each.
void GramTableBuilder::gate_shorts() {
  if (shorts_.empty() || shorts_.size() > ShortGate::most) return;
  if (grams_.empty()) table_.filter.grams.clear();
  table_.filter.gated = true;
  table_.filter.shorts.clear();
  table_.shorts.shift = 32U - least_bucket_bits;
  for (std::size_t i = 0; i < shorts_.size(); ++i) {
    Planned& planned = shorts_[i];
    const std::string_view text = std::string_view(table_.texts).substr(planned.entry.text, planned.entry.length);
    const ShortGram gram = short_at(text, planned.entry.before);
    planned.bucket = gram.hash() >> table_.shorts.shift;
    table_.filter.gate.add(gram, planned.entry.before + GramTable::shortest == text.size(), i);
  }
}

runtime::GramTable GramTableBuilder::build() {
  if (table_.texts.empty()) return {};
  gate_shorts();
  sort_into(table_.grams, grams_);
  sort_into(table_.shorts, shorts_);
  return std::move(table_);
}

}  // namespace modcore::compiler
