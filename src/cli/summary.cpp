#include "cli/summary.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

namespace modcore::cli {
namespace {

constexpr std::size_t most_ids = 12;
constexpr std::size_t most_rows = 40;
constexpr std::size_t most_notices = 100;
constexpr std::size_t bar_width = 24;
constexpr std::array verdicts{Verdict::allow, Verdict::flag, Verdict::hide, Verdict::escalate};

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::allow: return Ink::green;
    case Verdict::flag: return Ink::yellow;
    case Verdict::hide: return Ink::red;
    case Verdict::escalate: return Ink::magenta;
  }
  return Ink::plain;
}

// Counts a text of strangers, of which there may be any number.
void count(std::map<std::string, std::size_t>& counts, const std::string& text, std::size_t times) {
  if (counts.contains(text) || counts.size() < most_notices) counts[text] += times;
}

// Writes the table line by line.
class Table {
 public:
  Table(const Summary& summary, const Palette& palette, std::size_t name_width)
      : summary_(summary), palette_(palette), name_width_(name_width) {}

  void heading(std::string_view text) { out_ += fmt::format("\n{}\n", palette_.paint(Ink::bold, text)); }

  // `name` may hold colours; `width` is what it takes on the screen.
  void row(std::string_view name, std::size_t width, std::size_t count, std::string_view note = {}) {
    const double share = static_cast<double>(count) / static_cast<double>(summary_.posts);
    const auto bar = static_cast<std::size_t>(share * static_cast<double>(bar_width) + 0.5);
    std::string line = fmt::format("  {}{} {:>7} {:>6.1f} % ", name,
                                   std::string(width < name_width_ ? name_width_ - width : 0, ' '),
                                   count, share * 100);
    std::string blocks;
    for (std::size_t i = 0; i < std::max<std::size_t>(bar, count > 0 ? 1 : 0); ++i) blocks += "▪";
    line += ' ' + palette_.paint(Ink::dim, blocks);
    if (!note.empty()) line += std::string(bar_width + 1 - std::max<std::size_t>(bar, 1), ' ') + std::string(note);
    out_ += line + '\n';
  }

  void line(std::string_view text) { out_ += fmt::format("  {}\n", text); }

  std::string take() { return std::move(out_); }

 private:
  const Summary& summary_;
  const Palette& palette_;
  std::size_t name_width_;
  std::string out_;
};

template <typename Map, typename Count>
auto by_count(const Map& map, Count count) {
  std::vector<std::pair<std::string, typename Map::mapped_type>> rows(map.begin(), map.end());
  std::ranges::stable_sort(rows, std::greater(), [&](const auto& row) { return count(row.second); });
  return rows;
}

std::size_t widest_name(const Summary& summary) {
  std::size_t width = 9;
  for (const auto& [name, count] : summary.categories) width = std::max(width, columns(name));
  for (const auto& [name, count] : summary.rules) width = std::max(width, columns(name));
  return width;
}

void add_rules(Table& table, const Summary& summary, const Palette& palette) {
  const auto rows = by_count(summary.rules, [](const RuleCount& rule) { return rule.posts; });
  std::size_t shown = 0;
  for (const auto& [name, rule] : rows) {
    if (shown++ == most_rows) {
      table.line(fmt::format("and {} more rules", rows.size() - most_rows));
      return;
    }
    table.row(name, columns(name), rule.posts,
              rule.verdict ? paint_verdict(palette, *rule.verdict) : "points only");
  }
}

void add_agreement(Table& table, const Summary& summary, const Palette& palette) {
  const double share = static_cast<double>(summary.agreed) / static_cast<double>(summary.expected);
  table.heading("agreement with x-expect");
  table.line(fmt::format("{} of {} posts ({:.1f} %)", summary.agreed, summary.expected, share * 100));
  for (const auto& [verdicts_of, disagreement] : summary.disagreements) {
    std::string ids;
    for (const std::string& id : disagreement.ids) ids += (ids.empty() ? "" : ", ") + id;
    if (disagreement.count > disagreement.ids.size()) ids += ", ...";
    table.line(fmt::format("expected {} got {} {:>5}  {}", paint_verdict(palette, verdicts_of.first, 8),
                           paint_verdict(palette, verdicts_of.second, 8), disagreement.count, ids));
  }
}

std::string headline(const Summary& summary, std::chrono::nanoseconds elapsed,
                     const Palette& palette) {
  const double seconds = std::max(std::chrono::duration<double>(elapsed).count(), 1e-6);
  const double posts = static_cast<double>(summary.posts);
  const double each = std::chrono::duration<double, std::micro>(summary.scanning).count() / posts;
  return fmt::format(
      "\n{} in {:.2f} s: {:.0f} posts a second, {:.1f} MB a second, {:.1f} µs in the engine for each\n",
      palette.paint(Ink::bold, fmt::format("{} post{}", summary.posts, summary.posts == 1 ? "" : "s")), seconds, posts / seconds,
      static_cast<double>(summary.bytes) / 1e6 / seconds, each);
}

