#include "regex/measure.hpp"

#include <algorithm>

namespace modcore::regex {
namespace {

constexpr std::uint64_t saturated = std::uint64_t{1} << 40U;

}  // namespace

std::uint64_t cost(const Node& node) {
  std::uint64_t states = 1;
  for (const Node& child : node.children) states = std::min(states + cost(child), saturated);
  if (node.kind != Node::Kind::repeat) return states;
  const std::uint64_t copies = node.max == unbounded ? node.min : node.max;
  return std::min(states * std::max<std::uint64_t>(copies, 1), saturated);
}

bool always_matches_empty(const Node& node) {
  const auto& children = node.children;
  switch (node.kind) {
    case Node::Kind::empty: return true;
    case Node::Kind::sequence: return std::all_of(children.begin(), children.end(), always_matches_empty);
    case Node::Kind::alternation:
      return std::any_of(children.begin(), children.end(), always_matches_empty);
    case Node::Kind::repeat: return node.min == 0 || always_matches_empty(children.front());
    default: return false;
  }
}

bool takes_nothing(const Node& node) {
  const auto& children = node.children;
  switch (node.kind) {
    case Node::Kind::character:
    case Node::Kind::set:
    case Node::Kind::unknown: return false;
    case Node::Kind::sequence:
    case Node::Kind::alternation: return std::all_of(children.begin(), children.end(), takes_nothing);
    case Node::Kind::repeat: return node.max == 0 || takes_nothing(children.front());
    default: return true;
  }
}

}  // namespace modcore::regex
