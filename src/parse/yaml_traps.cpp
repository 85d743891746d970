// Why the YAML parser stopped, by what stands at the place rather than by its
// words; and what to overwrite so that it goes on.
#include "parse/yaml_traps.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "diag/catalogue.hpp"

namespace modcore::parse {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

class FailureReport {
 public:
  FailureReport(YamlSource& source, const YamlAttempt& attempt, const YamlLimits& limits,
                diag::Sink& sink)
      : source_(source),
        attempt_(attempt),
        limits_(limits),
        sink_(sink),
        at_(std::min(attempt.failure->at, static_cast<std::uint32_t>(source.text.size()))) {}

  AfterFailure report() {
    if (!attempt_.unclosed.empty()) return unclosed_quote(attempt_.unclosed.front().begin);
    if (line_begins_with_tab()) return tabs();
    if (const auto open = bracket_that_runs_on()) {
      if (const auto hash = comment_with_bracket(*open)) return cut_by_comment(*open, *hash);
    }
    switch (attempt_.failure->fault) {
      case YamlFault::bad_token:
        return bad_token();
      case YamlFault::bad_escape:
        return bad_escape();
      case YamlFault::rest_of_line:
        return rest_of_line();
      case YamlFault::unclosed_brackets:
        return brackets();
      case YamlFault::stray_bracket:
        return stray_sign("nothing opened this bracket");
      case YamlFault::stray_colon:
        return stray_colon();
      case YamlFault::stray_dash:
        return stray_dash();
      case YamlFault::tab_indentation:
        return tabs();
      case YamlFault::unclosed_quote:
        return unclosed_quote();
      case YamlFault::bad_block_header:
        return block_header();
      case YamlFault::too_deep:
        return limit("the depth of this", std::to_string(limits_.depth) + " levels");
      case YamlFault::too_many_nodes:
        return limit("the number of values in this file", std::to_string(limits_.nodes));
      case YamlFault::token_too_long:
        return limit("the text or bracketed list here",
                     fmt::format("{} KiB", limits_.token_bytes >> 10U));
      case YamlFault::other_document:
        return other_document();
      case YamlFault::unplaced:
        return give_up_at(at_, "this text cannot be read");
      case YamlFault::other:
        break;
    }
    trap({at_, at_}, fmt::format("YAML cannot be read here: {}", attempt_.failure->words), "");
    return AfterFailure::give_up;
  }

 private:
  struct Range {
    std::uint32_t begin;
    std::uint32_t end;
  };

  diag::Report trap(Range range, std::string_view message, std::string_view help) {
    return sink_.report(diag::yaml_trap, source_.span(range.begin, range.end), {message, help});
  }

  [[nodiscard]] std::string_view slice(Range range) const {
    return source_.original.substr(range.begin, range.end - range.begin);
  }

  [[nodiscard]] Range value_from(std::uint32_t begin) const {
    const bool in_brackets = !attempt_.open_brackets.empty() || source_.in_brackets(begin);
    return {begin, source_.value_end(begin, in_brackets)};
  }

  [[nodiscard]] bool only_blanks(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t i = begin; i < end; ++i) {
      if (!is_blank(source_.at(i))) return false;
    }
    return begin <= end;
  }

  AfterFailure overwrite(Range range) {
    source_.overwrite(range.begin, std::max(range.end, range.begin + 1));
    return AfterFailure::retry;
  }

  [[nodiscard]] std::uint32_t first_text_of_line(std::uint32_t byte) const {
    std::uint32_t i = source_.line_begin(byte);
    while (is_blank(source_.at(i))) ++i;
    return i;
  }

  // `it's` in single quotes reads as `it` and a rest: what was meant stands between
  // the first quote and the last.
  [[nodiscard]] std::string quoted_form(Range value) const {
    std::string_view text = slice(value);
    const bool in_quotes = text.size() > 1 && (text.front() == '\'' || text.front() == '"') &&
                           text.front() == text.back();
    const char quote = text.front();
    const std::string_view inside = in_quotes ? text.substr(1, text.size() - 2) : text;
    const bool quotes_meant = inside.find(quote) != std::string_view::npos &&
                              inside.find(fmt::format("{} ", quote)) == std::string_view::npos &&
                              inside.find(fmt::format(" {}", quote)) == std::string_view::npos;
    return in_quotes && quotes_meant ? quoted(inside) : quoted(text);
  }