void add_remarks(Table& table, const Summary& summary) {
  if (summary.undetermined > 0) {
    std::string names;
    const auto rows = by_count(summary.missing, [](std::size_t count) { return count; });
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 6); ++i) {
      names += (i == 0 ? "" : ", ") + rows[i].first;
    }
    table.line(fmt::format("{} posts lacked facts that a rule needed: {}{}", summary.undetermined,
                           names, rows.size() > 6 ? ", ..." : ""));
  }
  if (summary.limited > 0) {
    table.line(fmt::format("{} posts reached a limit, see `limits` in their decisions", summary.limited));
  }
  if (summary.bad_lines > 0) {
    table.line(fmt::format("{} lines could not be read", summary.bad_lines));
  }
}

}  // namespace

std::string paint_verdict(const Palette& palette, Verdict verdict, std::size_t width) {
  return palette.paint(ink_of(verdict), padded(to_string(verdict), width));
}

void Summary::add(const Decision& decision) {
  ++posts;
  ++verdicts[static_cast<std::size_t>(decision.verdict)];
  std::set<std::string_view> spoke;
  for (const FiredRule& fired : decision.fired) {
    RuleCount& rule = rules[fired.rule];
    ++rule.posts;
    rule.verdict = fired.verdict;
    if (fired.verdict != Verdict::allow) spoke.insert(fired.category);
  }
  for (const CrossedThreshold& crossed : decision.crossed) spoke.insert(crossed.category);
  for (const std::string_view category : spoke) ++categories[std::string(category)];

  std::set<std::string_view> lacking;
  for (const UndeterminedRule& rule : decision.undetermined) {
    lacking.insert(rule.missing.begin(), rule.missing.end());
  }
  for (const std::string_view name : lacking) ++missing[std::string(name)];
  undetermined += decision.undetermined.empty() ? 0U : 1U;
  limited += decision.limits.empty() ? 0U : 1U;
}

void Summary::expect(Verdict wanted, const Decision& decision) {
  ++expected;
  if (wanted == decision.verdict) {
    ++agreed;
    return;
  }
  Disagreement& disagreement = disagreements[{wanted, decision.verdict}];
  ++disagreement.count;
  if (disagreement.ids.size() < most_ids) {
    disagreement.ids.push_back(shortened(printable(decision.id), 40));
  }
}

void Summary::unknown_key(const std::string& key) { count(unknown_keys, key, 1); }

void Summary::notice(const std::string& text) { count(notices, text, 1); }

void Summary::merge(Summary&& other) {
  posts += other.posts;
  bytes += other.bytes;
  bad_lines += other.bad_lines;
  for (std::size_t i = 0; i < verdicts.size(); ++i) verdicts[i] += other.verdicts[i];
  for (const auto& [name, times] : other.categories) categories[name] += times;
  for (const auto& [name, rule] : other.rules) {
    rules[name].posts += rule.posts;
    rules[name].verdict = rule.verdict;
  }
  undetermined += other.undetermined;
  for (const auto& [name, times] : other.missing) missing[name] += times;
  limited += other.limited;
  expected += other.expected;
  agreed += other.agreed;
  for (auto& [key, theirs] : other.disagreements) {
    Disagreement& ours = disagreements[key];
    ours.count += theirs.count;
    const std::size_t room = most_ids - ours.ids.size();
    const auto last = theirs.ids.begin() +
                      static_cast<std::ptrdiff_t>(std::min(room, theirs.ids.size()));
    std::move(theirs.ids.begin(), last, std::back_inserter(ours.ids));
  }
  for (const auto& [key, posts_of] : other.unknown_keys) count(unknown_keys, key, posts_of);
  for (const auto& [text, posts_of] : other.notices) count(notices, text, posts_of);
  scanning += other.scanning;
}

std::string render_summary(const Summary& summary, std::chrono::nanoseconds elapsed,
                           const Palette& palette) {
  if (summary.posts == 0) return "\nno posts\n";
  Table table(summary, palette, widest_name(summary));
  table.heading("verdict");
  for (const Verdict verdict : verdicts) {
    const std::string_view word = to_string(verdict);
    table.row(paint_verdict(palette, verdict), word.size(),
              summary.verdicts[static_cast<std::size_t>(verdict)]);
  }
  if (!summary.categories.empty()) {
    table.heading("category");
    for (const auto& [name, count] : by_count(summary.categories, [](std::size_t n) { return n; })) {
      table.row(name, columns(name), count);
    }
  }
  if (!summary.rules.empty()) {
    table.heading("rule");
    add_rules(table, summary, palette);
  }
  if (summary.expected > 0) add_agreement(table, summary, palette);
  if (summary.undetermined + summary.limited + summary.bad_lines > 0) {
    table.heading("remarks");
    add_remarks(table, summary);
  }
  return table.take() + headline(summary, elapsed, palette);
}

}  // namespace modcore::cli
