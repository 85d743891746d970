#include "regex/literals.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "regex/known_texts.hpp"
#include "regex/rarity.hpp"
#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

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

}  // namespace

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

}  // namespace modcore::regex
