// A backtest as one page for people. Everything that is said by colour or by place is
// said in words as well; without scripts all of it shows.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <modcore/corpus.hpp>

#include "tooling/html.hpp"
#include "tooling/report_cards.hpp"
#include "tooling/report_charts.hpp"

namespace modcore {

namespace {

using namespace tooling;

constexpr std::string_view style =
#include "tooling/report_style.inc"
    ;
constexpr std::string_view script =
#include "tooling/report_script.inc"
    ;
// Nothing but this very script may run, whatever a post holds; a test computes it anew.
constexpr std::string_view script_hash = "sha256-2kmdNIUILFFcIunITijKkJsgq7TnPb/47jT5VFe3PF8=";

constexpr std::size_t most_bars = 25;
constexpr std::size_t most_in_matrix = 18;

bool is_labelled(const BacktestReport& report) { return report.positives + report.negatives > 0; }

std::vector<const BacktestRow*> fired_rules(const BacktestReport& report) {
  std::vector<const BacktestRow*> rows;
  for (const BacktestRow& row : report.rules) {
    if (row.posts > 0) rows.push_back(&row);
  }
  std::ranges::stable_sort(rows, std::greater<>(), &BacktestRow::posts);
  return rows;
}

std::string number_card(std::string_view number, std::string_view what) {
  return fmt::format("<li><b>{}</b><span>{}</span></li>", number, what);
}

class Page {
 public:
  explicit Page(const BacktestReport& report) : report_(report), fired_(fired_rules(report)) {}

