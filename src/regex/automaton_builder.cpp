// Makes automata of trees: of each character which ones can follow it.
#include <algorithm>
#include <bit>

#include "regex/automaton.hpp"
#include "regex/parser.hpp"

namespace modcore::regex {
namespace {

using Between = Automaton::Between;
using Places = Automaton::Places;

// Beyond so many copies of a part any number of them will do.
constexpr std::uint32_t most_copies = 12;
constexpr std::uint32_t most_optional = 4;

constexpr std::size_t index(Between between) { return static_cast<std::size_t>(between); }

}  // namespace

class AutomatonBuilder {
 public:
  explicit AutomatonBuilder(Automaton& automaton) : made_(automaton) {}

  void build(const Node& root) {
    const Part all = part_of(root);
    made_.first_ = all.first;
    made_.last_ = all.last;
    if (all.empty != 0) made_.first_[index(Between::nothing)] |= Automaton::anything;
    made_.knows_all_ = count_ < Automaton::most_places;
    finish_classes();
    finish_steps();
  }

 private:
  using ByKind = std::array<Places, Automaton::kinds>;
  // The characters that a part of the regex can begin and end with, by what must hold
  // before and after it; and what must hold where it takes none: a bit for each kind.
  struct Part {
    ByKind first{}, last{};
    std::uint8_t empty = 0;
  };

  static constexpr std::uint8_t bit(std::size_t kind) { return static_cast<std::uint8_t>(1U << kind); }
  static Part nothing(Between between) {
    Part part;
    part.empty = bit(index(between));
    return part;
  }

  Part part_of(const Node& node) {
    if (count_ == Automaton::most_places) return of_the_rest();
    switch (node.kind) {
      case Node::Kind::empty:
      case Node::Kind::assertion: return nothing(Between::nothing);
      case Node::Kind::text_begin: return nothing(Between::text_begin);
      case Node::Kind::text_end: return nothing(Between::text_end);
      case Node::Kind::word_edge: return nothing(Between::word_edge);
      case Node::Kind::not_word_edge: return nothing(Between::no_word_edge);
      case Node::Kind::character: return of_set(set_of_character(node));
      case Node::Kind::set: return of_set(node.set);
      case Node::Kind::sequence: return of_sequence(node);
      case Node::Kind::alternation: return of_alternation(node);
      case Node::Kind::repeat: return of_repeat(node);
      case Node::Kind::unknown: break;
    }
    return maybe(repeated(of_set(any_character())));
  }

  // Where there is no more room it is not told what follows.
  static Part of_the_rest() {
    Part part;
    part.first[index(Between::nothing)] = Automaton::anything;
    return part;
  }

  Part of_set(const CharSet& set) {
    Part part;
    const Places place = Places{1} << count_++;
    for (std::size_t c = 0; c < set.may.size(); ++c) {
      if (set.may[c]) taking_[c] |= place;
    }
    if (set.may_letter()) taking_[Automaton::letter] |= place;
    if (set.others) taking_[Automaton::beyond_ascii] |= place;
    made_.follow_.emplace_back();
    part.first[index(Between::nothing)] = part.last[index(Between::nothing)] = place;
    return part;
  }

  Part of_sequence(const Node& node) {
    Part all = nothing(Between::nothing);
    for (const Node& child : node.children) all = join(all, part_of(child));
    return all;
  }

  Part of_alternation(const Node& node) {
    Part all;
    for (const Node& child : node.children) all = either(all, part_of(child));
    return all;
  }

  Part of_repeat(const Node& node) {
    const Node& child = node.children.front();
    Part all = nothing(Between::nothing);
    if (node.max == 0) return all;
    const std::uint32_t copies = std::min(node.min, most_copies);
    const bool endless = node.max == unbounded || node.max - copies > most_optional;
    if (endless && copies == 0) return maybe(repeated(part_of(child)));
    for (std::uint32_t i = 0; i < copies; ++i) {
      const Part copy = part_of(child);
      all = join(all, endless && i + 1 == copies ? repeated(copy) : copy);
    }
    for (std::uint32_t i = copies; !endless && i < node.max; ++i) all = join(all, maybe(part_of(child)));
    return all;
  }

