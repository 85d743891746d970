// Character classes: [...].
#include <algorithm>

#include "regex/parser.hpp"

namespace modcore::regex {

Node Parser::parse_class() {
  const std::size_t begin = at_++;
  const bool negated = accept("^");
  CharSet set;
  bool first = true;
  std::optional<char32_t> range_begin;
  while (true) {
    if (at_end()) {
      at_ = begin + 1;
      problem(Problem::Kind::syntax, begin, "the character class is not closed",
              "add `]`, or write `\\[` for the character itself");
      return {};
    }
    if (!first && accept("]")) break;
    const auto member = parse_class_member();
    if (!member) continue;
    first = false;
    if (!member->character) {
      set.add(member->set);
      continue;
    }
    range_begin = member->character;
    const bool range = looking_at("-") && !looking_at("-]");
    if (!range) {
      add_range(set, *range_begin, *range_begin);
      continue;
    }
    const std::size_t hyphen = at_++;
    auto range_end = parse_class_member();
    while (!range_end && !at_end()) range_end = parse_class_member();
    if (!range_end) continue;
    if (!range_end->character) {  // [a-\d]: three members
      add_range(set, *range_begin, *range_begin);
      add_range(set, '-', '-');
      set.add(range_end->set);
    } else if (*range_end->character < *range_begin) {
      problem(Problem::Kind::syntax, hyphen, "the range is in the wrong order",
              "write the smaller character first, or `\\-` for the character itself");
      return {};
    } else {
      add_range(set, *range_begin, *range_end->character);
    }
  }
  Node node = node_of(Node::Kind::set);
  node.set = negated ? set.complement() : set;
  return node;
}

void Parser::add_range(CharSet& set, char32_t first, char32_t last) const {
  if (options_.caseless) {
    set.add_cases(first, last);
  } else {
    set.add(first, last);
  }
}

// Nothing for what is ignored, e.g. \E.
std::optional<Parser::ClassMember> Parser::parse_class_member() {
  if (accept("\\E")) return std::nullopt;
  if (accept("\\Q")) {
    ClassMember quoted;
    while (!at_end() && !accept("\\E")) {
      const char32_t c = next_character();
      add_range(quoted.set, c, c);
    }
    // PCRE2 lets a range begin or end in a quoted part: beyond what is followed here.
    parsed_.opaque = true;
    return quoted;
  }
  if (options_.extended_more && (looking_at(" ") || looking_at("\t"))) {
    ++at_;
    return std::nullopt;
  }
  if (looking_at("[")) {
    if (auto set = parse_posix_class()) return ClassMember{std::nullopt, *set};
  }
  if (looking_at("\\")) return parse_class_escape();
  return ClassMember{next_character(), {}};
}

// [:name:]; nothing if it is an ordinary bracket.
std::optional<CharSet> Parser::parse_posix_class() {
  const std::size_t close = pattern_.find(":]", at_ + 2);
  if (!looking_at("[:") || close == std::string_view::npos) return std::nullopt;
  auto name = pattern_.substr(at_ + 2, close - at_ - 2);
  const bool negated = name.starts_with('^');
  if (negated) name.remove_prefix(1);
  const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c >= 'a' && c <= 'z';
  });
  if (!is_name) return std::nullopt;
  at_ = close + 2;
  const CharSet set = posix_class(name);
  return negated ? set.complement() : set;
}

Parser::ClassMember Parser::parse_class_escape() {
  if (accept("\\g") || accept("\\k")) return {std::nullopt, unknown_set()};  // no reference here
  const Node node = [this] {
    if (looking_at("\\b")) {
      at_ += 2;
      return character(0x08);
    }
    return parse_escape();
  }();
  if (node.kind == Node::Kind::character) return {node.code_point, {}};
  if (node.kind == Node::Kind::set) return {std::nullopt, node.set};
  return {std::nullopt, unknown_set()};  // e.g. an octal number
}

}  // namespace modcore::regex
