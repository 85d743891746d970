#include "regex/known_texts.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "regex/cases.hpp"
#include "regex/counts.hpp"
#include "regex/rarity.hpp"
#include "support/sort_unique.hpp"
#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

// Longer literals tell no more, and repeats could make them grow without end.
constexpr std::size_t max_bytes = 64;
constexpr std::size_t max_texts = 48;
constexpr std::size_t max_class = 6;

// In letters of ASCII: what folds to one counts as one, others by their bytes.
std::size_t weight(std::string_view text) {
  std::size_t sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded next = utf8::decode(text, at);
    const char32_t c = next.code_point;
    const bool folds_to_ascii = c < 0x250 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0xFF00 && c < 0xFFF0);
    sum += folds_to_ascii ? 1 : next.length;
    at += next.length;
  }
  return sum;
}

std::uint32_t difference(std::uint32_t a, std::size_t b) {
  return a == unbounded ? unbounded : a - std::min(a, static_cast<std::uint32_t>(b));
}

// What contains another one of the texts is found by that one, which stands further on.
void drop_longer(RequiredLiterals& literals) {
  if (literals.texts.size() < 2) return;
  const auto holds_another = [&](const std::string& text) {
    return std::any_of(literals.texts.begin(), literals.texts.end(), [&](const std::string& other) {
      return other.size() < text.size() && text.find(other) != std::string::npos;
    });
  };
  Texts kept;
  std::size_t further = 0;  // how much, at most
  for (const std::string& text : literals.texts) {
    if (holds_another(text)) further = std::max(further, utf8::count(text) - shortest(literals.texts));
    if (!holds_another(text)) kept.push_back(text);
  }
  literals.texts = std::move(kept);
  literals.before_max = sum(literals.before_max, static_cast<std::uint32_t>(further));
}

// Takes a set of texts if it is rarer than the one before.
void improve(RequiredLiterals& best, RequiredLiterals candidate) {
  drop_longer(candidate);
  double expected = 0;
  for (const std::string& text : candidate.texts) {
    if (weight(text) < min_characters) return;
    expected += std::exp2(-rarity(text));
  }
  if (candidate.texts.empty()) return;
  candidate.bits = -std::log2(expected);
  if (best.texts.empty() || candidate.bits > best.bits) best = std::move(candidate);
}

// Of two that were improved already.
void keep_rarer(RequiredLiterals& best, RequiredLiterals other) {
  if (other.texts.empty()) return;
  if (best.texts.empty() || other.bits > best.bits) best = std::move(other);
}

RequiredLiterals moved(RequiredLiterals best, const Known& behind) {
  best.before_min = sum(best.before_min, behind.min);
  best.before_max = sum(best.before_max, behind.max);
  return best;
}

Known exactly(Texts texts) {
  Known known;
  known.min = unbounded;
  known.max = 0;
  for (const std::string& text : texts) {
    const auto length = static_cast<std::uint32_t>(utf8::count(text));
    known.min = std::min(known.min, length);
    known.max = std::max(known.max, length);
  }
  known.prefixes = texts;
  known.suffixes = texts;
  improve(known.best, {.texts = texts, .before_max = 0});
  known.exact = std::move(texts);
  return known;
}

Known of_length(std::uint32_t min, std::uint32_t max) {
  Known known;
  known.min = min;
  known.max = max;
  return known;
}

std::string first_bytes(std::string text) {
  std::size_t end = std::min(text.size(), max_bytes);
  while (end < text.size() && utf8::is_continuation(text[end])) --end;
  text.resize(end);
  return text;
}

std::string last_bytes(std::string text) {
  std::size_t begin = text.size() - std::min(text.size(), max_bytes);
  while (begin < text.size() && utf8::is_continuation(text[begin])) ++begin;
  return text.substr(begin);
}

std::size_t longest(const Texts& texts) {
  std::size_t length = 0;
  for (const std::string& text : texts) length = std::max(length, utf8::count(text));
  return length;
}

void cut(Texts& texts, std::string (*part)(std::string)) {
  for (std::string& text : texts) text = part(std::move(text));
  sort_unique(texts);
}

Known join(const Known& left, const Known& right) {
  Known both = of_length(sum(left.min, right.min), sum(left.max, right.max));
  const auto fits = [](const std::string& text) { return text.size() <= max_bytes; };
  if (left.exact && right.exact) {
    both.exact = crossed(*left.exact, *right.exact);
    if (both.exact && !std::all_of(both.exact->begin(), both.exact->end(), fits)) both.exact.reset();
  }
  both.prefixes = left.prefixes;
  if (left.exact) both.prefixes = crossed(*left.exact, right.prefixes).value_or(left.prefixes);
  cut(both.prefixes, first_bytes);
  both.suffixes = right.suffixes;
  if (right.exact) both.suffixes = crossed(left.suffixes, *right.exact).value_or(right.suffixes);
  cut(both.suffixes, last_bytes);

  if (both.exact) improve(both.best, {.texts = *both.exact, .before_max = 0});
  keep_rarer(both.best, left.best);
  keep_rarer(both.best, moved(right.best, left));
  if (auto middle = crossed(left.suffixes, right.prefixes)) {
    cut(*middle, first_bytes);
    improve(both.best, {.texts = std::move(*middle),
                        .before_min = difference(left.min, longest(left.suffixes)),
                        .before_max = difference(left.max, shortest(left.suffixes))});
  }
  return both;
}

