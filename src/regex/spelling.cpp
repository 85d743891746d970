#include "regex/spelling.hpp"

#include <algorithm>

#include "regex/literals.hpp"
#include "regex/required_character.hpp"

namespace modcore::regex {
namespace {

constexpr std::size_t most_letters = 6;

bool is_alnum(std::size_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

AsciiSet letters_and_digits() {
  AsciiSet set;
  for (std::size_t c = 0; c < set.size(); ++c) set[c] = is_alnum(c);
  return set;
}

bool takes_nothing_else(const Node& node) {
  switch (node.kind) {
    case Node::Kind::empty: return true;
    case Node::Kind::sequence:
    case Node::Kind::alternation:
    case Node::Kind::repeat:
      return std::all_of(node.children.begin(), node.children.end(), takes_nothing_else);
    default: return false;
  }
}

// What a text of ASCII has in its fold where one item of a sequence begins.
AsciiSet beginnings(const Node& node) {
  const AsciiSet every = ~AsciiSet{};
  const bool one_or_more = node.kind == Node::Kind::repeat && node.min > 0;
  const Node& first = one_or_more ? node.children.front() : node;
  AsciiSet found;
  if (first.kind == Node::Kind::character && first.code_point < found.size()) found.set(first.code_point);
  if (first.kind == Node::Kind::set) found = first.set.may;
  constexpr std::size_t printable = ' ', last = '~';
  for (std::size_t c = 0; c < found.size(); ++c) {
    if (!found[c]) continue;
    if (c < printable || c > last) return every;  // some vanish in the fold, or are others there
    if (c >= 'A' && c <= 'Z') found.set(c - 'A' + 'a');
  }
  return found.none() ? every : found;
}

// What stands behind a character wherever a node matches in ASCII; anything if that is not known.
AsciiSet behind(const Node& node, char character) {
  if (node.kind != Node::Kind::sequence) return ~AsciiSet{};
  for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
    const Node& child = node.children[i];
    if (child.kind == Node::Kind::character && child.code_point == static_cast<unsigned char>(character)) {
      return beginnings(node.children[i + 1]);
    }
  }
  return ~AsciiSet{};
}

// Makes the tree of what is left of each match in its letters and digits.
class Squeezer {
 public:
  Node squeeze(const Node& node) {
    switch (node.kind) {
      case Node::Kind::character: return squeeze_character(node);
      case Node::Kind::set: return squeeze_set(node);
      case Node::Kind::sequence: return squeeze_sequence(node);
      case Node::Kind::alternation: return squeeze_alternation(node);
      case Node::Kind::repeat: return squeeze_repeat(node);
      case Node::Kind::unknown: return node_of(Node::Kind::unknown);
      default: return {};
    }
  }

  [[nodiscard]] RequiredSpelling take(const Node& squeezed) {
    RequiredSpelling spelling;
    RequiredLiterals required = required_literals(squeezed);
    spelling.texts = std::move(required.texts);
    spelling.bits = required.bits;
    spelling.unless = std::move(unless_);
    spelling.behind = behind_;
    spelling.ascii_only = ascii_only_;
    return spelling;
  }

 private:
  static Node squeeze_character(const Node& node) {
    return node.code_point >= 128 || is_alnum(node.code_point) ? node : Node{};
  }

  Node squeeze_set(const Node& node) {
    const CharSet& set = node.set;
    const AsciiSet letters = set.may & letters_and_digits();
    if (letters.none() && !set.may_word) return {};
    if (letters.none() && !set.all_listed) {
      ascii_only_ = true;
      return {};
    }
    // With both cases of each letter.
    const bool many = letters.count() > 2 * most_letters;
    if (many || (set.may_word && !set.all_listed)) return node_of(Node::Kind::unknown);
    Node kept = node;
    kept.set.may = letters;
    kept.set.others = set.others && set.all_listed;
    if (letters == set.may && kept.set.others == set.others) return kept;
    return node_of(Node::Kind::alternation, {std::move(kept), Node{}});
  }

  Node squeeze_sequence(const Node& node) {
    std::vector<Node> children;
    for (const Node& child : node.children) {
      Node squeezed = squeeze(child);
      if (!takes_nothing_else(squeezed)) children.push_back(std::move(squeezed));
    }
    return children.empty() ? Node{} : node_of(Node::Kind::sequence, std::move(children));
  }

  // Without the alternatives that need a rare character.
  Node squeeze_alternation(const Node& node) {
    std::vector<Node> children;
    for (const Node& child : node.children) {
      Node squeezed = squeeze(child);
      if (takes_nothing_else(squeezed) || !leave_out(child)) children.push_back(std::move(squeezed));
    }
    if (children.empty()) return node_of(Node::Kind::unknown);
    const bool nothing = std::all_of(children.begin(), children.end(), takes_nothing_else);
    return nothing ? Node{} : node_of(Node::Kind::alternation, std::move(children));
  }

  Node squeeze_repeat(const Node& node) {
    Node squeezed = squeeze(node.children.front());
    if (takes_nothing_else(squeezed)) return {};
    if (node.min == 0 && leave_out(node.children.front())) return {};
    Node repeat = node;
    repeat.children.front() = std::move(squeezed);
    return repeat;
  }

  // Whether it only stands in texts with a rare character, which is noted.
  bool leave_out(const Node& node) {
    const char needed = required_character(node);
    if (needed == beyond_ascii || !is_rare_character(needed)) return false;
    if (unless_.find(needed) == std::string::npos) unless_ += needed;
    behind_ |= behind(node, needed);
    return true;
  }

  std::string unless_;
  AsciiSet behind_;
  bool ascii_only_ = false;
};

}  // namespace

RequiredSpelling required_spelling(const Node& root) {
  Squeezer squeezer;
  const Node squeezed = squeezer.squeeze(root);
  return squeezer.take(squeezed);
}

}  // namespace modcore::regex
