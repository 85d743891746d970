// What follows a backslash.
#include <algorithm>
#include <utility>

#include "regex/parser.hpp"

namespace modcore::regex {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

unsigned digit_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return 99;
}

}  // namespace

Node Parser::parse_escape() {
  const std::size_t begin = at_++;
  if (at_end()) {
    problem(Problem::Kind::syntax, begin, "a backslash at the end escapes nothing",
            "write `\\\\` for the character itself");
    return {};
  }
  const char letter = pattern_[at_];
  if (!is_alnum(letter)) return character(next_character());
  ++at_;
  if (letter == 'C') {
    problem(Problem::Kind::unsupported, begin, "`\\C` would match a part of a character",
            "use `.` for any character");
    return {};
  }
  if (is_digit(letter) && letter != '0') {
    // A back-reference or an octal number, depending on how many groups there are.
    while (!at_end() && is_digit(pattern_[at_])) ++at_;
    return node_of(Node::Kind::unknown);
  }
  if (const auto coded = parse_coded_character(letter)) return character(*coded);
  return parse_lettered_escape(letter);
}

Node Parser::parse_lettered_escape(char letter) {
  Node node = node_of(Node::Kind::set);
  switch (letter) {
    case 'd': case 'w': case 's': case 'h': case 'v':
      node.set = class_escape(letter);
      return node;
    case 'D': case 'W': case 'S': case 'H': case 'V':
      node.set = class_escape(static_cast<char>(letter - 'A' + 'a')).complement();
      return node;
    case 'N':
      node.set = any_character();
      node.set.may.reset('\n');
      return node;
    case 'p': case 'P':
      skip_property();
      node.set = unknown_set();
      return node;
    case 'b': return node_of(Node::Kind::word_edge);
    case 'B': return node_of(Node::Kind::not_word_edge);
    case 'A': return node_of(Node::Kind::text_begin);
    case 'Z': case 'z': return node_of(Node::Kind::text_end);
    case 'G': case 'K':
      parsed_.moves_begin = true;
      return node_of(Node::Kind::assertion);
    case 'g': case 'k':
      skip_name();
      return node_of(Node::Kind::unknown);
    case 'R': case 'X': return node_of(Node::Kind::unknown);
    default:  // PCRE2 refuses the others
      parsed_.opaque = true;
      return node_of(Node::Kind::unknown);
  }
}

// {name}, <name>, 'name' or a number after \g and \k.
void Parser::skip_name() {
  if (at_end()) return;
  const char open = pattern_[at_];
  const char close = open == '{' ? '}' : open == '<' ? '>' : open == '\'' ? '\'' : '\0';
  if (close != '\0') {
    ++at_;
    at_ = std::min(pattern_.find(close, at_), pattern_.size() - 1) + 1;
    return;
  }
  if (open == '-' || open == '+') ++at_;
  while (!at_end() && is_digit(pattern_[at_])) ++at_;
}

void Parser::skip_property() {
  if (accept("{")) {
    at_ = std::min(pattern_.find('}', at_), pattern_.size() - 1) + 1;
  } else if (!at_end()) {
    ++at_;
  }
}

// A character given by a letter or number; at_ is after the letter.
std::optional<char32_t> Parser::parse_coded_character(char letter) {
  switch (letter) {
    case 'a': return 0x07;
    case 'e': return 0x1B;
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '0': return parse_digits(8, 2);
    case 'o': return parse_number_in_braces(8);
    case 'x':
      if (looking_at("{")) return parse_number_in_braces(16);
      return parse_digits(16, 2);
    case 'N':
      if (!accept("{U+")) return std::nullopt;
      --at_;
      return parse_number_in_braces(16);
    case 'c': {
      if (at_end()) return std::nullopt;
      char next = pattern_[at_++];
      if (next >= 'a' && next <= 'z') next = static_cast<char>(next - 'a' + 'A');
      return static_cast<unsigned char>(next) ^ 0x40U;
    }
    default: return std::nullopt;
  }
}

// at_ is at the opening brace, or at the last character before the number.
std::optional<char32_t> Parser::parse_number_in_braces(unsigned base) {
  if (at_end()) return std::nullopt;
  const std::size_t begin = at_++;
  while (!at_end() && pattern_[at_] == ' ') ++at_;
  const char32_t number = parse_digits(base, 12);
  while (!at_end() && pattern_[at_] == ' ') ++at_;
  if (accept("}")) return number;
  at_ = begin;
  return std::nullopt;
}

char32_t Parser::parse_digits(unsigned base, std::size_t most) {
  char32_t number = 0;
  for (std::size_t i = 0; i < most && !at_end() && digit_value(pattern_[at_]) < base; ++i) {
    number = std::min<char32_t>(number * base + digit_value(pattern_[at_++]), 0x110000);
  }
  return number;
}

}  // namespace modcore::regex