  static Part maybe(Part part) {
    part.empty |= bit(index(Between::nothing));
    return part;
  }

  Part repeated(const Part& part) {
    connect(part, part);
    return part;
  }

  static Part either(Part a, const Part& b) {
    for (std::size_t kind = 0; kind < Automaton::kinds; ++kind) {
      a.first[kind] |= b.first[kind];
      a.last[kind] |= b.last[kind];
    }
    a.empty |= b.empty;
    return a;
  }

  Part join(const Part& a, const Part& b) {
    connect(a, b);
    Part both;
    both.first = a.first;
    both.last = b.last;
    for (std::size_t kind = 0; kind < Automaton::kinds; ++kind) {
      for (std::size_t other = 0; other < Automaton::kinds; ++other) {
        const std::size_t here = std::min(kind, other);  // of two the first
        if ((a.empty & bit(kind)) != 0) both.first[here] |= b.first[other];
        if ((b.empty & bit(kind)) != 0) both.last[here] |= a.last[other];
        if ((a.empty & bit(kind)) != 0 && (b.empty & bit(other)) != 0) both.empty |= bit(here);
      }
    }
    return both;
  }

  void connect(const Part& a, const Part& b) {
    for (std::size_t before = 0; before < Automaton::kinds; ++before) {
      for (std::size_t after = 0; after < Automaton::kinds; ++after) {
        connect(a.last[before], b.first[after], static_cast<Between>(std::min(before, after)));
      }
    }
  }

  void connect(Places from, Places to, Between between) {
    if (to == 0) return;
    for (; from != 0; from &= from - 1) {
      Automaton::Follow& follow = made_.follow_[static_cast<std::size_t>(std::countr_zero(from))];
      switch (between) {
        case Between::word_edge: follow.at_edge |= to; break;
        case Between::no_word_edge: follow.off_edge |= to; break;
        default: follow.always |= to;
      }
    }
  }

  void finish_classes() {
    made_.taking_.clear();
    for (std::size_t c = 0; c < taking_.size(); ++c) {
      const auto known = std::find(made_.taking_.begin(), made_.taking_.end(), taking_[c]);
      made_.classes_[c] = static_cast<std::uint8_t>(known - made_.taking_.begin());
      if (known == made_.taking_.end()) made_.taking_.push_back(taking_[c]);
    }
  }

  void finish_steps() {
    for (std::size_t i = 0; i + 1 < made_.follow_.size(); ++i) {
      const Automaton::Follow& follow = made_.follow_[i];
      const bool in_step = follow.always == Places{2} << i && follow.at_edge == 0 && follow.off_edge == 0;
      if (in_step) made_.in_step_ |= Places{1} << i;
    }
    for (std::size_t i = 0; i < made_.follow_.size(); ++i) {
      const Automaton::Follow& follow = made_.follow_[i];
      if ((follow.at_edge | follow.off_edge) != 0) made_.edged_ |= Places{1} << i;
    }
    for (const Places last : made_.last_) made_.ends_ |= last;
  }

  Automaton& made_;
  std::size_t count_ = 0;
  std::array<Places, Automaton::beyond_ascii + 1> taking_{};
};

Automaton::Automaton(const Node& root) { AutomatonBuilder(*this).build(root); }

Automaton automaton_of(std::string_view pattern, bool case_sensitive) {
  if (pattern.size() > max_pattern_bytes) return {};
  const Parsed parsed = parse(pattern, case_sensitive);
  if (!parsed.problems.empty() || parsed.opaque || parsed.moves_begin) return {};
  return Automaton(parsed.root);
}

}  // namespace modcore::regex
