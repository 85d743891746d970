// After E. W. Myers, "An O(ND) difference algorithm" (1986).
#include "cli/line_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

namespace modcore::cli {
namespace {

constexpr std::size_t context = 3;
// Beyond so many changed lines the middle is shown as replaced as a whole.
constexpr std::int64_t most_changes = 1000;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1);
    lines.push_back(text.substr(begin, end - begin + 1));
    begin = end + 1;
  }
  return lines;
}

struct Step {
  char sign = ' ';  // ' ', '-' or '+'
  std::string_view line;
};

class Myers {
 public:
  Myers(const Lines& a, const Lines& b) : a_(a), b_(b) {}

  std::vector<Step> steps() {
    const auto total = static_cast<std::int64_t>(a_.size() + b_.size());
    const std::int64_t most = std::min(total, most_changes);
    offset_ = most + 1;
    std::vector<std::int64_t> furthest(static_cast<std::size_t>(2 * offset_ + 1), 0);
    for (std::int64_t d = 0; d <= most; ++d) {
      trace_.push_back(furthest);
      if (advance(furthest, d)) return walk_back(d);
    }
    return replaced();
  }

 private:
  [[nodiscard]] std::size_t at(std::int64_t diagonal) const {
    return static_cast<std::size_t>(diagonal + offset_);
  }

  [[nodiscard]] bool goes_down(const std::vector<std::int64_t>& furthest, std::int64_t k,
                               std::int64_t d) const {
    return k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
  }

  bool advance(std::vector<std::int64_t>& furthest, std::int64_t d) const {
    const auto width = static_cast<std::int64_t>(a_.size());
    const auto height = static_cast<std::int64_t>(b_.size());
    for (std::int64_t k = -d; k <= d; k += 2) {
      std::int64_t x = goes_down(furthest, k, d) ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
      std::int64_t y = x - k;
      while (x < width && y < height && same(x, y)) {
        ++x;
        ++y;
      }
      furthest[at(k)] = x;
      if (x >= width && y >= height) return true;
    }
    return false;
  }

  [[nodiscard]] bool same(std::int64_t x, std::int64_t y) const {
    return a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(y)];
  }

  std::vector<Step> walk_back(std::int64_t changes) const {
    std::vector<Step> steps;
    auto x = static_cast<std::int64_t>(a_.size());
    auto y = static_cast<std::int64_t>(b_.size());
    for (std::int64_t d = changes; d > 0; --d) {
      const std::vector<std::int64_t>& furthest = trace_[static_cast<std::size_t>(d)];
      const std::int64_t k = x - y;
      const bool down = goes_down(furthest, k, d);
      const std::int64_t before = furthest[at(down ? k + 1 : k - 1)];
      const std::int64_t before_y = before - (down ? k + 1 : k - 1);
      for (; x > before && y > before_y; --y)
        steps.push_back({' ', a_[static_cast<std::size_t>(--x)]});
      if (down) {
        steps.push_back({'+', b_[static_cast<std::size_t>(--y)]});
      } else {
        steps.push_back({'-', a_[static_cast<std::size_t>(--x)]});
      }
    }
    while (x > 0) steps.push_back({' ', a_[static_cast<std::size_t>(--x)]});
    std::ranges::reverse(steps);
    return steps;
  }

  [[nodiscard]] std::vector<Step> replaced() const {
    std::vector<Step> steps;
    for (const std::string_view line : a_) steps.push_back({'-', line});
    for (const std::string_view line : b_) steps.push_back({'+', line});
    return steps;
  }

  const Lines& a_;
  const Lines& b_;
  std::int64_t offset_ = 0;
  std::vector<std::vector<std::int64_t>> trace_;
};

Ink ink_of(char sign) {
  if (sign == '+') return Ink::green;
  return sign == '-' ? Ink::red : Ink::plain;
}

std::string shown(const Step& step, const Palette& palette) {
  std::string_view line = step.line;
  const bool ended = line.ends_with('\n');
  if (ended) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::string out = palette.paint(ink_of(step.sign), step.sign + printable(line)) + '\n';
  if (!ended) out += "\\ No newline at end of file\n";
  return out;
}

class Hunks {
 public:
  Hunks(const std::vector<Step>& steps, const Palette& palette)
      : steps_(steps), palette_(palette) {}

  std::string write() {
    std::size_t begin = 0;
    while ((begin = next_change(begin)) < steps_.size()) {
      const std::size_t end = end_of_hunk(begin);
      const std::size_t from = begin < context ? 0 : begin - context;
      hunk(std::max(from, done_), std::min(end + context, steps_.size()));
      begin = done_;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t next_change(std::size_t at) const {
    while (at < steps_.size() && steps_[at].sign == ' ') ++at;
    return at;
  }

  // Changes that are close stand in one hunk.
  [[nodiscard]] std::size_t end_of_hunk(std::size_t at) const {
    std::size_t end = at;
    for (std::size_t next = at; next < steps_.size() && next <= end + 2 * context; ++next) {
      if (steps_[next].sign != ' ') end = next + 1;
    }
    return end;
  }

  void hunk(std::size_t begin, std::size_t end) {
    std::string body;
    const std::size_t lines_before = before_ + count(done_, begin, '-');
    const std::size_t lines_after = after_ + count(done_, begin, '+');
    const std::size_t old_lines = count(begin, end, '-');
    const std::size_t new_lines = count(begin, end, '+');
    for (std::size_t i = begin; i < end; ++i) body += shown(steps_[i], palette_);
    out_ += fmt::format("@@ -{},{} +{},{} @@\n{}", lines_before + (old_lines > 0 ? 1 : 0),
                        old_lines, lines_after + (new_lines > 0 ? 1 : 0), new_lines, body);
    before_ = lines_before + old_lines;
    after_ = lines_after + new_lines;
    done_ = end;
  }

  // Lines of one side: those that stay, and those with its sign.
  [[nodiscard]] std::size_t count(std::size_t begin, std::size_t end, char sign) const {
    std::size_t number = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (steps_[i].sign == ' ' || steps_[i].sign == sign) ++number;
    }
    return number;
  }

  const std::vector<Step>& steps_;
  const Palette& palette_;
  std::string out_;
  std::size_t done_ = 0;
  std::size_t before_ = 0;
  std::size_t after_ = 0;
};

}  // namespace

std::string line_diff(std::string_view before, std::string_view after, std::string_view name,
                      const Palette& palette) {
  if (before == after) return {};
  const Lines a = lines_of(before);
  const Lines b = lines_of(after);
  const std::vector<Step> steps = Myers(a, b).steps();
  const std::string file = printable(name);
  return palette.paint(Ink::bold, "--- " + file) + '\n' + palette.paint(Ink::bold, "+++ " + file) +
         '\n' + Hunks(steps, palette).write();
}

}  // namespace modcore::cli
