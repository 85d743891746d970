#include "regex/parser.hpp"

#include <algorithm>

#include "support/utf8.hpp"

namespace modcore::regex {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// White space that (?x) ignores.
bool is_pattern_space(char32_t c) {
  return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0x200E || c == 0x200F ||
         c == 0x2028 || c == 0x2029;
}

// What stands between braces: numbers of a quantifier, spaces as later versions
// of PCRE2 allow them.
struct Braces {
  std::string_view low, high;
  bool comma = false;
  bool spaced = false;
  std::size_t length = 0;  // with both braces; 0: no quantifier in any version
};

Braces read_braces(std::string_view text) {
  Braces braces;
  std::size_t at = 1;
  const auto skip_spaces = [&] {
    for (; at < text.size() && (text[at] == ' ' || text[at] == '\t'); ++at) braces.spaced = true;
  };
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return text.substr(begin, at - begin);
  };
  skip_spaces();
  braces.low = digits();
  skip_spaces();
  if (at < text.size() && text[at] == ',') {
    braces.comma = true;
    ++at;
    skip_spaces();
    braces.high = digits();
    skip_spaces();
  }
  const bool closed = at < text.size() && text[at] == '}';
  if (closed && !(braces.low.empty() && braces.high.empty())) braces.length = at + 1;
  return braces;
}

std::uint32_t to_number(std::string_view digits) {
  std::uint32_t number = 0;
  for (const char c : digits) {
    number = std::min<std::uint32_t>(number * 10 + static_cast<std::uint32_t>(c - '0'), 1'000'000);
  }
  return number;
}

}  // namespace

Parsed parse(std::string_view pattern, bool case_sensitive) {
  return Parser(pattern, case_sensitive).run();
}

Parser::Parser(std::string_view pattern, bool case_sensitive) : pattern_(pattern) {
  options_.caseless = !case_sensitive;
}

Parsed Parser::run() {
  parsed_.root = parse_alternation();
  if (!failed_ && !at_end()) {
    problem(Problem::Kind::syntax, at_, "`)` closes nothing", "write `\\)` for the character itself");
  }
  return std::move(parsed_);
}

Node Parser::parse_alternation() {
  Node alternation = node_of(Node::Kind::alternation);
  alternation.children.push_back(parse_sequence());
  while (!failed_ && accept("|")) alternation.children.push_back(parse_sequence());
  if (alternation.children.size() == 1) return std::move(alternation.children.front());
  return alternation;
}

Node Parser::parse_sequence() {
  Node sequence = node_of(Node::Kind::sequence);
  while (!failed_) {
    while (skip_ignored()) {}
    if (at_end() || looking_at("|") || looking_at(")")) break;
    if (accept("\\Q")) {
      parse_quoted(sequence.children);
      if (!sequence.children.empty()) parse_quantifiers(sequence.children.back());
      continue;
    }
    if (at_quantifier()) {
      if (sequence.children.empty()) {
        problem(Problem::Kind::syntax, at_, "there is nothing before this to repeat",
                "put a backslash before the character to mean it literally");
        break;
      }
    }
    sequence.children.push_back(parse_atom());
    parse_quantifiers(sequence.children.back());
  }
  return sequence;
}

Node Parser::parse_atom() {
  switch (pattern_[at_]) {
    case '(': return parse_group();
    case '[': return parse_class();
    case '\\': return parse_escape();
    case '.': ++at_; return parse_dot();
    case '^':
      ++at_;
      return node_of(options_.multi_line ? Node::Kind::assertion : Node::Kind::text_begin);
    case '$':
      ++at_;
      return node_of(options_.multi_line ? Node::Kind::assertion : Node::Kind::text_end);
    default: return character(next_character());
  }
}

Node Parser::parse_dot() const {
  Node node = node_of(Node::Kind::set);
  node.set = any_character();
  if (!options_.dot_all) node.set.may.reset('\n');
  node.set.must = node.set.may;
  return node;
}

// \Q...\E: each character by itself; the caller repeats the last.
void Parser::parse_quoted(std::vector<Node>& atoms) {
  while (!at_end() && !accept("\\E")) atoms.push_back(character(next_character()));
}

