#include "compile/gram_tables.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "regex/rarity.hpp"

namespace modcore::compiler {
namespace {

using runtime::GramTable;

// Measured on posts of 140 bytes: from there on more bits cost more in the cache than
// they spare in looks at literals.
constexpr unsigned least_seen_bits = 15;
constexpr unsigned most_seen_bits = 20;
constexpr unsigned bits_for_each = 5;  // 2^5 bits for each literal
constexpr unsigned word_bits = 5;      // in a word of 2^5
constexpr unsigned least_bucket_bits = 8;
constexpr unsigned most_bucket_bits = 18;
constexpr std::size_t most_shorts = 1'000;
// A gram at the end of its literal says nothing of the byte behind it.
constexpr double bits_of_byte_behind = 4;
// A crowded bucket costs as much as a gram that is so much more common.
constexpr double bits_for_crowd = 0.5;

unsigned byte_of(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

unsigned log2_of(std::size_t count) { return static_cast<unsigned>(std::bit_width(count)); }

void finish(GramTable::Buckets& buckets) {
  if (buckets.entries.empty()) {
    buckets = {};
    return;
  }
  const auto bucket_of = [&](const GramTable::Entry& entry) {
    return runtime::gram_hash(entry.gram) >> buckets.shift;
  };
  std::stable_sort(buckets.entries.begin(), buckets.entries.end(),
                   [&](const auto& a, const auto& b) { return bucket_of(a) < bucket_of(b); });
  buckets.begins.assign((std::size_t{1} << (32U - buckets.shift)) + 1, 0);
  for (const GramTable::Entry& entry : buckets.entries) ++buckets.begins[bucket_of(entry) + 1];
  for (std::size_t i = 1; i < buckets.begins.size(); ++i) buckets.begins[i] += buckets.begins[i - 1];
}

}  // namespace

GramTableBuilder::GramTableBuilder(std::size_t literals) {
  const unsigned seen = std::clamp(log2_of(literals) + bits_for_each, least_seen_bits, most_seen_bits);
  table_.shift = 32U + word_bits - seen;
  table_.seen.assign(std::size_t{1} << (seen - word_bits), 0);
  const unsigned buckets = std::clamp(log2_of(literals) + 1, least_bucket_bits, most_bucket_bits);
  table_.grams.shift = 32U - buckets;
  grams_.assign(std::size_t{1} << buckets, 0);
  table_.shorts.shift = 32U - least_bucket_bits;
  shorts_.assign(std::size_t{1} << least_bucket_bits, 0);
}

bool GramTableBuilder::add(std::string_view text, std::uint32_t literal) {
  if (text.size() < GramTable::gram_size) return add_short(text, literal);
  if (text.size() > GramTable::longest) return false;
  std::optional<std::size_t> best;
  double rarest = 0;
  const std::size_t last = text.size() - GramTable::gram_size;
  for (std::size_t at = 0; at <= last; ++at) {
    const std::uint32_t bucket = runtime::gram_hash(runtime::gram_at(text.data() + at)) >> table_.grams.shift;
    if (grams_[bucket] >= GramTable::most_in_bucket) continue;
    const double bits = regex::rarity_of_part(text.substr(at, GramTable::gram_size)) -
                        bits_for_crowd * grams_[bucket] + (at < last ? bits_of_byte_behind : 0);
    if (best && bits <= rarest) continue;
    best = at;
    rarest = bits;
  }
  if (!best) return false;
  const std::uint32_t gram = runtime::gram_at(text.data() + *best);
  ++grams_[runtime::gram_hash(gram) >> table_.grams.shift];
  std::uint32_t& word = table_.seen[runtime::gram_hash(gram) >> table_.shift];
  word |= *best == last ? ~std::uint32_t{0} : 1U << (byte_of(text, *best + GramTable::gram_size) & GramTable::bit_mask);
  table_.grams.entries.push_back({.gram = gram,
                                  .literal = literal,
                                  .text = static_cast<std::uint32_t>(table_.texts.size()),
                                  .length = static_cast<std::uint16_t>(text.size()),
                                  .before = static_cast<std::uint16_t>(*best)});
  table_.texts += text;
  return true;
}

// Whatever stands behind it.
bool GramTableBuilder::add_short(std::string_view text, std::uint32_t literal) {
  if (text.size() != GramTable::shortest || table_.shorts.entries.size() == most_shorts) return false;
  const std::uint32_t gram = runtime::gram_at((std::string(text) + '\0').data());
  std::uint8_t& count = shorts_[runtime::gram_hash(gram) >> table_.shorts.shift];
  if (count >= GramTable::most_in_bucket) return false;
  ++count;
  const std::uint32_t hash = runtime::gram_hash(gram);
  table_.seen_shorts.resize(std::size_t{1} << (32U - GramTable::short_shift));
  table_.seen_shorts[hash >> GramTable::short_shift] |= 1U << (hash >> GramTable::short_bit_shift & GramTable::bit_mask);
  table_.shorts.entries.push_back({.gram = gram,
                                   .literal = literal,
                                   .text = static_cast<std::uint32_t>(table_.texts.size()),
                                   .length = GramTable::shortest,
                                   .before = 0});
  table_.texts += text;
  return true;
}

runtime::GramTable GramTableBuilder::build() {
  if (table_.texts.empty()) return {};
  finish(table_.grams);
  finish(table_.shorts);
  return std::move(table_);
}

}  // namespace modcore::compiler
