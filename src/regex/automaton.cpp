#include "regex/automaton.hpp"

#include <bit>

#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

bool is_word(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

// Beyond ASCII it is not known what a word is.
struct Automaton::Edge {
  bool may_be = true;
  bool may_not_be = true;

  static Edge at(std::string_view text, std::size_t at) noexcept {
    const bool known = (at == 0 || is_ascii(text[at - 1])) && (at >= text.size() || is_ascii(text[at]));
    if (!known) return {};
    const bool before = at > 0 && is_word(text[at - 1]);
    const bool after = at < text.size() && is_word(text[at]);
    return {before != after, before == after};
  }
};

// The places that the character there can stand for.
Automaton::Places Automaton::takers(std::string_view text, std::size_t at) const {
  if (is_ascii(text[at])) return taking_[classes_[static_cast<std::size_t>(text[at])]];
  return taking_[classes_[is_letter(utf8::decode(text, at).code_point) ? letter : beyond_ascii]];
}

Automaton::Places Automaton::begin(std::string_view text, std::size_t at) const {
  Places places = first_[index(Between::nothing)] | first_[index(Between::text_end)];
  if (at == 0) places |= first_[index(Between::text_begin)];
  if ((first_[index(Between::word_edge)] | first_[index(Between::no_word_edge)]) == 0) return places;
  const Edge edge = Edge::at(text, at);
  if (edge.may_be) places |= first_[index(Between::word_edge)];
  if (edge.may_not_be) places |= first_[index(Between::no_word_edge)];
  return places;
}

bool Automaton::accepts(Places reached, std::string_view text, std::size_t at, Edge edge) const {
  Places last = last_[index(Between::nothing)] | last_[index(Between::text_begin)];
  // \Z takes a last newline behind it.
  const bool at_end = at == text.size() || (at + 1 == text.size() && text[at] == '\n');
  if (at_end) last |= last_[index(Between::text_end)];
  if (edge.may_be) last |= last_[index(Between::word_edge)];
  if (edge.may_not_be) last |= last_[index(Between::no_word_edge)];
  return (reached & last) != 0;
}

Automaton::Places Automaton::next(Places reached, Edge edge) const {
  Places places = (reached & in_step_) << 1U;
  for (Places left = reached & ~in_step_; left != 0; left &= left - 1) {
    const Follow& follow = follow_[static_cast<std::size_t>(std::countr_zero(left))];
    places |= follow.always;
    if (edge.may_be) places |= follow.at_edge;
    if (edge.may_not_be) places |= follow.off_edge;
  }
  return places;
}

bool Automaton::may_match(std::string_view text, std::size_t first, std::size_t last) const {
  Places expected = 0;
  // Inside a repeat the same places are reached again and again.
  Places known = 0, behind_known = 0;
  std::size_t left = most_characters;
  for (std::size_t at = first; at < text.size(); --left) {
    if (at <= last) expected |= begin(text, at);
    if ((expected & anything) != 0 || left == 0) return true;
    const Places reached = expected & takers(text, at);
    do ++at;
    while (at < text.size() && utf8::is_continuation(text[at]));
    expected = 0;
    if (reached == 0 && at > last) return false;
    if (reached == 0) continue;
    if ((reached & ends_) != 0 && accepts(reached, text, at, Edge::at(text, at))) return true;
    if (reached != known || (reached & edged_) != 0) {
      behind_known = next(reached, (reached & edged_) != 0 ? Edge::at(text, at) : Edge{});
      known = reached;
    }
    expected = behind_known;
  }
  return (expected & anything) != 0;
}

}  // namespace modcore::regex
