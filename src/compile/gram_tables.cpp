#include "compile/gram_tables.hpp"

#include <algorithm>
#include <bit>

#include "compile/byte_gates.hpp"
#include "regex/rarity.hpp"
#include "text/inner_dot.hpp"

namespace modcore::compiler {
namespace {

using runtime::ByteGate;
using runtime::Gram;
using runtime::GramFilter;
using runtime::GramTable;
using runtime::ShortGram;
using text::next_inner_dot;

// Measured on posts of 140 bytes: from there on more bits cost more in the cache than
// they spare in looks at literals.
constexpr unsigned least_filter_bits = 14;
constexpr unsigned most_filter_bits = 20;
constexpr unsigned bits_for_each = 5;  // 2^5 bits for each literal
constexpr unsigned word_bits = 5;      // in a word of 2^5
constexpr unsigned least_bucket_bits = 8;
constexpr unsigned most_bucket_bits = 18;
constexpr std::size_t most_shorts = 2'000;
// Short literals beside others: of their few bytes a gate leaves many places.
constexpr std::size_t most_gated_beside = 40;
// A short gram at the end of its literal says nothing of the byte behind it.
constexpr double bits_of_byte_behind = 8;
// A crowded bucket costs as much as a gram that is so much more common.
constexpr double bits_for_crowd = 0.5;

// The rarest of several parts of a literal.
struct Rarest {
  std::optional<std::size_t> at;
  double bits = 0;