bool Parser::at_quantifier() const {
  if (at_end()) return false;
  const char c = pattern_[at_];
  return c == '*' || c == '+' || c == '?';
}

void Parser::parse_quantifiers(Node& node) {
  // Each makes the tree deeper, and what looks at the tree recurses.
  constexpr int max_stacked = 16;
  for (int stacked = 0; !failed_; ++stacked) {
    while (skip_ignored()) {}
    const std::size_t begin = at_;
    if (!parse_quantifier(node)) return;
    if (stacked == max_stacked) {
      problem(Problem::Kind::too_big, begin, "too many repeats stand on one another",
              "one repeat is enough");
    }
  }
}

bool Parser::parse_quantifier(Node& node) {
  std::uint32_t min = 0;
  std::uint32_t max = unbounded;
  if (at_end()) return false;
  if (pattern_[at_] == '{') return parse_braces(node);
  if (!at_quantifier()) return false;
  if (pattern_[at_] == '+') min = 1;
  if (pattern_[at_] == '?') max = 1;
  ++at_;
  if (!accept("?")) accept("+");  // lazy and possessive match in the same texts or fewer
  Node repeat = node_of(Node::Kind::repeat);
  repeat.min = min;
  repeat.max = max;
  repeat.children.push_back(std::move(node));
  node = std::move(repeat);
  return true;
}

bool Parser::parse_braces(Node& node) {
  const std::size_t begin = at_;
  const Braces braces = read_braces(pattern_.substr(at_));
  if (braces.length == 0) return false;
  at_ += braces.length;
  if (!accept("?")) accept("+");
  std::vector<Node> children;
  children.push_back(std::move(node));
  if (braces.spaced || braces.low.empty()) {
    // Text for PCRE2 10.42, a quantifier for later versions.
    node = node_of(Node::Kind::unknown, std::move(children));
    return true;
  }
  node = node_of(Node::Kind::repeat, std::move(children));
  node.min = to_number(braces.low);
  node.max = !braces.comma ? node.min : braces.high.empty() ? unbounded : to_number(braces.high);
  if (node.max < node.min) {
    problem(Problem::Kind::syntax, begin, "the numbers of this repeat are in the wrong order",
            "write the smaller number first");
  } else if (node.min > 65535 || (node.max != unbounded && node.max > 65535)) {
    problem(Problem::Kind::syntax, begin, "a repeat counts to 65535 at most",
            "leave out the upper number to allow any count");
  }
  return true;
}

// Comments, white space in (?x), \E without \Q, an empty \Q\E: true if there was one.
bool Parser::skip_ignored() {
  if (accept("\\Q\\E") || accept("\\E")) return true;
  if (looking_at("(?#")) {
    const std::size_t begin = at_;
    const std::size_t close = pattern_.find(')', at_);
    if (close == std::string_view::npos) {
      problem(Problem::Kind::syntax, begin, "the comment is not closed", "add `)`");
      return false;
    }
    at_ = close + 1;
    return true;
  }
  if (!options_.extended || at_end()) return false;
  if (accept("#")) {
    at_ = std::min(pattern_.find('\n', at_), pattern_.size());
    return true;
  }
  const auto next = utf8::decode(pattern_, at_);
  if (!is_pattern_space(next.code_point)) return false;
  at_ += next.length;
  return true;
}

bool Parser::accept(std::string_view text) {
  if (!looking_at(text)) return false;
  at_ += text.size();
  return true;
}

char32_t Parser::next_character() {
  const auto next = utf8::decode(pattern_, at_);
  at_ += next.length;
  return next.code_point;
}

Node Parser::character(char32_t code_point) const {
  Node node = node_of(Node::Kind::character);
  node.code_point = code_point;
  node.caseless = options_.caseless;
  return node;
}

void Parser::problem(Problem::Kind kind, std::size_t begin, std::string_view message,
                     std::string_view suggestion) {
  if (failed_) return;
  failed_ = true;
  const std::size_t end = std::max(at_, std::min(begin + 1, pattern_.size()));
  parsed_.problems.push_back({kind, static_cast<std::uint32_t>(begin),
                              static_cast<std::uint32_t>(end), std::string(message),
                              std::string(suggestion)});
}

}  // namespace modcore::regex
