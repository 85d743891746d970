// Lowering regexes: whether a required literal, a filter of Hyperscan's or PCRE2
// alone looks for them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "compile/literals.hpp"
#include "diag/sink.hpp"
#include "regex/analysis.hpp"
#include "runtime/match_plan.hpp"

namespace modcore::compiler {

class RegexCollector {
 public:
  RegexCollector(runtime::MatchPlan& plan, diag::Sink& sink) : plan_(plan), sink_(sink) {}

  // Returns its index into MatchPlan::regexes; 0 after a reported error. What is
  // searched for of it as literals goes to `literals`.
  std::uint32_t add(const ir::Item& item, const std::string& pattern, runtime::ItemRef ref,
                    LiteralCollectors& literals);
  // Compiles the filters.
  void finish(LiteralCollectors& literals);

 private:
  [[nodiscard]] bool lower_to_literals(std::uint32_t regex, const regex::Analysis& analysis,
                                       LiteralCollectors& literals);
  [[nodiscard]] bool lower_to_digits(std::uint32_t regex, const regex::Analysis& analysis,
                                     LiteralCollectors& literals);
  [[nodiscard]] bool within_budget(const ir::Item& item, const regex::Analysis& analysis);
  void filter(std::uint32_t regex, regex::Narrowing narrowing, bool folded);
  [[nodiscard]] static std::vector<std::string> spelled(const regex::RequiredSpelling& spelling);
  void lower_to_spellings(LiteralCollectors& literals);
  [[nodiscard]] bool report(const ir::Item& item, const runtime::RegexProgram::Compilation& compiled);

  // A regex that a filter looks for, at first in all texts that hold a character.
  struct Filtered {
    std::uint32_t regex = 0;
    bool folded = false;
    bool is_spelled = false;
    std::string needs;  // characters without all of which there is no match; a 0: none is needed
    char also = 0;      // one without which there is none either; 0: none is known
    regex::AsciiSet behind = ~regex::AsciiSet{};  // of ASCII, one of these behind one of `needs`
    std::vector<std::string> spelled;
    regex::Narrowing narrowing;
  };
  void search_marked_directly();
  void route(Filtered& one);

  // What a RegexFilter is made of; parallel to its `regexes`.
  struct FilterPatterns {
    std::vector<std::string> ascii, utf8;
    std::vector<std::string> needs;
    std::set<char> also;
    regex::AsciiSet behind;
  };
  void compile_filter(runtime::RegexFilter& filter, FilterPatterns& patterns);
  [[nodiscard]] static bool compile_both(runtime::RegexFilter& filter, const FilterPatterns& patterns);
  [[nodiscard]] runtime::Database compile_all(runtime::RegexFilter& filter, FilterPatterns& patterns,
                                              bool ascii);
  static void choose_characters(runtime::RegexFilter& filter, const FilterPatterns& patterns);
  void run_directly(std::uint32_t regex);
  void share(std::uint32_t regex, const std::string& pattern, ir::Tolerance tolerance);

  runtime::MatchPlan& plan_;
  diag::Sink& sink_;
  std::vector<Filtered> filtered_;
  std::array<FilterPatterns, runtime::filter_count> patterns_;
  std::uint64_t states_ = 0;  // of all that Hyperscan compiles
  std::unordered_map<std::string, std::uint32_t> first_;  // by tolerance and pattern
  std::uint32_t shared_ = 0;                              // how many are
};

}  // namespace modcore::compiler