  void offer(std::size_t other, double its_bits) {
    if (at && its_bits <= bits) return;
    at = other;
    bits = its_bits;
  }
};

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

bool has_inner_dot(std::string_view text) {
  return next_inner_dot(text, GramTable::before_dot) != std::string_view::npos;
}

GramTableBuilder::GramTableBuilder(Way way, std::size_t literals, std::size_t dotted) : all_gated_(way == Way::gate) {
  const unsigned bits = std::clamp(log2_of(literals) + bits_for_each, least_filter_bits, most_filter_bits);
  table_.filter.shift = 32U + word_bits - bits;
  table_.filter.grams.assign(std::size_t{1} << (bits - word_bits), 0);
  const unsigned buckets = std::clamp(log2_of(literals) + 2, least_bucket_bits, most_bucket_bits);
  table_.grams.shift = 32U - buckets;
  in_bucket_.assign(std::size_t{1} << buckets, 0);
  const unsigned dotted_buckets = std::clamp(log2_of(dotted) + 2, least_bucket_bits, most_bucket_bits);
  table_.dotted.shift = 32U - dotted_buckets;
  in_dotted_bucket_.assign(std::size_t{1} << dotted_buckets, 0);
  table_.shorts.shift = GramFilter::short_shift;
  in_short_bucket_.assign(std::size_t{1} << (32U - GramFilter::short_shift), 0);
}

bool GramTableBuilder::suits(std::string_view text) const {
  if (text.size() < GramTable::shortest || text.size() > GramTable::longest) return false;
  const bool as_long = !all_gated_ && best_gram(text, 0) && best_gram(text, 1);
  return as_long || (shorts_.size() < most_shorts && best_short(text));
}

bool GramTableBuilder::add(std::string_view text, std::uint32_t literal) {
  if (text.size() < GramTable::shortest || text.size() > GramTable::longest) return false;
  const Entry entry = entry_of(text, literal);
  const bool added = add_long(text, entry) || add_short(text, entry);
  if (added) table_.texts += text;
  return added;
}

GramTableBuilder::Entry GramTableBuilder::entry_of(std::string_view text, std::uint32_t literal) const {
  return {.literal = literal,
          .text = static_cast<std::uint32_t>(table_.texts.size()),
          .length = static_cast<std::uint16_t>(text.size())};
}

// A gram at an even distance and one at an odd one.
bool GramTableBuilder::add_long(std::string_view text, const Entry& entry) {
  if (all_gated_) return false;
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
  Rarest best;
  for (std::size_t at = from; at + GramTable::gram_size <= text.size(); at += GramFilter::step) {
    const std::uint8_t others = in_bucket_[gram_at(text, at).hash() >> table_.grams.shift];
    // Both grams of a literal may belong into the same bucket.
    if (others + 1U >= GramTable::most_in_bucket) continue;
    best.offer(at, regex::rarity_of_part(text.substr(at, GramTable::gram_size)) - bits_for_crowd * others);
  }
  return best.at;
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
  Rarest best;
  const std::size_t last = text.size() - GramTable::shortest;
  for (std::size_t at = 0; at <= last; ++at) {
    const std::uint8_t others = in_short_bucket_[short_at(text, at).hash() >> table_.shorts.shift];
    if (others >= GramTable::most_in_bucket) continue;
    const double three = regex::rarity_of_part(text.substr(at, GramTable::shortest)) + (at < last ? bits_of_byte_behind : 0);
    const double bits = all_gated_ ? bits_of_bytes(text.substr(at, ByteGate::size)) : three;
    best.offer(at, bits - bits_for_crowd * others);
  }
  return best.at;
}

// One gram, around the dot.
bool GramTableBuilder::add_dotted(std::string_view text, std::uint32_t literal) {
  if (text.size() > GramTable::longest) return false;
  const auto best = best_dotted(text);
  if (!best) return false;
  const Gram gram = gram_at(text, *best);
  const std::uint32_t bucket = gram.hash() >> table_.dotted.shift;
  ++in_dotted_bucket_[bucket];
  dotted_.push_back({bucket, entry_of(text, literal)});
  dotted_.back().entry.gram = gram.kept();
  dotted_.back().entry.before = static_cast<std::uint16_t>(*best);
  table_.texts += text;
  return true;
}

std::optional<std::size_t> GramTableBuilder::best_dotted(std::string_view text) const {
  Rarest best;
  constexpr auto none = std::string_view::npos;
  for (std::size_t dot = next_inner_dot(text, GramTable::before_dot); dot != none; dot = next_inner_dot(text, dot + 1)) {
    const std::size_t at = dot - GramTable::before_dot;
    const std::uint8_t others = in_dotted_bucket_[gram_at(text, at).hash() >> table_.dotted.shift];
    if (others >= GramTable::most_in_bucket) continue;
    best.offer(at, regex::rarity_of_part(text.substr(at, GramTable::gram_size)) - bits_for_crowd * others);
  }
  return best.at;
}

// A few hundred short grams need no bits for each.
void GramTableBuilder::gate_shorts() {
  if (shorts_.empty() || shorts_.size() > (all_gated_ ? most_gated : most_gated_beside)) return;
  table_.filter.shorts.clear();
  const unsigned buckets = std::clamp(log2_of(shorts_.size()) + 2, least_bucket_bits, most_bucket_bits);
  table_.shorts.shift = table_.gated.shift = 32U - buckets;
  std::vector<std::string> windows;
  std::vector<Planned> still_short;
  for (Planned& planned : shorts_) {
    const std::string_view text = std::string_view(table_.texts).substr(planned.entry.text, planned.entry.length);
    const std::string& window = windows.emplace_back(text.substr(planned.entry.before, ByteGate::size));
    const bool is_short = window.size() < GramTable::gram_size;
    const Gram gram = gram_at(window, 0);
    if (!is_short) planned.entry.gram = gram.kept();
    planned.bucket = (is_short ? short_at(window, 0).hash() : gram.hash()) >> table_.gated.shift;
    (is_short ? still_short : gated_).push_back(planned);
  }
  shorts_ = std::move(still_short);
  table_.filter.gate = gate_of(std::move(windows));
}

runtime::GramTable GramTableBuilder::build() {
  if (table_.texts.empty()) return {};
  gate_shorts();
  if (grams_.empty() && table_.filter.shorts.empty()) table_.filter.grams.clear();
  sort_into(table_.grams, grams_);
  sort_into(table_.shorts, shorts_);
  sort_into(table_.gated, gated_);
  sort_into(table_.dotted, dotted_);
  return std::move(table_);
}

}  // namespace modcore::compiler
