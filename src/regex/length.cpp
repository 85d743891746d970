#include "regex/length.hpp"

#include <algorithm>

#include "regex/counts.hpp"

namespace modcore::regex {

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

}  // namespace modcore::regex