  AfterFailure bad_token() {
    std::uint32_t begin = at_;
    while (begin > 0 &&
           std::string_view(" \t\n[{,").find(source_.at(begin - 1)) == std::string_view::npos)
      --begin;
    const Range value = value_from(begin);
    const char sign = source_.at(begin);
    const std::string_view meaning = sign == '*'   ? "aliases"
                                     : sign == '&' ? "anchors"
                                     : sign == '!' ? "tags"
                                                   : "";
    const std::string fix = quoted(slice(value));
    if (!meaning.empty()) {
      sink_
          .report(diag::anchor_or_alias, source_.span(begin, value.end),
                  {meaning, fmt::format("put quotes around a text that begins with `{}`", sign)})
          .fix(source_.span(begin, value.end), fix);
    } else {
      trap({begin, begin + 1},
           fmt::format("{} cannot begin a text in YAML",
                       sign == '`' ? "a backtick" : fmt::format("`{}`", sign)),
           "put quotes around the text")
          .fix(source_.span(begin, value.end), fix);
    }
    return overwrite({begin, begin + 1});
  }

  AfterFailure bad_escape() {
    const std::size_t found = at_ == 0 ? std::string::npos : source_.text.rfind('\\', at_ - 1);
    if (found == std::string::npos) return give_up_at(at_, "this escape cannot be read");
    const auto begin = static_cast<std::uint32_t>(found);
    const Range escape{begin, std::max(at_, begin + 1)};
    trap(escape, fmt::format("`{}` is no escape that double quotes know", slice(escape)),
         "write the backslash twice, or put the text in single quotes, where it means itself")
        .fix(source_.span(begin, begin + 1), "\\\\");
    return overwrite({begin, begin + 1});
  }

  AfterFailure give_up_at(std::uint32_t at, std::string_view message) {
    trap({at, at}, message, "");
    return AfterFailure::give_up;
  }

  [[nodiscard]] bool stands_behind_value() const {
    const bool delimited =
        std::string_view("'\"[{").find(source_.at(attempt_.last_begin)) != std::string_view::npos;
    return delimited && attempt_.last_end > attempt_.last_begin + 1 && attempt_.last_end <= at_ &&
           only_blanks(attempt_.last_end, at_) && at_ < source_.text.size();
  }

  AfterFailure behind_value() {
    const Range value = value_from(attempt_.last_begin);
    const bool one_line = source_.same_line(attempt_.last_begin, at_);
    const Range rest{at_, std::max(source_.value_end(at_, false), at_ + 1)};
    auto report =
        trap(one_line ? Range{at_, std::max(value.end, at_ + 1)} : rest,
             fmt::format("text stands behind the closing `{}`", source_.at(attempt_.last_end - 1)),
             "put quotes around all of it");
    if (!one_line) {
      report.label(source_.span(attempt_.last_begin, attempt_.last_begin + 1),
                   "the value begins here");
      return AfterFailure::give_up;
    }
    report.fix(source_.span(value.begin, value.end), quoted_form(value));
    return overwrite(value);
  }

  AfterFailure rest_of_line() {
    if (stands_behind_value()) return behind_value();
    const Range line{first_text_of_line(at_), source_.value_end(at_, false)};
    auto report = trap(line, "the indentation of this line fits nothing above it",
                       "keys of one map begin in the same column, and so do the dashes of one list");
    align(line, report);
    return AfterFailure::give_up;
  }

  // Where the text of the line above begins, behind its dash.
  void align(Range line, diag::Report& report) const {
    const std::uint32_t begin = source_.line_begin(line.begin);
    if (begin == 0) return;
    const std::uint32_t above_line = source_.line_begin(begin - 1);
    std::uint32_t above = first_text_of_line(begin - 1);
    if (source_.at(above) == '-' && source_.at(line.begin) != '-') {
      ++above;
      while (is_blank(source_.at(above))) ++above;
    }
    const std::uint32_t column = above - above_line;
    if (above >= begin - 1 || source_.at(above) == '#' || column == line.begin - begin) return;
    report.help(fmt::format("begin it in column {} like the line above, or in the column of what it "
                            "belongs to", column + 1));
    report.fix(source_.span(begin, line.begin), std::string(column, ' '), false);
  }