  std::string render() {
    out_ = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">";
    add("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src '{}'; base-uri 'none'; form-action 'none'\">",
        script_hash);
    add("<title>Backtest of {}</title><style>{}</style></head><body>", title(), style);
    out_ += "<a class=\"skip\" href=\"#rules\">To the rules</a>";
    add_header();
    out_ += "<main>";
    add_verdicts();
    add_budgets();
    add_rates();
    add_bars();
    add_overlaps();
    add_findings();
    add_rules();
    add_missed();
    add_rest();
    out_ += "</main>";
    add("<footer><p>Rules {} · posts {} · intervals are Wilson's, at 95 %.</p></footer>", report_.engine, report_.corpus);
    add("<script>{}</script></body></html>\n", script);
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  [[nodiscard]] std::string title() const {
    return report_.policy.empty() ? "your rules" : html_text(report_.policy);
  }

  void add_header() {
    std::string files;
    for (const std::string& file : report_.files) files += (files.empty() ? "" : ", ") + html_text(file);
    add("<header><div><h1>What {} would do</h1><p class=\"soft\">{} posts of {}{}</p></div>"
        "<button id=\"theme\" type=\"button\" hidden>Dark</button></header>",
        title(), grouped(report_.posts), files,
        report_.shards.size() == report_.shard_count
            ? ""
            : fmt::format(" · parts {} of {}", fmt::join(report_.shards, ", "), report_.shard_count));
  }

  void add_verdicts() {
    const BacktestRow& any = report_.verdict_rows[0];
    const std::uint64_t acted = report_.posts - report_.verdicts[0];
    std::string cards = number_card(grouped(report_.posts), "posts judged");
    cards += number_card(percent(acted, report_.posts), "flagged, hidden or escalated");
    cards += number_card(grouped(report_.verdict_rows[1].posts), "hidden");
    if (is_labelled(report_)) {
      cards += number_card(percent(any.precision().value), "of what was caught was rightly caught");
      cards += number_card(percent(any.recall().value), "of what should be caught was caught");
    }
    add("<ul class=\"numbers\">{}</ul>", cards);
    add("<section aria-labelledby=\"h-verdicts\"><h2 id=\"h-verdicts\">Verdicts</h2>"
        "<p class=\"soft\">What would become of every post.</p>{}</section>",
        verdict_bar(report_));
  }

  void add_budgets() {
    if (report_.budgets.empty()) return;
    std::string items;
    for (const BudgetResult& result : report_.budgets) {
      items += fmt::format("<li><span class=\"sign {}\" aria-hidden=\"true\">{}</span>{}{}</li>", result.met ? "right" : "wrong",
                           result.met ? "✓" : "✗", result.met ? "" : "<b>Exceeded:</b> ", html_text(result.message));
    }
    add("<section aria-labelledby=\"h-budgets\"><h2 id=\"h-budgets\">Budgets</h2><ul class=\"budgets\">{}</ul></section>", items);
  }

  [[nodiscard]] static std::string precision_cell(const BacktestRow& row) {
    if (row.verdict == Verdict::allow || row.right + row.wrong == 0) return "<td class=\"rate soft\">–</td>";
    return rate_cell(row.precision(), "precision");
  }

  [[nodiscard]] static std::string rate_cell(const Rate& rate, std::string_view kind) {
    return fmt::format("<td class=\"rate\">{}<span class=\"soft small\"><b>{}</b> {:.1f} to {:.1f}</span></td>", rate_plot(rate, kind),
                       percent(rate.value), 100 * rate.low, 100 * rate.high);
  }

  void add_bars() {
    if (fired_.empty()) return;
    std::string rows;
    for (std::size_t i = 0; i < std::min(fired_.size(), most_bars); ++i) {
      const BacktestRow& row = *fired_[i];
      rows += fmt::format("<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td class=\"plot\">{}</td><td class=\"n\">{}</td>"
                          "<td class=\"n\">{}</td>{}</tr>",
                          anchor(row.name), html_text(row.name), row_bar(row, fired_.front()->posts), grouped(row.posts),
                          percent(row.posts, report_.posts), is_labelled(report_) ? precision_cell(row) : "");
    }
    add("<section aria-labelledby=\"h-bars\"><h2 id=\"h-bars\">What each rule caught</h2><p class=\"soft\">{} of {} rules fired{}."
        "</p><div class=\"table\"><table><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\"></th>"
        "<th scope=\"col\" class=\"n\">Posts</th><th scope=\"col\" class=\"n\">Share</th>{}</tr></thead><tbody>{}</tbody></table></div>{}"
        "</section>",
        fired_.size(), report_.rules.size(),
        fired_.size() > most_bars ? fmt::format("; the {} busiest are here, all stand below", most_bars) : "",
        is_labelled(report_) ? "<th scope=\"col\" class=\"rate\">Precision</th>" : "", rows,
        is_labelled(report_) ? "<ul class=\"legend\"><li><span class=\"key right\"></span>rightly caught</li><li><span class=\"key "
                               "wrong\"></span>wrongly caught</li><li><span class=\"key plain\"></span>without a label for it</li></ul>"
                             : "");
  }

  static void add_rate_row(std::string& rows, std::string_view name, const BacktestRow& row) {
    if (row.positives + row.negatives == 0) return;
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", html_text(name));
    for (const auto& [rate, kind] : {std::pair(row.precision(), "precision"), std::pair(row.recall(), "recall"), std::pair(row.f1(), "f1")}) {
      rows += rate.of == 0 ? "<td class=\"rate soft\">–</td>" : rate_cell(rate, kind);
    }
    rows += "</tr>";
  }

  void add_rates() {
    if (!is_labelled(report_)) return;
    std::string rows;
    add_rate_row(rows, "All rules together", report_.verdict_rows[0]);
    add_rate_row(rows, "What they hide", report_.verdict_rows[1]);
    for (const BacktestRow& row : report_.categories) add_rate_row(rows, row.name, row);
    add("<section aria-labelledby=\"h-rates\"><h2 id=\"h-rates\">How right they are</h2><p class=\"soft\">Precision: how much of what "
        "was caught should be. Recall: how much of what should be caught was. F1 weighs both. The line is the 95 % interval: "
        "the fewer posts, the longer. {} posts are labelled as to be caught, {} as to be left alone.</p><div class=\"table\"><table>"
        "<thead><tr><th scope=\"col\"></th><th scope=\"col\" class=\"rate\">Precision</th><th scope=\"col\" class=\"rate\">Recall</th>"
        "<th scope=\"col\" class=\"rate\">F1</th></tr>"
        "</thead><tbody>{}</tbody></table></div></section>",
        grouped(report_.positives), grouped(report_.negatives), rows);
  }

  void add_overlaps() {
    if (report_.overlaps.empty()) return;
    std::vector<const Overlap*> largest;
    for (const Overlap& overlap : report_.overlaps) largest.push_back(&overlap);
    std::ranges::stable_sort(largest, std::greater<>(), &Overlap::posts);
    std::string rows;
    for (std::size_t i = 0; i < std::min<std::size_t>(largest.size(), 30); ++i) {
      rows += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td></tr>", html_text(largest[i]->first),
                          html_text(largest[i]->second), grouped(largest[i]->posts));
    }
    add("<section aria-labelledby=\"h-overlap\"><h2 id=\"h-overlap\">Rules that catch the same posts</h2><p class=\"soft\">The stronger the "
        "colour, the more of the posts of the rule at the left the other caught too.</p>{}<details><summary>As a table</summary>"
        "<table><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">and</th><th scope=\"col\" class=\"n\">Posts</th></tr></thead>"
        "<tbody>{}</tbody></table></details></section>",
        overlap_matrix(report_, most_in_matrix), rows);
  }