// The beginnings, or ends, that two sets share in pairs would be many: all of both, or
// nothing is known.
Texts united(const Texts& left, const Texts& right) {
  Texts all = left;
  all.insert(all.end(), right.begin(), right.end());
  sort_unique(all);
  return all.size() <= max_texts ? all : Texts{""};
}

Known either(const Known& left, const Known& right) {
  Known known = of_length(std::min(left.min, right.min), std::max(left.max, right.max));
  if (left.exact && right.exact) {
    Texts all = united(*left.exact, *right.exact);
    if (all != Texts{""} || known.max == 0) known.exact = std::move(all);
  }
  known.prefixes = united(left.prefixes, right.prefixes);
  known.suffixes = united(left.suffixes, right.suffixes);
  if (left.best.texts.empty() || right.best.texts.empty()) return known;
  Texts all = united(left.best.texts, right.best.texts);
  improve(known.best, {.texts = std::move(all),
                       .before_min = std::min(left.best.before_min, right.best.before_min),
                       .before_max = std::max(left.best.before_max, right.best.before_max)});
  return known;
}

Known know_repeat(const Node& node) {
  const Known once = know(node.children.front());
  const std::uint32_t most = once.max == 0 ? 0 : product(once.max, node.max);
  if (node.max == 0) return exactly({""});
  if (node.min == 0) {
    if (node.max == 1) {
      Known maybe = either(once, exactly({""}));
      maybe.best = {};
      return maybe;
    }
    return of_length(0, most);
  }
  // What a few copies begin and end with and contain, any number of them does.
  const std::uint32_t copies = std::min<std::uint32_t>(node.min, 8);
  Known known = once;
  for (std::uint32_t i = 1; i < copies; ++i) known = join(known, once);
  if (node.max != copies) known.exact.reset();
  known.min = product(once.min, node.min);
  known.max = most;
  return known;
}

// A small class is one of some letters.
Known know_set(const CharSet& set) {
  if ((set.others && !set.all_listed) || set.may.count() > max_class * 2) return of_length(1, 1);
  Texts texts;
  for (std::size_t i = 0; i < set.listed; ++i) {
    if (!folds_with_its_cases(set.beyond[i])) return of_length(1, 1);
    utf8::append(texts.emplace_back(), set.beyond[i]);
  }
  for (std::size_t c = 0; c < 128; ++c) {
    if (!set.may[c]) continue;
    const bool capital = c >= 'A' && c <= 'Z';
    texts.emplace_back(1, static_cast<char>(capital ? c - 'A' + 'a' : c));
  }
  sort_unique(texts);
  return !texts.empty() && texts.size() <= max_class ? exactly(std::move(texts)) : of_length(1, 1);
}

// Runs of characters at once: their parts are no rarer than they are.
Known know_sequence(const Node& node) {
  Known known = exactly({""});
  std::string run;
  const auto end_run = [&] {
    if (!run.empty()) known = join(known, exactly({std::move(run)}));
    run.clear();
  };
  for (const Node& child : node.children) {
    if (child.kind == Node::Kind::character && is_known(child)) {
      utf8::append(run, child.code_point);
      if (run.size() >= max_bytes / 2) end_run();
    } else {
      end_run();
      known = join(known, know(child));
    }
  }
  end_run();
  return known;
}

}  // namespace

std::size_t shortest(const Texts& texts) {
  std::size_t length = utf8::count(texts.front());
  for (const std::string& text : texts) length = std::min(length, utf8::count(text));
  return length;
}

std::optional<Texts> crossed(const Texts& left, const Texts& right) {
  if (left.size() * right.size() > max_texts) return std::nullopt;
  Texts both;
  for (const std::string& a : left) {
    for (const std::string& b : right) both.push_back(a + b);
  }
  sort_unique(both);
  return both;
}

bool is_known(const Node& character) {
  return !character.caseless || folds_with_its_cases(character.code_point);
}

Known know(const Node& node) {
  switch (node.kind) {
    case Node::Kind::character: {
      if (!is_known(node)) return of_length(1, 1);
      std::string text;
      utf8::append(text, node.code_point);
      return exactly({std::move(text)});
    }
    case Node::Kind::sequence: return know_sequence(node);
    case Node::Kind::alternation: {
      Known known = know(node.children.front());
      for (std::size_t i = 1; i < node.children.size(); ++i) {
        known = either(known, know(node.children[i]));
      }
      return known;
    }
    case Node::Kind::repeat: return know_repeat(node);
    case Node::Kind::set: return know_set(node.set);
    case Node::Kind::unknown: return {};
    case Node::Kind::empty:
    case Node::Kind::text_begin:
    case Node::Kind::text_end:
    case Node::Kind::word_edge:
    case Node::Kind::not_word_edge:
    case Node::Kind::assertion: return exactly({""});
  }
  return {};
}

}  // namespace modcore::regex
