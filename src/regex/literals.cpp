#include "regex/literals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "regex/rarity.hpp"
#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

constexpr std::size_t min_characters = 3;  // or fewer that are as rare as three ASCII letters
// Longer literals tell no more, and repeats could make them grow without end.
constexpr std::size_t max_bytes = 64;
constexpr std::size_t max_texts = 48;
constexpr std::size_t max_class = 6;

using Texts = std::vector<std::string>;  // sorted, without duplicates, never empty

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

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

std::uint32_t sum(std::uint32_t a, std::uint32_t b) {
  return a >= unbounded - b ? unbounded : a + b;
}
std::uint32_t product(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t all = std::uint64_t{a} * b;
  return all >= unbounded ? unbounded : static_cast<std::uint32_t>(all);
}
std::uint32_t difference(std::uint32_t a, std::size_t b) {
  return a == unbounded ? unbounded : a - std::min(a, static_cast<std::uint32_t>(b));
}

std::size_t shortest(const Texts& texts) {
  std::size_t length = characters(texts.front());
  for (const std::string& text : texts) length = std::min(length, characters(text));
  return length;
}

void sort_unique(Texts& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

// What is known of the text that a node takes.
struct Known {
  std::uint32_t min = 0, max = unbounded;  // characters
  std::optional<Texts> exact;              // always one of these
  Texts prefixes{""};                      // begins with one of these
  Texts suffixes{""};                      // ends with one of these
  RequiredLiterals best;                   // contains one of these
};

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
    if (holds_another(text)) further = std::max(further, characters(text) - shortest(literals.texts));
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
    const auto length = static_cast<std::uint32_t>(characters(text));
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

// Every text of the one before every text of the other; nothing if they are too many.
std::optional<Texts> crossed(const Texts& left, const Texts& right) {
  if (left.size() * right.size() > max_texts) return std::nullopt;
  Texts both;
  for (const std::string& a : left) {
    for (const std::string& b : right) both.push_back(a + b);
  }
  sort_unique(both);
  return both;
}

std::size_t longest(const Texts& texts) {
  std::size_t length = 0;
  for (const std::string& text : texts) length = std::max(length, characters(text));
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

Known know(const Node& node);

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

bool is_known(const Node& character) {
  return !character.caseless || folds_with_its_cases(character.code_point);
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

// ---- Plain regexes ------------------------------------------------------------

// Whether it takes one of the texts that are known of it, nothing else, anywhere.
bool is_literal(const Node& node) {
  switch (node.kind) {
    case Node::Kind::empty: return true;
    case Node::Kind::character: return node.caseless && node.code_point < 128;
    case Node::Kind::set: return node.set.may == node.set.must && !node.set.others;
    case Node::Kind::sequence:
    case Node::Kind::alternation:
      return std::all_of(node.children.begin(), node.children.end(), is_literal);
    default: return false;
  }
}

bool none_begins_another(const Texts& sorted) {
  const auto begins = [](const std::string& a, const std::string& b) { return b.starts_with(a); };
  return std::adjacent_find(sorted.begin(), sorted.end(), begins) == sorted.end();
}

// ---- Companions -----------------------------------------------------------------

constexpr std::size_t max_companions = 4;

// The rarest set of texts that stands in every match beside the literals that it is
// found by, among the runs of a sequence.
class CompanionFinder {
 public:
  explicit CompanionFinder(const RequiredLiterals& literals) : literals_(literals) {}

  void walk(const Node& node) {
    if (node.kind == Node::Kind::sequence) {
      for (const Node& child : node.children) walk(child);
      return;
    }
    if (node.kind == Node::Kind::character && is_known(node)) {
      for (std::string& text : run_) utf8::append(text, node.code_point);
      return;
    }
    const Known known = know(node);
    if (known.exact) {
      if (auto longer = crossed(run_, *known.exact)) {
        run_ = std::move(*longer);
        return;
      }
    }
    end_run();
    if (known.exact) run_ = *known.exact;
    consider(known.best.texts);
  }

  Texts take() {
    end_run();
    return std::move(best_);
  }

 private:
  void end_run() {
    consider(run_);
    run_ = {""};
  }

  void consider(const Texts& texts) {
    if (texts.empty() || texts.size() > max_companions || shortest(texts) < min_characters) return;
    for (const std::string& text : texts) {
      const auto overlaps = [&](const std::string& literal) {
        return literal.find(text) != std::string::npos || text.find(literal) != std::string::npos;
      };
      if (std::any_of(literals_.texts.begin(), literals_.texts.end(), overlaps)) return;
    }
    double expected = 0;
    for (const std::string& text : texts) expected += std::exp2(-rarity(text));
    if (!best_.empty() && expected >= expected_) return;
    best_ = texts;
    expected_ = expected;
  }

  const RequiredLiterals& literals_;
  Texts run_{""}, best_;
  double expected_ = 0;
};

// ---- Digits ---------------------------------------------------------------------

// How many characters it takes.
struct Length {
  std::uint32_t min = 0, max = 0;
};

Length length_of(const Node& node) {
  Length length;
  switch (node.kind) {
    case Node::Kind::character:
    case Node::Kind::set: return {1, 1};
    case Node::Kind::unknown: return {0, unbounded};
    case Node::Kind::sequence:
      for (const Node& child : node.children) {
        const Length one = length_of(child);
        length = {sum(length.min, one.min), sum(length.max, one.max)};
      }
      return length;
    case Node::Kind::alternation:
      length.min = unbounded;
      for (const Node& child : node.children) {
        const Length one = length_of(child);
        length = {std::min(length.min, one.min), std::max(length.max, one.max)};
      }
      return length;
    case Node::Kind::repeat: {
      const Length once = length_of(node.children.front());
      return {product(once.min, node.min), once.max == 0 ? 0 : product(once.max, node.max)};
    }
    default: return length;
  }
}

// The runs of digits of the sequences of a regex.
class DigitFinder {
 public:
  void walk(const Node& node) {
    if (node.kind == Node::Kind::sequence) {
      for (const Node& child : node.children) walk(child);
      return;
    }
    if (node.kind == Node::Kind::repeat && node.min == node.max && node.max > 0 && node.max <= 8) {
      for (std::uint32_t i = 0; i < node.max; ++i) walk(node.children.front());
      return;
    }
    const Length length = length_of(node);
    if (node.kind == Node::Kind::character && node.code_point >= '0' && node.code_point <= '9') {
      if (run_.digits.empty()) run_ = {{}, min_, max_};
      run_.digits += static_cast<char>(node.code_point);
    } else if (may_take_digits(node)) {
      end_run();
    }
    min_ = sum(min_, length.min);
    max_ = sum(max_, length.max);
  }

  RequiredDigits take() {
    end_run();
    return std::move(best_);
  }

 private:
  static bool may_take_digits(const Node& node) {
    switch (node.kind) {
      case Node::Kind::character: return node.code_point >= 128;
      case Node::Kind::set: {
        for (std::size_t c = '0'; c <= '9'; ++c) {
          if (node.set.may[c]) return true;
        }
        return node.set.may_number;
      }
      case Node::Kind::unknown: return true;
      case Node::Kind::sequence:
      case Node::Kind::alternation:
      case Node::Kind::repeat:
        return std::any_of(node.children.begin(), node.children.end(), may_take_digits);
      default: return false;
    }
  }

  void end_run() {
    if (run_.digits.size() > best_.digits.size()) best_ = run_;
    run_ = {};
  }

  std::uint32_t min_ = 0, max_ = 0;
  RequiredDigits run_, best_;
};

// ---- Single characters -----------------------------------------------------------

// ASCII characters of the fold that every match has; `beyond_ascii` stands for all others.
AsciiSet required_characters(const Node& node) {
  AsciiSet all;
  switch (node.kind) {
    case Node::Kind::character: {
      char32_t c = node.code_point;
      if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
      // The long s and the Kelvin sign have a case in ASCII.
      if (c >= 0x80 && c != 0x17F && c != 0x212A) all.set(static_cast<std::size_t>(beyond_ascii));
      if (c > ' ' && c < 0x7F) all.set(c);
      return all;
    }
    case Node::Kind::sequence:
      for (const Node& child : node.children) all |= required_characters(child);
      return all;
    case Node::Kind::alternation:
      all.set();
      for (const Node& child : node.children) all &= required_characters(child);
      return all;
    case Node::Kind::repeat: return node.min > 0 ? required_characters(node.children.front()) : all;
    default: return all;
  }
}

}  // namespace

char required_character(const Node& root) {
  // From rare to common.
  static constexpr std::string_view order =
      "\x7f^`~{}|\\[]<>%$+=&#@*_;()/\"!?:qzjx7965840321kvwybgfmpdcuhlrsntioae,-'.";
  const AsciiSet all = required_characters(root);
  for (const char c : order) {
    if (all[static_cast<std::size_t>(c)]) return c;
  }
  return 0;
}

bool is_rare_character(char c) noexcept {
  return c == beyond_ascii || (c != 0 && std::string_view("^`~{}|\\[]<>%$+=&#@*").find(c) != std::string_view::npos);
}

RequiredLiterals required_literals(const Node& root) { return know(root).best; }

Texts companion_literals(const Node& root, const RequiredLiterals& literals) {
  CompanionFinder finder(literals);
  finder.walk(root);
  return finder.take();
}

PlainRegex plain_regex(const Node& root) {
  std::vector<const Node*> parts;
  const auto flatten = [&](const auto& self, const Node& node) -> void {
    if (node.kind != Node::Kind::sequence) return parts.push_back(&node);
    for (const Node& child : node.children) self(self, child);
  };
  flatten(flatten, root);
  PlainRegex plain;
  const auto is_edge = [](const Node* node) { return node->kind == Node::Kind::word_edge; };
  while (!parts.empty() && is_edge(parts.front())) {
    plain.edge_before = true;
    parts.erase(parts.begin());
  }
  while (!parts.empty() && is_edge(parts.back())) {
    plain.edge_after = true;
    parts.pop_back();
  }
  if (!std::all_of(parts.begin(), parts.end(), [](const Node* part) { return is_literal(*part); })) return plain;
  Node middle = node_of(Node::Kind::sequence);
  for (const Node* part : parts) middle.children.push_back(*part);
  const Known known = know(middle);
  plain.is_plain = known.exact && known.best.texts == *known.exact && none_begins_another(*known.exact);
  return plain;
}

RequiredDigits required_digits(const Node& root) {
  DigitFinder finder;
  finder.walk(root);
  return finder.take();
}

bool has_no_case(char32_t c) noexcept {
  // Hebrew, Arabic, the scripts of India, Thai and Lao; punctuation; arrows, signs and
  // dingbats; kana, Han and Hangul; variation selectors; mathematical letters; emoji.
  static constexpr std::array<std::pair<char32_t, char32_t>, 9> blocks = {
      {{0x590, 0xFFF}, {0x2010, 0x2125}, {0x2190, 0x24B5}, {0x24EA, 0x2BFF}, {0x3000, 0x9FFF},
       {0xAC00, 0xD7A3}, {0xFE00, 0xFE0F}, {0x1D400, 0x1D7FF}, {0x1F000, 0x1FAFF}}};
  return std::any_of(blocks.begin(), blocks.end(),
                     [c](const auto& block) { return c >= block.first && c <= block.second; });
}

bool folds_with_its_cases(char32_t c) noexcept {
  const bool latin = (c >= 0xC0 && c <= 0x17F) || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0 ||
                     (c >= 0x1E00 && c <= 0x1EFF);
  const bool cyrillic = c >= 0x400 && c <= 0x45F;
  const bool small_capital = c >= 0x1D00 && c <= 0x1D2B;
  const bool wide = c >= 0xFF01 && c <= 0xFF9F;
  return c < 0x80 || latin || cyrillic || small_capital || wide || has_no_case(c);
}

}  // namespace modcore::regex
