#include "pack_items.hpp"

#include <set>
#include <string_view>
#include <variant>

namespace bench {
namespace {

using namespace modcore;

template <class Each>
void for_each_item(const runtime::MatchPlan& plan, const Each& each) {
  for (const auto& pattern : plan.patterns) {
    for (const auto& item : pattern.items) each(item.what);
  }
}

// Empty without a plain word.
std::string longest_run(const ir::WordSequence& sequence) {
  std::string longest;
  std::string run = " ";
  const auto end_run = [&] {
    if (run.size() > 1 && run.size() > longest.size()) longest = run;
    run = " ";
  };
  for (const ir::WordElement element : sequence) {
    const ir::WordPattern* word = element.word();
    if (word == nullptr || word->accents.size() != 1) {
      end_run();
    } else {
      run += word->accents.front() + " ";
    }
  }
  end_run();
  return longest;
}

// ---- As regular expressions ----

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}#-").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string regex_of(const ir::WordPattern& word) {
  std::string out = escaped(word.cased.front());
  for (std::size_t i = 1; i < word.cased.size(); ++i) out += "\\w*" + escaped(word.cased[i]);
  return out;
}

std::string regex_of(const ir::WordSequence& sequence) {
  std::string out = "\\b";
  std::string between;
  for (const ir::WordElement element : sequence) {
    if (const ir::Gap* gap = element.gap()) {
      between = "\\W+(?:\\w+\\W+){" + std::to_string(gap->minimum) + "," + std::to_string(gap->maximum) + "}";
      continue;
    }
    out += between + regex_of(*element.word());
    between = "\\W+";
  }
  return out + "\\b";
}

std::string with_separators(std::string_view digits) {
  std::string out;
  for (const char digit : digits) out += (out.empty() ? "" : "[ ./()-]*") + std::string(1, digit);
  return out;
}

struct Regexes {
  std::set<std::string> all;

  void operator()(const ir::WordsItem& item) {
    for (const ir::WordSequence& sequence : item.alternatives) all.insert(regex_of(sequence));
  }
  void operator()(const ir::SubstringItem& item) { all.insert(escaped(item.cased)); }
  void operator()(const ir::RegexItem& item) { all.insert(item.pattern); }
  void operator()(const ir::DomainItem& item) { all.insert("\\b" + escaped(item.host + item.path) + "\\b"); }
  void operator()(const ir::NumberItem& item) { all.insert(with_separators(item.digits)); }
  void operator()(const ir::EmojiItem&) {}
};

}  // namespace

std::size_t count_items(const runtime::MatchPlan& plan) {
  std::size_t count = 0;
  for_each_item(plan, [&](const auto& item) {
    const auto* words = std::get_if<ir::WordsItem>(&item);
    count += words != nullptr ? words->alternatives.size() : 1;
  });
  return count;
}

std::vector<std::string> longest_runs(const runtime::MatchPlan& plan) {
  std::set<std::string> runs;
  for_each_item(plan, [&](const auto& item) {
    const auto* words = std::get_if<ir::WordsItem>(&item);
    if (words == nullptr) return;
    for (const ir::WordSequence& sequence : words->alternatives) runs.insert(longest_run(sequence));
  });
  runs.erase("");
  return {runs.begin(), runs.end()};
}

std::vector<std::string> as_regexes(const runtime::MatchPlan& plan) {
  Regexes regexes;
  for_each_item(plan, [&](const auto& item) { std::visit(regexes, item); });
  regexes.all.erase("");
  return {regexes.all.begin(), regexes.all.end()};
}

}  // namespace bench
