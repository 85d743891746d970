// What YAML accepts and the rule language does not, and values of which YAML took
// only a part.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/yaml_traps.hpp"

namespace modcore::parse {
namespace {

constexpr std::size_t most_arguments = 8;  // of a function, and then some

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

class Accidents {
 public:
  Accidents(const YamlSource& source, YamlAttempt& attempt, diag::Sink& sink)
      : source_(source), attempt_(attempt), sink_(sink) {}

  void report() {
    for (const YamlProperty& property : attempt_.properties) report_property(property);
    for (const source::Span& quote : attempt_.unclosed) {
      trap(quote.begin, quote.begin + 1, "nothing closes this quote",
           fmt::format("write `{}` where the text ends, too: it runs on to the end of the file",
                       source_.at(quote.begin)));
    }
    for (const source::Span& key : attempt_.bad_keys) {
      sink_.report(diag::wrong_node_kind, source_.span(key.begin, std::max(key.end, key.begin)),
                   {"a key", "text", "a list, a map or nothing"});
    }
    visit(attempt_.root);
  }

 private:
  diag::Report trap(std::uint32_t begin, std::uint32_t end, std::string_view message,
                    std::string_view help) {
    return sink_.report(diag::yaml_trap, source_.span(begin, end), {message, help});
  }

  [[nodiscard]] std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
    return source_.original.substr(begin, end - begin);
  }

  void report_property(const YamlProperty& property) {
    const std::uint32_t end = source_.value_end(property.at, source_.in_brackets(property.at));
    const std::string_view text = slice(property.at, end);
    const std::string_view kind = property.indicator == '&'   ? "anchors"
                                  : property.indicator == '*' ? "aliases"
                                                              : "tags";
    sink_
        .report(diag::anchor_or_alias, source_.span(property.at, end),
                {kind,
                 fmt::format("put quotes around a text that begins with `{}`", property.indicator)})
        .fix(source_.span(property.at, end), quoted(text), false);
  }

  void visit(YamlNode& node) {
    if (node.kind == YamlNode::Kind::null) check_null(node);
    if (node.is_plain() && !node.reported) check_plain(node);
    if (node.kind == YamlNode::Kind::map) check_keys(node);
    if (node.kind == YamlNode::Kind::sequence && node.in_brackets) check_cut_items(node);
    for (YamlNode& item : node.items) visit(item);
    for (YamlEntry& entry : node.entries) visit(entry.value);
  }

  // `channel: #general` is nothing and a comment.
  void check_null(YamlNode& node) {
    if (!node.text.empty() || node.reported) return;
    std::uint32_t i = node.span.end;
    while (is_blank(source_.at(i))) ++i;
    const bool comment = source_.at(i) == '#' && i > node.span.end;
    if (!comment || is_blank(source_.at(i + 1)) || source_.at(i + 1) == '\n') return;
    const std::uint32_t end = comment_end(i);
    node.reported = true;
    trap(i, end, "from `#` on this is a comment, so the value is empty",
         "put quotes around a text that begins with `#`")
        .fix(source_.span(i, end), quoted(slice(i, end)));
  }

  [[nodiscard]] std::uint32_t comment_end(std::uint32_t begin) const {
    std::uint32_t end = source_.line_end(begin);
    while (end > begin && is_blank(source_.at(end - 1))) --end;
    return end;
  }

  void check_plain(YamlNode& node) {
    check_comment_behind(node);
    check_typographic_quotes(node);
  }

  // `win #1 prize` ends before the `#`, and so does `we are # 1`.
  void check_comment_behind(const YamlNode& node) {
    std::uint32_t i = node.span.end;
    while (is_blank(source_.at(i))) ++i;
    if (source_.at(i) != '#' || i == node.span.end) return;
    const std::uint32_t end = comment_end(i);
    if (!is_cut_text(node, slice(i + 1, end))) return;
    trap(i, end, "from ` #` on this is a comment, not a part of the text",
         is_blank(source_.at(i + 1))
             ? "put quotes around the text, or words behind `#` if a comment is meant"
             : "put quotes around the text, or a space behind `#` if a comment is meant")
        .severity(Severity::warning)
        .fix(source_.span(node.span.begin, end), quoted(slice(node.span.begin, end)), false);
  }

