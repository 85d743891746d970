// Building the tree of letters.
#include "text/lexicon.hpp"

#include <algorithm>

#include "support/utf8.hpp"
#include "text/confusable_tables.hpp"
#include "text/honest_words.hpp"

namespace modcore::text {
namespace {

constexpr std::size_t longest_word = 64;

bool is_edge_form(Lexicon::Form form) noexcept {
  return form != Lexicon::Form::suffix && form != Lexicon::Form::inside;
}

// After which letters a word may be cut in two: not where both halves are
// ordinary words, or "pen is" would be one.
std::uint64_t safe_splits(std::string_view word) {
  std::uint64_t safe = 0;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size();) {
    at += utf8::decode(word, at).length;
    ++letters;
    if (at < word.size() && !are_two_words(word.substr(0, at), word.substr(at))) {
      safe |= std::uint64_t{1} << letters;
    }
  }
  return safe;
}

}  // namespace

char32_t Lexicon::symbol_of(char32_t folded) noexcept {
  if (folded < 0x80) return folded;
  const confusable::Record& like = confusable::record(folded);
  const bool single = like.count != 0 && (like.traits & confusable::sequence) == 0;
  return single ? static_cast<char32_t>(like.letters[0]) : folded;
}

bool Lexicon::add(std::string_view word, Form form, std::uint32_t id) {
  Word added;
  added.entry = {.id = id, .form = form};
  for (std::size_t at = 0; at < word.size();) {
    const utf8::Decoded next = utf8::decode(word, at);
    const char32_t symbol = symbol_of(next.code_point);
    added.entry.other_script |= symbol != next.code_point;
    added.letters.push_back(symbol);
    at += next.length;
  }
  if (added.letters.empty() || added.letters.size() >= longest_word) return false;
  added.entry.safe_splits = safe_splits(word);
  words_.push_back(std::move(added));
  return true;
}

void Lexicon::finish() {
  if (words_.empty()) return;
  tree_.branches.assign(1, {});
  std::vector<const Word*> edge, anywhere;
  for (const Word& word : words_) {
    (is_edge_form(word.entry.form) ? edge : anywhere).push_back(&word);
  }
  const auto by_letters = [](const Word* a, const Word* b) {
    return a->letters != b->letters ? a->letters < b->letters : a->entry.id < b->entry.id;
  };
  std::sort(edge.begin(), edge.end(), by_letters);
  std::sort(anywhere.begin(), anywhere.end(), by_letters);
  if (!edge.empty()) tree_.at_edge = build(edge, 0);
  if (!anywhere.empty()) tree_.anywhere = build(anywhere, 0);
  words_ = {};
  note_beginnings();
}

void Lexicon::note_beginnings() {
  const std::array roots = {tree_.at_edge, tree_.anywhere};
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (roots[i] == Node::none) continue;
    for (const Edge& edge : edges(roots[i])) {
      if (edge.symbol < 128) beginnings_[i][edge.symbol / 64] |= std::uint64_t{1} << (edge.symbol % 64);
    }
  }
}

Lexicon Lexicon::of(Tree tree) {
  Lexicon lexicon;
  lexicon.tree_ = std::move(tree);
  if (!lexicon.empty()) lexicon.note_beginnings();
  return lexicon;
}

// `words` are sorted and share their first `depth` letters.
Lexicon::Node Lexicon::build(std::span<const Word* const> words, std::size_t depth) {
  const auto node = static_cast<std::uint32_t>(tree_.branches.size());
  tree_.branches.emplace_back();
  Branch branch;
  branch.first_entry = static_cast<std::uint32_t>(tree_.entries.size());
  std::size_t at = 0;
  for (; at < words.size() && words[at]->letters.size() == depth; ++at) {
    tree_.entries.push_back(words[at]->entry);
  }
  branch.entries = static_cast<std::uint32_t>(at);
  std::vector<Edge> edges;
  while (at < words.size()) {
    const char32_t symbol = words[at]->letters[depth];
    std::size_t end = at;
    while (end < words.size() && words[end]->letters[depth] == symbol) ++end;
    edges.push_back({symbol, build(words.subspan(at, end - at), depth + 1)});
    at = end;
  }
  branch.first_edge = static_cast<std::uint32_t>(tree_.edges.size());
  branch.edges = static_cast<std::uint32_t>(edges.size());
  tree_.edges.insert(tree_.edges.end(), edges.begin(), edges.end());
  tree_.branches[node] = branch;
  return static_cast<Node>(node);
}

Lexicon::Node Lexicon::child(Node node, char32_t symbol) const noexcept {
  for (const Edge& edge : edges(node)) {
    if (edge.symbol == symbol) return edge.node;
  }
  return Node::none;
}

std::span<const Lexicon::Entry> Lexicon::entries(Node node) const noexcept {
  const Branch& branch = tree_.branches[static_cast<std::size_t>(node)];
  return std::span(tree_.entries).subspan(branch.first_entry, branch.entries);
}

std::span<const Lexicon::Edge> Lexicon::edges(Node node) const noexcept {
  const Branch& branch = tree_.branches[static_cast<std::size_t>(node)];
  return std::span(tree_.edges).subspan(branch.first_edge, branch.edges);
}

}  // namespace modcore::text
