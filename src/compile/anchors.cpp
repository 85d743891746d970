#include "compile/anchors.hpp"

#include <algorithm>
#include <utility>

#include "regex/rarity.hpp"
#include "text/word_set.hpp"

namespace modcore::compiler {
namespace {

constexpr char separator = ' ';
constexpr double separator_bits = 1;
// A part of a longer literal is as rare, and cheaper.
constexpr std::size_t max_literal_bytes = 200;

}  // namespace

// Cuts a sequence into the runs of known characters between its wildcards and
// gaps, and keeps the rarest.
class Anchors::Finder {
 public:
  void word(const ir::WordPattern& word, const std::vector<double>& bits, std::uint32_t element) {
    const bool fresh = run_.text.empty() || run_.text == std::string_view(&separator, 1);
    if (fresh) begin_run({&separator, 1}, separator_bits, element);
    run_.text += word.accents.front();
    run_.bits += bits.front() - separator_bits;
    for (std::size_t i = 1; i < word.accents.size(); ++i) {
      end_run();
      begin_run(word.accents[i], bits[i], element);
    }
    run_.text += separator;
    run_.bits += separator_bits;
  }

  void end_run() {
    const bool better = best_.text.empty() || run_.bits > best_.bits;
    if (!run_.text.empty() && better) std::swap(best_, run_);
    run_.text.clear();
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
  void begin_run(std::string_view text, double bits, std::uint32_t element) {
    run_.text = text;
    run_.bits = bits;
    run_.element = element;
  }

  Anchor run_, best_;
  int runs_ = 0;
};

Anchors::Anchors(const ir::WordRows& rows) {
  words_.reserve(rows.words.size());
  for (const ir::WordPattern& word : rows.words) {
    Word& known = words_.emplace_back();
    known.bits.push_back(regex::rarity(separator + word.accents.front()));
    for (std::size_t i = 1; i < word.accents.size(); ++i) known.bits.push_back(regex::rarity(word.accents[i]));
    if (word.accents.size() == 1) known.hash = text::word_hash(word.accents.front());
  }
}

Anchor Anchors::of(const ir::WordSequence& sequence) const {
  Finder finder;
  for (std::uint32_t i = 0; i < sequence.size(); ++i) {
    const ir::WordElement element = sequence[i];
    if (element.word() == nullptr) {
      finder.end_run();
    } else {
      finder.word(*element.word(), words_[ir::WordRows::index_of(element.number())].bits, i);
    }
  }
  return finder.take();
}

std::array<std::uint32_t, 2> Anchors::companions(const ir::WordSequence& sequence, const Anchor& anchor) const {
  using Rare = std::pair<double, std::uint32_t>;
  constexpr Rare none{1, 0};  // behind all words
  std::array<Rare, 2> rare{none, none};
  std::string between_spaces;
  for (const ir::WordElement element : sequence) {
    if (element.word() == nullptr || element.word()->accents.size() != 1) continue;
    // Spaces on both sides: it stands in the anchor as a whole.
    between_spaces = separator;
    between_spaces += element.word()->accents.front();
    between_spaces += separator;
    if (anchor.text.find(between_spaces) != std::string::npos) continue;
    const Word& word = words_[ir::WordRows::index_of(element.number())];
    const Rare one{-word.bits.front(), word.hash};
    if (one < rare[0]) {
      rare = {one, rare[0]};
    } else if (one < rare[1]) {
      rare[1] = one;
    }
  }
  return {rare[0].second, rare[1].second};
}

}  // namespace modcore::compiler
