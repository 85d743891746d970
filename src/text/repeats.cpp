#include "text/repeats.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "support/utf8.hpp"
#include "text/ascii_fold.hpp"
#include "text/fold.hpp"
#include "text/unicode_tables.hpp"

namespace modcore::text {
namespace {

constexpr std::size_t most_probes = 32;
constexpr std::size_t run_length = 8;

// Of a character of the fold.
bool is_word_part(char32_t c) noexcept {
  return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') : is_word(c);
}

// The code points of the accents fold, one after the other, as long as `each` says so.
template <typename Each>
void for_each_folded(std::string_view text, Each each) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < ascii_fold.size()) {
      ++at;
      if (ascii_fold[byte] != 0 && !each(static_cast<char32_t>(ascii_fold[byte]))) return;
      continue;
    }
    const utf8::Decoded next = utf8::decode(text, at);
    at += next.length;
    const unicode::Record& record = unicode::record(next.code_point);
    if ((record.flags & (unicode::fold_identity | unicode::hangul)) != 0) {
      if (!each(next.code_point)) return;
      continue;
    }
    const std::string_view folded = unicode::pool_text(record.fold_at, record.fold_length);
    for (std::size_t i = 0; i < folded.size();) {
      const utf8::Decoded part = utf8::decode(folded, i);
      if (!each(part.code_point)) return;
      i += part.length;
    }
  }
}

constexpr bool is_space(char32_t c) noexcept {
  return c == ' ' || c == '\n';
}

// The hash of no word yet.
constexpr std::uint64_t nothing = 0xCBF29CE484222325U;

// A step of FNV-1a, which takes few cycles; mixed() at the end of a word does the rest.
constexpr std::uint64_t appended(std::uint64_t hash, char32_t c) noexcept {
  return (hash ^ c) * 0x100000001B3U;
}

// The finalizer of SplitMix64: each bit of the number changes half of the result.
constexpr std::uint64_t mixed(std::uint64_t number) noexcept {
  number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27U)) * 0x94D049BB133111EBU;
  return number ^ (number >> 31U);
}

// The last `size` of the characters that come, as one number: a polynomial that rolls.
template <std::size_t size>
class Window {
 public:
  // Whether there are enough of them.
  bool push(char32_t c) noexcept {
    char32_t& oldest = last_[seen_ % size];
    sum_ = (sum_ - oldest * power) * base + c;
    oldest = c;
    bytes_ = bytes_ << 8U | (c & 0xFFU);
    wide_ = wide_ << 1U | (c < 0x80 ? 0U : 1U);
    return ++seen_ >= size;
  }
  [[nodiscard]] std::uint64_t number() const noexcept {
    const bool ascii = size == run_length && (wide_ & 0xFFU) == 0;
    return mixed(ascii ? bytes_ : sum_);
  }

 private:
  static constexpr std::uint64_t base = 0x9E3779B97F4A7C15U;
  static constexpr std::uint64_t power = [] {
    std::uint64_t result = 1;
    for (std::size_t i = 1; i < size; ++i) result *= base;
    return result;
  }();

  std::array<char32_t, size> last_{};
  std::uint64_t sum_ = 0;
  std::uint64_t bytes_ = 0;  // the last eight, if wide_ has none of them
  std::uint32_t wide_ = 0;
  std::size_t seen_ = 0;
};

template <typename Each>
void for_each_triple(std::string_view text, Each each) {
  Window<3> window;
  bool in_word = false;
  bool any = false;
  const auto push = [&](char32_t c) {
    if (window.push(c)) each(window.number());
  };
  for_each_folded(text, [&](char32_t c) {
    const bool word = is_word_part(c);
    if (word && !in_word) push(' ');
    if (word) push(c);
    any |= word;
    in_word = word;
    return true;
  });
  if (any) push(' ');
}

}  // namespace

void Tally::start(std::size_t most) {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, most * 2));
  if (slots_.size() < size) slots_.resize(size);
  if (++round_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot());
    round_ = 1;
  }
  mask_ = size - 1;
}

Tally::Slot* Tally::find(std::uint64_t number) {
  for (std::size_t probe = 0; probe < most_probes; ++probe) {
    Slot& slot = slots_[(number + probe) & mask_];
    if (slot.round != round_ || slot.number == number) return &slot;
  }
  return nullptr;
}

std::uint32_t Tally::add(std::uint64_t number) {
  Slot* const slot = find(number);
  if (slot == nullptr) return 0;
  if (slot->round != round_) *slot = {number, 0, round_};
  return slot->count++;
}

