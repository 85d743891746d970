// Reads PCRE2's syntax into a tree. What it does not know well becomes `unknown`
// or makes the whole pattern opaque; it refuses nothing that PCRE2 would accept,
// except what is not supported here.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "regex/analysis.hpp"
#include "regex/node.hpp"

namespace modcore::regex {

struct Parsed {
  Node root;
  // Holds something after which no statement about the whole is safe, e.g. a
  // backtracking verb: (*ACCEPT) makes all that follows optional.
  bool opaque = false;
  // Holds \G or \K: where a match begins depends on where the search did.
  bool moves_begin = false;
  std::vector<Problem> problems;
};

[[nodiscard]] Parsed parse(std::string_view pattern, bool case_sensitive);

// Options that change what the following characters mean.
struct Options {
  bool caseless = true;
  bool extended = false;       // (?x)
  bool extended_more = false;  // (?xx)
  bool dot_all = false;        // (?s)
  bool multi_line = false;     // (?m)
};

class Parser {
 public:
  Parser(std::string_view pattern, bool case_sensitive);
  [[nodiscard]] Parsed run();

 private:
  // parser.cpp
  Node parse_alternation();
  Node parse_sequence();
  Node parse_atom();
  Node parse_dot() const;
  void parse_quantifiers(Node& node);
  bool parse_quantifier(Node& node);
  bool parse_braces(Node& node);
  void parse_quoted(std::vector<Node>& atoms);
  bool skip_ignored();
  [[nodiscard]] bool at_quantifier() const;

  // groups.cpp
  Node parse_group();
  Node parse_question_group(std::size_t begin);
  Node parse_verb(std::size_t begin);
  Node parse_conditional(std::size_t begin);
  Node parse_options(std::size_t begin);
  Node parse_body(std::size_t begin, Node::Kind wrap);
  Node skip_to(char close, std::size_t begin, Node::Kind kind);
  void apply_options(std::string_view letters);

  // escapes.cpp
  Node parse_escape();
  Node parse_lettered_escape(char letter);
  void skip_name();
  std::optional<char32_t> parse_coded_character(char letter);
  std::optional<char32_t> parse_number_in_braces(unsigned base);
  char32_t parse_digits(unsigned base, std::size_t most);
  void skip_property();

  // class_parser.cpp
  Node parse_class();
  struct ClassMember {
    std::optional<char32_t> character;  // otherwise `set`
    CharSet set;
  };
  std::optional<ClassMember> parse_class_member();
  ClassMember parse_class_escape();
  std::optional<CharSet> parse_posix_class();
  void add_range(CharSet& set, char32_t first, char32_t last) const;

  [[nodiscard]] bool at_end() const { return at_ >= pattern_.size(); }
  [[nodiscard]] bool looking_at(std::string_view text) const {
    return pattern_.substr(at_).starts_with(text);
  }
  bool accept(std::string_view text);
  char32_t next_character();
  [[nodiscard]] Node character(char32_t code_point) const;
  void problem(Problem::Kind kind, std::size_t begin, std::string_view message,
               std::string_view suggestion = {});

  std::string_view pattern_;
  std::size_t at_ = 0;
  Options options_;
  int depth_ = 0;
  bool failed_ = false;  // a problem after which reading on makes no sense
  Parsed parsed_;
};

}  // namespace modcore::regex
