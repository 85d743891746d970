#include "runtime/disguise_search.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "runtime/word_matcher.hpp"

namespace modcore::runtime {
namespace {

constexpr std::size_t max_steps = 4096;          // for one phrase from one word
constexpr std::size_t max_text_steps = 1U << 21U;  // for all, some milliseconds

}  // namespace

std::span<const DisguiseSearch::Found> DisguiseSearch::run(std::string_view text,
                                                           text::Views& views) {
  found_.clear();
  instances_.clear();
  words_.clear();
  text_steps_ = 0;
  finder_.find(text, plan_.lexicon, words_);
  gave_up_ = finder_.gave_up();
  if (words_.empty()) return found_;
  place(views);
  note_words(views);
  for (const Instance& instance : instances_) {
    if (text_steps_ > max_text_steps) break;
    const text::Range groups = plan_.by_word[instance.word];
    for (std::uint32_t i = groups.begin; i < groups.end; ++i) {
      if (may_stand(plan_.groups[i].companion)) look_for(plan_.groups[i], instance, views);
    }
  }
  return found_;
}

void DisguiseSearch::look_for(const DisguiseProbes& probes, const Instance& instance, text::Views& views) {
  for (std::uint32_t i = probes.begin; i < probes.end; ++i) {
    const DisguiseProbe& probe = plan_.probes[i];
    if (!wanted_.empty() && !wanted_[probe.item.pattern]) continue;
    if (probe.sequence == no_sequence) {
      found_.push_back({probe.item, instance.range});
    } else if (may_stand(plan_.sequences[probe.sequence])) {
      add_phrase(probe, instance, views);
    }
  }
}

// Whether a word stands somewhere, plainly or in disguise.
bool DisguiseSearch::may_stand(std::uint32_t word) const {
  return word == no_word || plan_.hashes[word] == 0 || disguised_[word] == run_ ||
         plain_.may_hold(plan_.hashes[word]);
}

// Whether each word of a phrase does.
bool DisguiseSearch::may_stand(const DisguisedSequence& planned) const {
  for (std::size_t element = 0; element < planned.sequence.size(); ++element) {
    const bool is_word = planned.sequence[element].gap() == nullptr;
    if (is_word && !may_stand(plan_.word_id(planned, element))) return false;
  }
  return true;
}

// Which tokens the words stand for. A word of signs alone stands for none.
void DisguiseSearch::place(text::Views& views) {
  const auto key = [](const text::Disguised& word) {
    return std::tuple(word.range.begin, word.range.end, word.id);
  };
  std::sort(words_.begin(), words_.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto end = std::unique(words_.begin(), words_.end(),
                               [&](const auto& a, const auto& b) { return key(a) == key(b); });
  words_.erase(end, words_.end());
  const auto tokens = views.tokens();
  for (const text::Disguised& word : words_) {
    const auto first = std::partition_point(
        tokens.begin(), tokens.end(),
        [&](const text::Token& token) { return token.original.end <= word.range.begin; });
    const auto next = std::partition_point(first, tokens.end(), [&](const text::Token& token) {
      return token.original.begin < word.range.end;
    });
    instances_.push_back({word.id, word.range, static_cast<std::uint32_t>(first - tokens.begin()),
                          static_cast<std::uint32_t>(next - tokens.begin())});
  }
  by_end_.resize(instances_.size());
  std::iota(by_end_.begin(), by_end_.end(), 0U);
  std::stable_sort(by_end_.begin(), by_end_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return instances_[a].next_token < instances_[b].next_token;
  });
}

// Which words stand there, in disguise and plainly.
void DisguiseSearch::note_words(text::Views& views) {
  ++run_;
  for (const Instance& instance : instances_) disguised_[instance.word] = run_;
  plain_.build(views.get(text::View::words));
}

bool DisguiseSearch::take_step() noexcept {
  if (++steps_ <= max_steps) return take_text_step();
  gave_up_ = true;
  return false;
}

bool DisguiseSearch::take_text_step() noexcept {
  if (++text_steps_ <= max_text_steps) return true;
  gave_up_ = true;
  return false;
}

void DisguiseSearch::add_phrase(const DisguiseProbe& probe, const Instance& anchor,
                                text::Views& views) {
  const DisguisedSequence& planned = plan_.sequences[probe.sequence];
  lefts_.clear();
  rights_.clear();
  steps_ = 0;
  reach_left(planned, probe.element, {anchor.first_token, anchor.range.begin}, views);
  if (!lefts_.empty()) {
    reach_right(planned, probe.element + 1, {anchor.next_token, anchor.range.end}, views);
  }
  for (const Reach left : lefts_) {
    for (const Reach right : rights_) {
      if (!take_text_step()) return;
      found_.push_back({probe.item, {left.byte, right.byte}});
    }
  }
}

// Every way to read the elements from `element` on, behind `from`.
void DisguiseSearch::reach_right(const DisguisedSequence& planned, std::size_t element, Reach from,
                                 text::Views& views) {
  if (!take_step()) return;
  if (element == planned.sequence.size()) return rights_.push_back(from);
  ir::Gap gap;
  if (const ir::Gap* between = planned.sequence[element].gap()) {
    gap = *between;
    ++element;
  }
  const auto tokens = views.tokens();
  const ir::WordPattern& word = *planned.sequence[element].word();
  const std::uint32_t disguised = plan_.word_id(planned, element);
  for (std::uint32_t token = from.token + gap.minimum; token <= from.token + gap.maximum; ++token) {
    if (token < tokens.size() && stands_plain(word, token, views)) {
      reach_right(planned, element + 1, {token + 1, tokens[token].original.end}, views);
    }
    const auto first = std::partition_point(instances_.begin(), instances_.end(),
                                            [&](const Instance& one) { return one.first_token < token; });
    for (auto instance = first; instance != instances_.end() && instance->first_token == token; ++instance) {
      if (!take_step()) return;
      if (instance->word == disguised && instance->range.begin >= from.byte) {
        reach_right(planned, element + 1, {instance->next_token, instance->range.end}, views);
      }
    }
  }
}

// Every way to read the elements before `element`, in front of `from`.
void DisguiseSearch::reach_left(const DisguisedSequence& planned, std::size_t element, Reach from,
                                text::Views& views) {
  if (!take_step()) return;
  if (element == 0) return lefts_.push_back(from);
  --element;
  ir::Gap gap;
  if (const ir::Gap* between = planned.sequence[element].gap()) {
    gap = *between;
    --element;
  }
  const auto tokens = views.tokens();
  const ir::WordPattern& word = *planned.sequence[element].word();
  const std::uint32_t disguised = plan_.word_id(planned, element);
  for (std::uint32_t between = gap.minimum; between <= gap.maximum && between <= from.token;
       ++between) {
    const std::uint32_t next = from.token - between;  // the token after the word
    if (next > 0 && stands_plain(word, next - 1, views)) {
      reach_left(planned, element, {next - 1, tokens[next - 1].original.begin}, views);
    }
    const auto first = std::partition_point(by_end_.begin(), by_end_.end(), [&](std::uint32_t one) {
      return instances_[one].next_token < next;
    });
    for (auto one = first; one != by_end_.end() && instances_[*one].next_token == next; ++one) {
      if (!take_step()) return;
      const Instance& instance = instances_[*one];
      if (instance.word == disguised && instance.range.end <= from.byte) {
        reach_left(planned, element, {instance.first_token, instance.range.begin}, views);
      }
    }
  }
}

bool DisguiseSearch::stands_plain(const ir::WordPattern& word, std::uint32_t token,
                                  text::Views& views) const {
  const text::Range place = views.tokens()[token].words;
  return parts_match(word.accents,
                     views.get(text::View::words).substr(place.begin, place.end - place.begin));
}

}  // namespace modcore::runtime