  // Rules that caught nothing stand at the end of the page.
  void add_findings() {
    std::string items;
    for (const Diagnostic& one : findings(report_)) {
      if (one.id != "M711") continue;
      items += fmt::format("<li><a href=\"#{}\">{}</a> {}</li>", anchor(one.rule), html_text(one.id), html_text(one.message));
    }
    if (items.empty()) return;
    add("<section aria-labelledby=\"h-noisy\"><h2 id=\"h-noisy\">Rules to look at</h2><p class=\"soft\">They catch a large share of "
        "ordinary posts.</p><ul>{}</ul></section>",
        items);
  }

  void add_rules() {
    if (fired_.empty()) return;
    std::set<std::string_view> categories;
    std::set<std::string_view> verdicts;
    bool mistakes = false;
    for (const BacktestRow* row : fired_) {
      categories.insert(row->category);
      verdicts.insert(verdict_word(*row));
      mistakes |= row->wrong > 0;
    }
    out_ += "<section id=\"rules\" aria-labelledby=\"h-rules\"><h2 id=\"h-rules\">Rules and examples</h2><p class=\"soft\">A sample of what each "
            "caught, with what it saw.</p><div class=\"tools\" role=\"search\" hidden><input id=\"search\" type=\"search\" "
            "placeholder=\"Search rules and posts\" aria-label=\"Search rules and posts\"><select id=\"category\" aria-label=\"Category\">"
            "<option value=\"\">All categories</option>";
    for (const std::string_view category : categories) add("<option value=\"{0}\">{0}</option>", html_attribute(category));
    out_ += "</select>";
    for (const std::string_view verdict : verdicts) {
      add("<button type=\"button\" aria-pressed=\"false\" data-filter=\"{0}\">{0}</button>", verdict);
    }
    if (mistakes) out_ += "<button type=\"button\" aria-pressed=\"false\" data-filter=\"mistakes\">with mistakes</button>";
    out_ += "<span id=\"count\" class=\"soft small\" role=\"status\"></span></div>";
    for (const BacktestRow* row : fired_) out_ += rule_card(*row, report_.posts);
    out_ += "</section>";
  }

  void add_missed() {
    if (report_.missed.empty()) return;
    const BacktestRow& any = report_.verdict_rows[0];
    add("<section aria-labelledby=\"h-missed\"><h2 id=\"h-missed\">What was missed</h2><p class=\"soft\">{} posts are labelled as to be caught, "
        "and no rule caught them; a sample.</p>",
        grouped(any.positives - std::min(any.positives, any.right)));
    std::string items;
    for (const BacktestExample& example : report_.missed) items += post_item(example);
    add("<ul class=\"posts\">{}</ul></section>", items);
  }

  void add_rest() {
    std::string silent;
    for (const BacktestRow& row : report_.rules) {
      if (row.posts == 0) silent += fmt::format("<li>{}</li>", html_text(row.name));
    }
    std::string notices;
    if (report_.bad_lines > 0) notices += fmt::format("<li>{} lines could not be read</li>", grouped(report_.bad_lines));
    if (report_.limited > 0) notices += fmt::format("<li>{} posts reached a limit of the engine</li>", grouped(report_.limited));
    for (const auto& [text, posts] : report_.notices) notices += fmt::format("<li>{} ({} posts)</li>", html_text(text), grouped(posts));
    if (silent.empty() && notices.empty()) return;
    out_ += "<section aria-labelledby=\"h-rest\"><h2 id=\"h-rest\">Also</h2>";
    if (!silent.empty()) {
      add("<details><summary>{} rules caught nothing</summary><ul class=\"silent\">{}</ul></details>",
          report_.rules.size() - fired_.size(), silent);
    }
    if (!notices.empty()) add("<ul>{}</ul>", notices);
    out_ += "</section>";
  }

  const BacktestReport& report_;
  std::vector<const BacktestRow*> fired_;
  std::string out_;
};

}  // namespace

std::string to_html(const BacktestReport& report) { return Page(report).render(); }

}  // namespace modcore
