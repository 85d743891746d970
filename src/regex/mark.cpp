#include "regex/mark.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "regex/analysis.hpp"
#include "regex/length.hpp"
#include "regex/parser.hpp"
#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

// So that no text makes the automaton take long: from a mark on it takes as many steps at most.
constexpr std::uint32_t most_steps = 48;
// Most places where a mark stands are told by the character on one of its sides.
constexpr std::size_t most_before = 1;

using Nodes = std::vector<Node>;

struct Marked {
  Mark mark;
  Node rest;  // what the automaton is made of
};

// Found in a text by that byte alone.
bool marks(const Node& node) {
  const char32_t c = node.code_point;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return node.kind == Node::Kind::character && c > ' ' && c < 0x7F && !letter;
}

bool takes_nothing(const Node& node) {
  return node.kind == Node::Kind::empty || node.kind == Node::Kind::word_edge ||
         node.kind == Node::Kind::not_word_edge || node.kind == Node::Kind::text_begin;
}

// Puts what stands before `at` in front of `rest`, as far as it is a number of characters
// that is known.
void add_context(const Nodes& all, std::size_t at, Marked& marked) {
  Nodes& rest = marked.rest.children;
  const auto put = [&](const Node& node) { rest.insert(rest.begin(), node); };
  while (at > 0) {
    const Node& node = all[--at];
    const bool one = node.kind == Node::Kind::character || node.kind == Node::Kind::set;
    if (takes_nothing(node)) {
      put(node);
      continue;
    }
    if (marked.mark.before == most_before) return;
    if (one) {
      put(node);
      ++marked.mark.before;
      continue;
    }
    // Of a repeat the last one stands there.
    if (node.kind != Node::Kind::repeat || node.min == 0) return;
    const Node& repeated = node.children.front();
    if (repeated.kind != Node::Kind::character && repeated.kind != Node::Kind::set) return;
    put(repeated);
    ++marked.mark.before;
    return;
  }
}

Marked at_character(const Nodes& all, std::size_t at) {
  Marked marked{.mark = {.kind = Mark::Kind::character, .character = static_cast<char>(all[at].code_point)},
                .rest = node_of(Node::Kind::sequence,
                                Nodes(all.begin() + static_cast<std::ptrdiff_t>(at), all.end()))};
  add_context(all, at, marked);
  return marked;
}

// The first place, which most stands behind.
std::optional<Marked> find_mark(const Node& root) {
  if (root.kind != Node::Kind::sequence || root.children.empty()) return std::nullopt;
  const Nodes& all = root.children;
  if (all.front().kind == Node::Kind::text_begin) {
    return Marked{.mark = {.kind = Mark::Kind::text_begin}, .rest = root};
  }
  const auto first = std::find_if(all.begin(), all.end(), marks);
  if (first == all.end()) return std::nullopt;
  Marked marked = at_character(all, static_cast<std::size_t>(first - all.begin()));
  if (length_of(marked.rest).max > most_steps) return std::nullopt;
  return marked;
}

// Where `before` characters before a place begin.
std::optional<std::size_t> back(std::string_view text, std::size_t at, std::size_t before) {
  for (; before > 0; --before) {
    if (at == 0) return std::nullopt;
    do --at;
    while (at > 0 && utf8::is_continuation(text[at]));
  }
  return at;
}

}  // namespace

Mark mark_of(const Node& root) {
  const std::optional<Marked> marked = find_mark(root);
  return marked && Automaton(marked->rest).tells() ? marked->mark : Mark{};
}

Automaton automaton_at_mark(std::string_view pattern, bool case_sensitive) {
  if (pattern.size() > max_pattern_bytes) return {};
  const Parsed parsed = parse(pattern, case_sensitive);
  if (!parsed.problems.empty() || parsed.opaque) return {};
  const std::optional<Marked> marked = find_mark(parsed.root);
  return marked ? Automaton(marked->rest) : Automaton();
}

bool may_match(const Mark& mark, const Automaton& automaton, std::string_view text) {
  if (mark.kind == Mark::Kind::text_begin) return automaton.may_match(text, 0, 0);
  for (std::size_t at = text.find(mark.character); at != std::string_view::npos;
       at = text.find(mark.character, at + 1)) {
    const auto first = back(text, at, mark.before);
    if (first && automaton.may_match(text, *first, *first)) return true;
  }
  return false;
}

}  // namespace modcore::regex