bool Tally::take(std::uint64_t number) {
  Slot* const slot = find(number);
  if (slot == nullptr || slot->round != round_ || slot->count == 0) return false;
  --slot->count;
  return true;
}

namespace {

double share(std::int64_t part, std::int64_t whole) noexcept {
  return static_cast<double>(part) / static_cast<double>(whole);
}

// The least number up to `most` for which something holds that goes on holding; one more
// than that if there is none. It is looked for from a guess.
template <typename Holds>
std::int64_t least_above(double guess, std::int64_t most, const Holds& holds) {
  std::int64_t least = std::isfinite(guess) ? std::clamp(std::llround(guess), 0LL, static_cast<long long>(most)) : 0;
  while (least > 0 && holds(least - 1)) --least;
  while (least <= most && !holds(least)) ++least;
  return least;
}

// Whether there are surely as many different runs. Each has one of few places and is known
// by eight bits of each of its characters: different runs may seem equal, equal ones never
// seem different.
bool surely_varied(std::string_view text, std::int64_t enough) {
  constexpr std::size_t places = 8192;
  if (enough > static_cast<std::int64_t>(places / 4)) return false;
  std::array<std::uint64_t, places / 64> seen{};
  std::uint64_t run = 0;
  std::size_t read = 0;
  std::int64_t different = 0;
  for_each_folded(text, [&](char32_t c) {
    if (is_space(c)) return true;
    run = run << 8U | (c & 0xFFU);
    if (++read < run_length) return true;
    const std::uint64_t place = (run * 0x9E3779B97F4A7C15U) >> 51U;
    const std::uint64_t bit = std::uint64_t{1} << (place % 64);
    different += (seen[place / 64] & bit) == 0 ? 1 : 0;
    seen[place / 64] |= bit;
    return different < enough;
  });
  return different >= enough;
}

}  // namespace

Ratio repeated_runs(std::string_view text, Tally& tally) {
  Ratio ratio;
  Window<run_length> window;
  for_each_folded(text, [&](char32_t c) {
    if (is_space(c) || !window.push(c)) return true;
    ++ratio.whole;
    ratio.part += tally.add(window.number()) > 0 ? 1 : 0;
    return true;
  });
  return ratio;
}

Ratio repeated_runs_to(std::string_view text, const Census& census, Tally& tally, double limit) {
  const std::int64_t whole = census.folded - static_cast<std::int64_t>(run_length) + 1;
  if (whole <= 0) return {};
  // With so many that did not come before, the share is below the limit.
  const std::int64_t enough =
      least_above(static_cast<double>(whole) * (1 - limit), whole,
                  [&](std::int64_t fresh) { return share(whole - fresh, whole) < limit; });
  return surely_varied(text, enough) ? Ratio{0, whole} : repeated_runs(text, tally);
}

namespace {

// Adds words up to as many different ones.
Ratio count_words(std::string_view text, Tally& tally, std::int64_t enough) {
  Ratio ratio;
  std::uint64_t word = nothing;
  const auto end_word = [&] {
    if (word == nothing) return;
    ++ratio.whole;
    ratio.part += tally.add(mixed(word)) == 0 ? 1 : 0;
    word = nothing;
  };
  for_each_folded(text, [&](char32_t c) {
    if (is_word_part(c)) {
      word = appended(word, c);
      return true;
    }
    end_word();
    return ratio.part < enough;
  });
  end_word();
  return ratio;
}

}  // namespace

Ratio unique_words(std::string_view text, Tally& tally) {
  return count_words(text, tally, std::numeric_limits<std::int64_t>::max());
}

Ratio unique_words_to(std::string_view text, const Census& census, Tally& tally, double limit) {
  const std::int64_t whole = census.words;
  if (whole == 0) return {};
  const std::int64_t enough =
      least_above(static_cast<double>(whole) * limit, whole,
                  [&](std::int64_t part) { return share(part, whole) > limit; });
  return {count_words(text, tally, enough).part, whole};
}

std::int64_t add_triples(std::string_view text, Tally& tally) {
  std::int64_t count = 0;
  for_each_triple(text, [&](std::uint64_t triple) {
    tally.add(triple);
    ++count;
  });
  return count;
}

Ratio take_triples(std::string_view text, Tally& tally) {
  Ratio ratio;
  for_each_triple(text, [&](std::uint64_t triple) {
    ++ratio.whole;
    ratio.part += tally.take(triple) ? 1 : 0;
  });
  return ratio;
}

}  // namespace modcore::text
