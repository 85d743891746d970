#include "cli/decision_text.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "cli/summary.hpp"

namespace modcore::cli {
namespace {

constexpr std::size_t label_width = 10;
constexpr std::size_t most_evidence = 4;

// Collects the lines of one decision.
class Writer {
 public:
  Writer(const Post& post, const Decision& decision, const Palette& palette)
      : post_(post), decision_(decision), palette_(palette) {}

  std::string write() {
    headline();
    text("title", post_.title);
    text("body", post_.body);
    other_fields();
    for (const FiredRule& fired : decision_.fired) rule(fired);
    for (const CrossedThreshold& crossed : decision_.crossed) {
      if (is_strongest(crossed)) threshold(crossed);
    }
    for (const SuppressedRule& s : decision_.suppressed) {
      line("spared", fmt::format("{} by {}", s.rule, s.by));
    }
    for (const ShadowRule& shadow : decision_.shadow) {
      line("shadow", fmt::format("{} would make it {}", shadow.rule,
                                 paint_verdict(palette_, shadow.would_be)));
    }
    for (const Route& to : decision_.routes) route(to);
    if (const std::string_view reason = decision_.reason(lang()); !reason.empty()) {
      line("reason", palette_.paint(Ink::bold, printable(reason)));
    }
    for (const std::string& limit : decision_.limits) line("limit", printable(limit));
    return std::move(out_) + '\n';
  }

 private:
  [[nodiscard]] std::string_view lang() const { return post_.message.lang.value_or(""); }

  void line(std::string_view label, std::string_view text) {
    out_ += fmt::format("  {}{}\n", palette_.paint(Ink::dim, padded(label, label_width)), text);
  }

  void headline() {
    std::string about;
    if (post_.author.name) about += " by " + shortened(printable(*post_.author.name), 40);
    if (post_.channel.name) about += " in " + shortened(printable(*post_.channel.name), 40);
    const bool held = decision_.hidden && decision_.verdict == Verdict::escalate;
    const std::string id = decision_.id.empty() ? "post" : shortened(printable(decision_.id), 80);
    out_ += fmt::format("{} {}{}{}\n",
                        paint_verdict(palette_, decision_.verdict, label_width + 1),
                        palette_.paint(Ink::bold, id), palette_.paint(Ink::dim, about),
                        held ? ", held meanwhile" : "");
  }

  void text(std::string_view field, std::string_view text) {
    if (text.empty()) return;
    std::vector<ByteRange> ranges;
    for (const FiredRule& fired : decision_.fired) {
      for (const Evidence& e : fired.evidence) {
        if (e.field == field) ranges.push_back({e.begin, e.end});
      }
    }
    line(field, highlighted(text, std::move(ranges), palette_));
  }

  // Evidence in fields that are not shown whole: author.name, attachment.names...
  void other_fields() {
    std::set<std::tuple<std::string_view, std::string_view>> shown;
    for (const FiredRule& fired : decision_.fired) {
      for (const Evidence& e : fired.evidence) {
        if (e.field == "title" || e.field == "body" || !shown.insert({e.field, e.text}).second) continue;
        line(printable(e.field), highlighted(e.text, {{0, e.text.size()}}, palette_));
      }
    }
  }

  void rule(const FiredRule& fired) {
    std::string what = palette_.paint(Ink::bold, fired.rule);
    if (const std::string_view title = fired.title.in({}); !title.empty()) {
      what += fmt::format(": {}", printable(title));
    }
    std::string facts = fired.category;
    if (fired.verdict) facts += fmt::format(", {}", to_string(*fired.verdict));
    if (fired.points != 0) facts += fmt::format(", {:+} points", fired.points);
    if (!fired.guideline.empty()) facts += ", " + fired.guideline;
    line("rule", fmt::format("{} {}{}", what, palette_.paint(Ink::dim, '(' + printable(facts) + ')'),
                             items(fired)));
  }

  // What the rule was looking for when it matched.
  static std::string items(const FiredRule& fired) {
    std::vector<std::string_view> names;
    for (const Evidence& e : fired.evidence) {
      const std::string_view name = e.item.empty() ? e.pattern : e.item;
      if (std::ranges::count(names, name) == 0) names.push_back(name);
    }
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most_evidence); ++i) {
      out += (i == 0 ? " " : ", ") + shortened(printable(names[i]), 60);
    }
    return names.size() > most_evidence ? out + ", ..." : out;
  }

  // Points that reach `hide` have passed `flag`; that goes without saying.
  [[nodiscard]] bool is_strongest(const CrossedThreshold& crossed) const {
    return std::ranges::none_of(decision_.crossed, [&](const CrossedThreshold& other) {
      return other.category == crossed.category && other.verdict > crossed.verdict;
    });
  }

  void threshold(const CrossedThreshold& crossed) {
    std::string rules;
    for (const std::string& rule : crossed.rules) rules += (rules.empty() ? "" : ", ") + rule;
    line("points", fmt::format("{} {} reach {} ({})", crossed.category, crossed.points,
                               to_string(crossed.verdict), rules));
  }

  void route(const Route& route) {
    std::string text = route.to;
    if (route.within) text += " within " + duration_text(*route.within);
    if (route.urgency != Urgency::normal) text += fmt::format(", urgency {}", to_string(route.urgency));
    line("route", text);
  }

  const Post& post_;
  const Decision& decision_;
  const Palette& palette_;
  std::string out_;
};

}  // namespace

std::string render_decision(const Post& post, const Decision& decision, const Palette& palette) {
  return Writer(post, decision, palette).write();
}

std::string duration_text(std::chrono::seconds duration) {
  const auto count = duration.count();
  if (count != 0 && count % 86400 == 0) {
    return fmt::format("{} day{}", count / 86400, count == 86400 ? "" : "s");
  }
  if (count != 0 && count % 3600 == 0) return fmt::format("{} h", count / 3600);
  if (count != 0 && count % 60 == 0) return fmt::format("{} min", count / 60);
  return fmt::format("{} s", count);
}

}  // namespace modcore::cli
