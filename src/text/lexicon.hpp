// The words to find under disguise, as a tree of letters.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::text {

class Lexicon {
 public:
  // Where an entry may stand: a whole word, the beginning or end of one, anywhere;
  // or only as a row of single letters, for phrases without their spaces.
  enum class Form : std::uint8_t { whole, prefix, suffix, inside, row };

  struct Entry {
    std::uint32_t id = 0;
    Form form = Form::whole;
    bool other_script = false;  // holds letters of another script than Latin
    std::uint64_t safe_splits =
        0;  // bit k: cut after k letters, the halves are not two ordinary words
  };

  enum class Node : std::uint32_t { none = 0 };

  // `word` is folded to Level::accents: letters and digits of one word, at most
  // 64. Longer ones are not taken: returns false.
  bool add(std::string_view word, Form form, std::uint32_t id);

  // To be called once, after the last add().
  void finish();

  [[nodiscard]] bool empty() const noexcept { return tree_.branches.empty(); }
  // Where words begin at a word's edge, and where they begin anywhere.
  [[nodiscard]] Node at_edge() const noexcept { return tree_.at_edge; }
  [[nodiscard]] Node anywhere() const noexcept { return tree_.anywhere; }
  [[nodiscard]] Node child(Node node, char32_t symbol) const noexcept;
  // Whether a word begins with a symbol: false only if none does.
  [[nodiscard]] bool may_begin(Node root, char32_t symbol) const noexcept {
    return symbol >= 128 || (beginnings_[root == tree_.anywhere ? 1 : 0][symbol / 64] >> (symbol % 64) & 1U) != 0;
  }
  [[nodiscard]] std::span<const Entry> entries(Node node) const noexcept;

  struct Edge {
    char32_t symbol = 0;
    Node node{};
  };
  [[nodiscard]] std::span<const Edge> edges(Node node) const noexcept;

  struct Branch {
    std::uint32_t first_edge = 0;
    std::uint32_t first_entry = 0;
    std::uint32_t edges = 0;
    std::uint32_t entries = 0;
  };
  // What finish() made, to be kept and to be put in its place again.
  struct Tree {
    std::vector<Branch> branches;  // by node
    std::vector<Edge> edges;
    std::vector<Entry> entries;
    Node at_edge = Node::none;
    Node anywhere = Node::none;
  };
  [[nodiscard]] const Tree& tree() const noexcept { return tree_; }
  [[nodiscard]] static Lexicon of(Tree tree);

  // The letter that stands for a character of a pattern in the tree: itself, or
  // the Latin letter that it looks like, so that both scripts meet there.
  [[nodiscard]] static char32_t symbol_of(char32_t folded) noexcept;

 private:
  struct Word {
    std::u32string letters;
    Entry entry;
  };

  Node build(std::span<const Word* const> words, std::size_t depth);
  void note_beginnings();

  std::vector<Word> words_;
  Tree tree_;
  std::array<std::array<std::uint64_t, 2>, 2> beginnings_{};  // ASCII; at an edge, anywhere
};

}  // namespace modcore::text