  // A comment that is meant has a space behind `#` and holds more than a number.
  static bool is_cut_text(const YamlNode& node, std::string_view comment) {
    if (comment.empty() || comment.front() == '#') return false;
    if (!is_blank(comment.front())) return true;
    const std::size_t begin = std::min(comment.find_first_not_of(" \t"), comment.size());
    return begin < comment.size() && is_digits(comment.substr(begin)) && !is_digits(node.text);
  }

  static bool is_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  void check_typographic_quotes(const YamlNode& node) {
    static constexpr std::pair<std::string_view, std::string_view> pairs[] = {
        {"“", "”"}, {"„", "”"}, {"„", "“"}, {"«", "»"}, {"‘", "’"}, {"‚", "‘"}, {"”", "”"}};
    const std::string_view text = node.text;
    for (const auto& [open, close] : pairs) {
      if (text.size() <= open.size() + close.size() || !text.starts_with(open) ||
          !text.ends_with(close))
        continue;
      const std::string_view inside =
          text.substr(open.size(), text.size() - open.size() - close.size());
      if (inside.find(open) != std::string_view::npos ||
          inside.find(close) != std::string_view::npos)
        continue;
      trap(node.span.begin, node.span.end,
           "typographic quotes are a part of the text, not quotes of YAML", "write straight quotes")
          .severity(Severity::warning)
          .fix(source_.span(node.span.begin, node.span.end), quoted(inside), false);
      return;
    }
  }

  void check_keys(YamlNode& node) {
    std::map<std::string, source::Span> seen;
    std::vector<YamlEntry> kept;
    for (YamlEntry& entry : node.entries) {
      const source::Span place = source_.span(entry.key.span.begin, entry.key.span.end);
      const auto [first, is_new] = seen.try_emplace(entry.key.text, place);
      if (entry.key.text == "<<") {
        sink_.report(diag::anchor_or_alias, place, {"merge keys", "write out what is meant"});
      } else if (is_new) {
        kept.push_back(std::move(entry));
      } else {
        sink_.report(diag::duplicate_key, place, {entry.key.text})
            .label(first->second, "it stands here first");
      }
    }
    node.entries = std::move(kept);
  }

  static int open_parentheses(std::string_view text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '(')) -
           static_cast<int>(std::count(text.begin(), text.end(), ')'));
  }

  // `[near($a, $b, 6 words)]` are three elements to YAML.
  void check_cut_items(YamlNode& node) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (!node.items[i].is_plain()) continue;
      int open = open_parentheses(node.items[i].text);
      std::size_t last = i;
      while (open > 0 && last - i < most_arguments && last + 1 < node.items.size() &&
             node.items[last + 1].is_plain()) {
        open += open_parentheses(node.items[++last].text);
      }
      if (last == i || open != 0) continue;
      report_cut(node, i, last);
      i = last;
    }
  }

  void report_cut(YamlNode& node, std::size_t first, std::size_t last) {
    const std::uint32_t begin = node.items[first].span.begin;
    const std::uint32_t end = node.items[last].span.end;
    trap(begin, end, "commas in brackets part this into several items",
         "put quotes around it, or write the list with dashes")
        .fix(source_.span(begin, end), quoted(slice(begin, end)));
    for (std::size_t i = first; i <= last; ++i) node.items[i].reported = true;
  }

  const YamlSource& source_;
  YamlAttempt& attempt_;
  diag::Sink& sink_;
};

}  // namespace

void report_accidents(const YamlSource& source, YamlAttempt& attempt, diag::Sink& sink) {
  Accidents(source, attempt, sink).report();
}

}  // namespace modcore::parse
