// Groups, lookarounds, inline options, conditions and verbs.
#include <algorithm>
#include <array>

#include "regex/parser.hpp"

namespace modcore::regex {
namespace {

// PCRE2 refuses deeper nesting; it also bounds our recursion.
constexpr int max_depth = 250;

// (*NAME) at the start of a pattern sets options of the whole match. The host's
// limits are not the pattern's to change.
bool is_start_verb(std::string_view name) {
  static constexpr std::array names = {
      "UTF", "UCP", "NOTEMPTY", "NOTEMPTY_ATSTART", "NO_AUTO_POSSESS", "NO_START_OPT", "NO_JIT",
      "NO_DOTSTAR_ANCHOR", "LIMIT_HEAP", "LIMIT_MATCH", "LIMIT_DEPTH", "LIMIT_RECURSION", "CR",
      "LF", "CRLF", "ANY", "NUL", "ANYCRLF", "BSR_ANYCRLF", "BSR_UNICODE"};
  return std::any_of(names.begin(), names.end(), [&](std::string_view known) { return known == name; });
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Node Parser::parse_group() {
  const std::size_t begin = at_++;
  if (depth_ >= max_depth) {
    problem(Problem::Kind::too_big, begin, "groups are nested too deeply",
            "write several shorter regexes");
    return {};
  }
  const char second = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
  if (looking_at("*") && (is_upper(second) || is_lower(second) || second == ':')) {
    return parse_verb(begin);
  }
  if (accept("?")) return parse_question_group(begin);
  return parse_body(begin, Node::Kind::sequence);
}

// `begin` is at the opening parenthesis, at_ after the question mark.
Node Parser::parse_question_group(std::size_t begin) {
  if (accept(":") || accept("|") || accept(">")) return parse_body(begin, Node::Kind::sequence);
  if (accept("=") || accept("!") || accept("*") || accept("<=") || accept("<!") || accept("<*")) {
    return parse_body(begin, Node::Kind::assertion);
  }
  if (looking_at("P=") || looking_at("P>") || looking_at("R") || looking_at("&")) {
    return skip_to(')', begin, Node::Kind::unknown);
  }
  if (accept("<") || accept("P<")) {
    skip_to('>', begin, Node::Kind::empty);
    return parse_body(begin, Node::Kind::sequence);
  }
  if (accept("'")) {
    skip_to('\'', begin, Node::Kind::empty);
    return parse_body(begin, Node::Kind::sequence);
  }
  if (looking_at("(")) return parse_conditional(begin);
  if (looking_at("C")) {
    problem(Problem::Kind::unsupported, begin, "callouts are not supported", "leave `(?C...)` out");
    return {};
  }
  const char first = at_end() ? '\0' : pattern_[at_];
  const char second = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
  const bool recursion = is_digit(first) || ((first == '+' || first == '-') && is_digit(second));
  return recursion ? skip_to(')', begin, Node::Kind::unknown) : parse_options(begin);
}

// (*VERB:argument), or an assertion by name: (*pla:...)
Node Parser::parse_verb(std::size_t begin) {
  parsed_.opaque = true;
  const std::size_t name_begin = ++at_;
  const bool by_name = is_lower(pattern_[at_]);
  while (!at_end() && (is_upper(pattern_[at_]) || is_lower(pattern_[at_]) || pattern_[at_] == '_')) ++at_;
  const auto name = pattern_.substr(name_begin, at_ - name_begin);
  if (is_start_verb(name)) {
    problem(Problem::Kind::unsupported, begin, "options of the whole match are not supported",
            "leave `(*...)` out; use `tolerance: exact` for letter case");
    return {};
  }
  if (by_name && accept(":")) return parse_body(begin, Node::Kind::unknown);
  return skip_to(')', begin, Node::Kind::unknown);
}

// (?(condition)yes|no)
Node Parser::parse_conditional(std::size_t begin) {
  const char second = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
  const bool asserts = second == '?' || second == '*';
  Node condition;
  if (asserts) {
    condition = parse_group();
  } else {
    condition = skip_to(')', begin, Node::Kind::empty);
  }
  Node node = parse_body(begin, Node::Kind::unknown);
  node.children.push_back(std::move(condition));
  return node;
}

// (?i), (?^x-s:...)
Node Parser::parse_options(std::size_t begin) {
  const Options outside = options_;
  const std::size_t letters = at_;
  while (!at_end() && (is_lower(pattern_[at_]) || is_upper(pattern_[at_]) || pattern_[at_] == '-' ||
                       pattern_[at_] == '^')) {
    ++at_;
  }
  apply_options(pattern_.substr(letters, at_ - letters));
  if (accept(")")) return {};
  if (!accept(":")) {
    problem(Problem::Kind::syntax, begin, "`(?` begins nothing that is known here",
            "write `(?:...)` for a group, `\\(` for the character itself");
    return {};
  }
  Node node = parse_body(begin, Node::Kind::sequence);
  options_ = outside;
  return node;
}

void Parser::apply_options(std::string_view letters) {
  bool on = true;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    switch (letters[i]) {
      case '-': on = false; break;
      case '^': options_ = {.caseless = false}; break;
      case 'i': options_.caseless = on; break;
      case 's': options_.dot_all = on; break;
      case 'm': options_.multi_line = on; break;
      case 'x':
        options_.extended = on;
        options_.extended_more = on && i + 1 < letters.size() && letters[i + 1] == 'x';
        i += i + 1 < letters.size() && letters[i + 1] == 'x' ? 1U : 0U;
        break;
      case 'n': case 'J': case 'U': break;  // change nothing that is looked at here
      default: parsed_.opaque = true;
    }
  }
}

// The inside of a group up to its closing parenthesis. Options set inside end there.
Node Parser::parse_body(std::size_t begin, Node::Kind wrap) {
  const Options outside = options_;
  ++depth_;
  Node body = failed_ ? Node{} : parse_alternation();
  --depth_;
  options_ = outside;
  if (!failed_ && !accept(")")) {
    at_ = begin + 1;
    problem(Problem::Kind::syntax, begin, "the group is not closed", "add `)`");
  }
  if (wrap == Node::Kind::sequence) return body;
  std::vector<Node> children;
  children.push_back(std::move(body));
  return node_of(wrap, std::move(children));
}

Node Parser::skip_to(char close, std::size_t begin, Node::Kind kind) {
  const std::size_t found = pattern_.find(close, at_);
  if (found == std::string_view::npos) {
    problem(Problem::Kind::syntax, begin, "the group is not closed", "add `)`");
    return {};
  }
  at_ = found + 1;
  return node_of(kind);
}

}  // namespace modcore::regex