  AfterFailure brackets() {
    if (stands_behind_value()) return behind_value();
    if (attempt_.open_brackets.empty()) return rest_of_line();
    const std::uint32_t open = attempt_.open_brackets.back();
    const bool list = source_.at(open) == '[';
    trap({open, open + 1}, fmt::format("nothing closes this `{}`", source_.at(open)),
         fmt::format("write `{}` where the {} ends, or put quotes around a text that begins so",
                     list ? ']' : '}', list ? "list" : "map"));
    return AfterFailure::give_up;
  }

  // Without its end a list or map runs into what comes next. One that begins the line
  // above may not have been announced: it could still have become a key.
  [[nodiscard]] std::optional<std::uint32_t> bracket_that_runs_on() const {
    const YamlFault fault = attempt_.failure->fault;
    const bool runs_on = fault == YamlFault::unclosed_brackets || fault == YamlFault::stray_dash ||
                         fault == YamlFault::stray_colon || fault == YamlFault::rest_of_line;
    if (!runs_on) return std::nullopt;
    if (!attempt_.open_brackets.empty()) return attempt_.open_brackets.back();
    const std::uint32_t line = source_.line_begin(at_);
    if (line == 0) return std::nullopt;
    std::uint32_t above = source_.line_begin(line - 1);
    while (is_blank(source_.at(above)) || source_.at(above) == '-') ++above;
    const bool opens = source_.at(above) == '[' || source_.at(above) == '{';
    return opens ? std::optional(above) : std::nullopt;
  }

  // The `#` of `[win #1, prize]`, whose comment takes the closing bracket along.
  [[nodiscard]] std::optional<std::uint32_t> comment_with_bracket(std::uint32_t open) const {
    const char close = source_.at(open) == '[' ? ']' : '}';
    char quote = '\0';
    char before = source_.at(open);  // the last character that is no space
    for (std::uint32_t i = open + 1; i < source_.text.size(); ++i) {
      const char c = source_.at(i);
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if ((c == '"' || c == '\'') && std::string_view("[{,:").find(before) != std::string_view::npos) {
        quote = c;
      } else if (c == '#' && is_blank(source_.at(i - 1))) {
        const std::uint32_t end = source_.line_end(i);
        if (slice({i, end}).find(close) != std::string_view::npos) return i;
        i = end;
      }
      if (!is_blank(c)) before = c;
    }
    return std::nullopt;
  }

  AfterFailure cut_by_comment(std::uint32_t open, std::uint32_t hash) {
    std::uint32_t begin = hash;
    const auto begins_value = [this](std::uint32_t at) {
      const bool colon = is_blank(source_.at(at)) && source_.at(at - 1) == ':';
      return colon || std::string_view("[{,\n").find(source_.at(at - 1)) != std::string_view::npos;
    };
    while (!begins_value(begin)) --begin;
    while (is_blank(source_.at(begin))) ++begin;
    std::uint32_t end = hash;
    while (std::string_view(",]}\n").find(source_.at(end)) == std::string_view::npos) ++end;
    trap({hash, source_.line_end(hash)}, "from ` #` on this is a comment, the closing bracket too",
         "put quotes around a text that holds ` #`")
        .label(source_.span(open, open + 1), "so nothing closes this")
        .fix(source_.span(begin, end), quoted(slice({begin, end})));
    return overwrite({begin, end});
  }

  AfterFailure stray_sign(std::string_view message) {
    const Range value = value_from(at_);
    trap({at_, at_ + 1}, message, "put quotes around a text that begins so")
        .fix(source_.span(value.begin, value.end), quoted(slice(value)), false);
    return overwrite({at_, at_ + 1});
  }

  AfterFailure stray_colon() {
    const std::uint32_t begin = attempt_.last_begin;
    const std::uint32_t line = first_text_of_line(at_);
    const bool is_value = begin > line && begin < at_ && only_blanks(attempt_.last_end, at_);
    if (is_value && source_.same_line(begin, at_)) {
      const Range value = value_from(begin);
      trap({at_, at_ + 1}, "`: ` makes a key of what stands before it, and here a value has begun",
           "put quotes around the value")
          .fix(source_.span(value.begin, value.end), quoted_form(value));
      return overwrite(value);
    }
    return misplaced_key(line);
  }

