// Runs texts through the rules' own patterns and tells which items match where.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ir/rule_set.hpp"
#include "regex/node.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/post_text.hpp"
#include "runtime/search.hpp"

namespace modcore::lint {

// A match of an item in one of the texts, before `at`.
struct Hit {
  std::uint32_t text = 0;  // which one
  runtime::ItemRef item;
  text::Range range;  // in the text
  bool excused = false;  // the `except` of its pattern cancels it
};

class ItemScan {
 public:
  explicit ItemScan(const runtime::MatchPlan& plan);

  // Searches each text by itself, many at a time, as the body of a post of that
  // language. Only matches that lie within one text are told. Patterns that are
  // never searched in a body or title find nothing.
  void run(std::span<const std::string_view> texts, std::string_view language,
           const std::function<void(const Hit&)>& tell);

 private:
  void search(std::span<const std::string_view> texts, std::uint32_t first, std::string_view language,
              const std::function<void(const Hit&)>& tell);
  void tell_matches(std::uint32_t pattern, std::uint32_t first,
                    const std::function<void(const Hit&)>& tell);
  [[nodiscard]] bool excused(const runtime::Match& match);
  void read_regexes();
  void leave_out_impossible(std::span<const std::string_view> texts);

  const runtime::MatchPlan& plan_;
  std::vector<std::uint32_t> waiting_;  // patterns that are searched for when asked
  // Regexes that are run over whole texts, as far as they are understood.
  std::vector<std::pair<std::uint32_t, regex::Node>> regexes_;
  runtime::PostText post_;
  runtime::Search search_;
  bool needs_title_ = false;  // some pattern is searched in titles only
  std::string joined_;
  std::vector<text::Range> places_;  // of the texts in `joined_`
};

}  // namespace modcore::lint
