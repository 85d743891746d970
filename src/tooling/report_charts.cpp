#include "tooling/report_charts.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "tooling/html.hpp"

namespace modcore::tooling {
namespace {

constexpr double width = 1000;  // of a plot, in its own units

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string rect(std::string_view kind, double x, double w, std::string_view title) {
  return fmt::format("<rect class=\"{}\" x=\"{:.2f}\" width=\"{:.2f}\" height=\"20\"><title>{}</title></rect>", kind, x,
                     w, html_text(title));
}

}  // namespace

std::string verdict_bar(const BacktestReport& report) {
  std::string rects;
  std::string told;
  std::string legend;
  double x = 0;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const std::string_view verdict = to_string(static_cast<Verdict>(i));
    const std::uint64_t posts = report.verdicts[i];
    const double w = width * share(posts, report.posts);
    const std::string text = fmt::format("{}: {} posts, {}", verdict, grouped(posts), percent(posts, report.posts));
    // What is there must be seen, however few.
    if (posts > 0) rects += rect(verdict, std::min(x, width - 3), std::max(w, 3.0), text);
    told += (told.empty() ? "" : "; ") + text;
    legend += fmt::format("<li><span class=\"key {0}\"></span>{0} <b>{1}</b> <span class=\"soft\">{2}</span></li>", verdict,
                          grouped(posts), percent(posts, report.posts));
    x += w;
  }
  return fmt::format("<svg class=\"bar\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" "
                     "height=\"36\">{}</svg><ul class=\"legend\">{}</ul>",
                     html_attribute(told), rects, legend);
}

std::string row_bar(const BacktestRow& row, std::uint64_t most) {
  const std::uint64_t unlabelled = row.posts - std::min(row.posts, row.right + row.wrong);
  struct Part {
    std::string_view kind;
    std::uint64_t posts;
    std::string_view name;
  };
  std::string rects = "<rect class=\"track\" width=\"1000\" height=\"20\"/>";
  double x = 0;
  for (const Part& part : {Part{"right", row.right, "rightly caught"}, Part{"wrong", row.wrong, "wrongly caught"},
                           Part{"plain", unlabelled, "without a label"}}) {
    if (part.posts == 0) continue;
    const double w = std::max(width * share(part.posts, most), 3.0);
    rects += rect(part.kind, x, w, fmt::format("{} {}", grouped(part.posts), part.name));
    x += w;
  }
  return fmt::format("<svg class=\"bar\" role=\"img\" aria-label=\"{} rightly, {} wrongly, {} without a label\" "
                     "viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\">{}</svg>",
                     row.right, row.wrong, unlabelled, rects);
}

std::string rate_plot(const Rate& rate, std::string_view kind) {
  std::string marks = "<line class=\"scale\" x1=\"0\" x2=\"1000\" y1=\"10\" y2=\"10\"/>";
  for (const int tick : {0, 250, 500, 750, 1000}) {
    marks += fmt::format("<line class=\"axis\" x1=\"{0}\" x2=\"{0}\" y1=\"0\" y2=\"20\"/>", tick);
  }
  if (rate.of > 0) {
    marks += fmt::format("<line class=\"whisker\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"10\" y2=\"10\"/>", width * rate.low,
                         width * rate.high);
    marks += fmt::format("<line class=\"point\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"10\" y2=\"10\"/>", width * rate.value);
  }
  return fmt::format("<svg class=\"dot {0}\" role=\"img\" aria-label=\"{0} {1}\" viewBox=\"0 0 1000 20\" "
                     "preserveAspectRatio=\"none\">{2}</svg>",
                     kind, with_interval(rate), marks);
}

std::string overlap_matrix(const BacktestReport& report, std::size_t most) {
  std::map<std::string_view, std::uint64_t> posts;
  for (const BacktestRow& row : report.rules) posts[row.name] = row.posts;
  std::map<std::string_view, std::uint64_t> shared;
  for (const Overlap& overlap : report.overlaps) {
    shared[overlap.first] += overlap.posts;
    shared[overlap.second] += overlap.posts;
  }
  std::vector<std::string_view> names;
  for (const auto& entry : shared) names.push_back(entry.first);
  std::ranges::stable_sort(names, [&](std::string_view a, std::string_view b) { return shared[a] > shared[b]; });
  if (names.size() > most) names.resize(most);
  std::ranges::sort(names);

  constexpr double cell = 26;
  constexpr double left = 250;
  std::string out;
  for (std::size_t row = 0; row < names.size(); ++row) {
    const double y = 24 + cell * static_cast<double>(row);
    out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} <tspan class=\"soft-text\">{}</tspan></text>", left - 8,
                       y + 17, html_text(names[row].substr(0, 34)), row + 1);
    out += fmt::format("<text class=\"soft-text\" x=\"{}\" y=\"14\" text-anchor=\"middle\">{}</text>",
                       left + cell * static_cast<double>(row) + cell / 2, row + 1);
  }
  for (std::size_t row = 0; row < names.size(); ++row) {
    for (std::size_t column = 0; column < names.size(); ++column) {
      std::uint64_t both = row == column ? posts[names[row]] : 0;
      const auto pair = std::minmax(names[row], names[column]);
      for (const Overlap& overlap : report.overlaps) {
        if (overlap.first == pair.first && overlap.second == pair.second) both = overlap.posts;
      }
      const double part = share(both, posts[names[row]]);
      const std::string title =
          row == column ? fmt::format("{}: {} posts", names[row], grouped(both))
                        : fmt::format("of {} posts of {}, {} also caught {} ({})", grouped(posts[names[row]]), names[row],
                                      names[column], grouped(both), percent(part));
      out += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\"{}><title>{}</title></rect>",
                         both == 0 ? "track" : row == column ? "allow" : "plain", left + cell * static_cast<double>(column),
                         24 + cell * static_cast<double>(row), cell, cell,
                         both == 0 || row == column ? "" : fmt::format(" fill-opacity=\"{:.2f}\"", 0.2 + 0.8 * part),
                         html_text(title));
    }
  }
  const double size = cell * static_cast<double>(names.size());
  return fmt::format("<svg class=\"matrix\" role=\"img\" aria-label=\"Which rules catch the same posts; the table below says the "
                     "same\" viewBox=\"0 0 {} {}\">{}</svg>",
                     left + size + 4, 28 + size, out);
}

}  // namespace modcore::tooling