  // The key's line was read as a part of the text above it.
  AfterFailure misplaced_key(std::uint32_t line) {
    if (source_.line_begin(at_) == 0) return give_up_at(at_, "a key is expected before this colon");
    const std::uint32_t above = first_text_of_line(source_.line_begin(at_) - 1);
    const Range above_text{above, std::max(source_.value_end(above, false), above + 1)};
    if (slice(above_text).find(": ") == std::string_view::npos &&
        source_.at(above_text.end - 1) != ':') {
      trap(above_text, "this line is neither a key nor the rest of a text",
           "a key is followed by a colon and a space; a text of several lines is indented further "
           "than its key");
      return AfterFailure::give_up;
    }
    trap({line, at_ + 1}, "this key is indented as if it were the rest of the text above",
         "keys of one map begin in the same column")
        .label(source_.span(above_text.begin, above_text.end), "which has a value already");
    return AfterFailure::give_up;
  }

  AfterFailure stray_dash() {
    trap({at_, at_ + 1}, "a list with dashes begins on a line of its own",
         "write it below the key, or put quotes around a text that begins with a dash");
    return overwrite({at_, at_ + 1});
  }

  [[nodiscard]] bool line_begins_with_tab() const {
    const std::uint32_t begin = source_.line_begin(at_);
    const std::uint32_t text = first_text_of_line(at_);
    return source_.text.substr(begin, text - begin).find('\t') != std::string::npos;
  }

  AfterFailure tabs() {
    int reports = 0;
    for (std::uint32_t line = 0; line < source_.text.size() && reports < 20;) {
      const std::uint32_t text = first_text_of_line(line);
      if (source_.text.substr(line, text - line).find('\t') != std::string::npos) {
        trap({line, text}, "a tab stands in the indentation",
             "put spaces in its place, until the line begins where its neighbours do");
        ++reports;
      }
      const std::size_t next = source_.text.find('\n', line);
      if (next == std::string::npos) break;
      line = static_cast<std::uint32_t>(next + 1);
    }
    if (reports == 0) return give_up_at(at_, "a tab stands where only spaces may");
    return AfterFailure::give_up;
  }

  AfterFailure unclosed_quote() {
    const std::size_t quote = source_.text.find_first_of("'\"", attempt_.last_end);
    return unclosed_quote(quote < source_.text.size() ? static_cast<std::uint32_t>(quote) : at_);
  }

  AfterFailure unclosed_quote(std::uint32_t quote) {
    trap({quote, quote + 1}, "nothing closes this quote",
         fmt::format("write `{}` where the text ends, too", source_.at(quote)));
    return AfterFailure::give_up;
  }

  AfterFailure block_header() {
    const std::size_t found = source_.text.find_last_of("|>", at_);
    const auto begin = found == std::string::npos ? at_ : static_cast<std::uint32_t>(found);
    if (!source_.same_line(begin, at_)) return give_up_at(at_, "the text block cannot be read");
    const Range value = value_from(begin);
    trap({begin, begin + 1},
         fmt::format("`{}` begins a text block, and nothing may follow it on its line",
                     source_.at(begin)),
         "put quotes around a text that begins so")
        .fix(source_.span(value.begin, value.end), quoted(slice(value)));
    return overwrite(value);
  }

  AfterFailure limit(std::string_view what, std::string_view bound) {
    sink_.report(diag::limit_exceeded, source_.span(at_, at_), {what, bound});
    return AfterFailure::give_up;
  }

  AfterFailure other_document() {
    std::uint32_t line = source_.line_begin(std::min(attempt_.root.span.end, at_));
    for (;;) {
      const std::string_view rest = std::string_view(source_.text).substr(line);
      if (rest.starts_with("---") || rest.starts_with("...")) {
        sink_.report(diag::multiple_documents, source_.span(line, line + 3));
        return AfterFailure::keep_tree;
      }
      const std::size_t next = source_.text.find('\n', line);
      if (next == std::string::npos || next >= at_) break;
      line = static_cast<std::uint32_t>(next + 1);
    }
    trap({at_, std::max(source_.value_end(at_, false), at_)},
         "this does not belong to what stands above it",
         "check the indentation: keys of one map begin in the same column");
    return AfterFailure::give_up;
  }

  YamlSource& source_;
  const YamlAttempt& attempt_;
  const YamlLimits& limits_;
  diag::Sink& sink_;
  std::uint32_t at_;
};

}  // namespace

AfterFailure report_failure(YamlSource& source, const YamlAttempt& attempt,
                            const YamlLimits& limits, diag::Sink& sink) {
  return FailureReport(source, attempt, limits, sink).report();
}

}  // namespace modcore::parse
