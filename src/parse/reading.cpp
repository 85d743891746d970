// Readers take what is there and report what is not; they do not stop.
#include "parse/reading.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/yaml_source.hpp"

namespace modcore::parse {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

std::string_view kind_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::sequence:
      return "a list";
    case YamlNode::Kind::map:
      return "a map";
    case YamlNode::Kind::null:
      return "nothing";
    case YamlNode::Kind::scalar:
      break;
  }
  if (node.is_plain() && is_boolean(node.text)) return "a boolean";
  if (node.is_plain() && is_number(node.text)) return "a number";
  return "a text";
}

// What YAML 1.1 called booleans.
std::optional<bool> old_boolean(std::string_view text) {
  std::string word(text);
  for (char& c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (word == "yes" || word == "on" || word == "y" || word == "true") return true;
  if (word == "no" || word == "off" || word == "n" || word == "false") return false;
  return std::nullopt;
}

// `0755`, `1_000`, `1:30`, `0x1F`, `1e3`: numbers elsewhere.
bool looks_like_number(std::string_view text) {
  if (text.empty() || (!is_digit(text[0]) && text[0] != '-' && text[0] != '+' && text[0] != '.'))
    return false;
  return text.find_first_not_of("0123456789abcdefABCDEFxo_.,:+-") == std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace

bool is_whole_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool is_number(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return is_whole_number(text);
  const std::string_view fraction = text.substr(point + 1);
  const std::string_view whole = text.substr(0, point);
  return is_whole_number(whole) && !fraction.empty() &&
         std::all_of(fraction.begin(), fraction.end(), is_digit);
}

bool is_boolean(std::string_view text) {
  return text == "true" || text == "false";
}

bool is_name(std::string_view text, bool hyphens) {
  if (text.empty() || !is_lower(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [hyphens](char c) {
    return is_lower(c) || is_digit(c) || c == '_' || (hyphens && c == '-');
  });
}

bool is_rule_id(std::string_view text) {
  bool inside = false;  // a part
  for (const char c : text) {
    if (is_lower(c) || is_digit(c)) {
      inside = true;
    } else if ((c == '.' || c == '-') && inside) {
      inside = false;
    } else {
      return false;
    }
  }
  return inside;
}

ast::Name name_of(const YamlNode& scalar) {
  return {scalar.text, scalar.span};
}

void report_kind(const YamlNode& node, std::string_view what, std::string_view expected,
                 Reporter& reporter) {
  if (node.reported) return;
  if (node.kind == YamlNode::Kind::null) {
    auto report = reporter.report(diag::empty_value, node.span, {what});
    report.help(fmt::format("it must be {}", expected));
    if (!node.text.empty()) report.fix(node.span, quoted(node.text), false);
    return;
  }
  reporter.report(diag::wrong_node_kind, node.span, {what, expected, kind_of(node)});
}

namespace {

// `verdict flag` and `verdict:flag`, where `verdict: flag` is meant.
bool report_lost_colon(const YamlNode& key, std::string_view of,
                       const std::vector<std::string_view>& known, Reporter& reporter) {
  const std::size_t end = key.text.find_first_of(": ");
  if (end == std::string::npos || !key.is_plain()) return false;
  const std::string_view name = std::string_view(key.text).substr(0, end);
  const std::size_t value = key.text.find_first_not_of(": ", end);
  if (value == std::string::npos || std::ranges::find(known, name) == known.end()) return false;
  const std::string meant = fmt::format("{}: {}", name, key.text.substr(value));
  reporter.report(diag::unknown_key, key.span, {key.text, of})
      .help(fmt::format("a colon and a space stand behind a key: write `{}`", meant))
      .fix(key.span, meant);
  return true;
}

}  // namespace

void report_unknown_key(const YamlNode& key, std::string_view of,
                        const std::vector<std::string_view>& known, Reporter& reporter) {
  if (key.reported || key.text.starts_with("x-")) return;
  if (report_lost_colon(key, of, known, reporter)) return;
  std::string list;
  for (const std::string_view name : known) list += (list.empty() ? "" : ", ") + std::string(name);
  reporter.report(diag::unknown_key, key.span, {key.text, of, list})
      .suggest(key.span, diag::nearest(key.text, known));
}

bool report_text_as_map(const YamlNode& node, std::string_view what, Reporter& reporter) {
  if (node.kind != YamlNode::Kind::map || node.in_brackets || node.reported ||
      node.entries.size() != 1)
    return false;
  const YamlEntry& entry = node.entries.front();
  const bool plain =
      entry.key.is_plain() && (entry.value.is_plain() || entry.value.kind == YamlNode::Kind::null);
  if (!plain || is_name(entry.key.text, true)) return false;
  const std::string text =
      entry.value.is_plain() ? entry.key.text + ": " + entry.value.text : entry.key.text + ":";
  reporter
      .report(diag::yaml_trap, node.span,
              {fmt::format("`: ` makes a map of {}", what), "put quotes around it"})
      .fix(node.span, quoted(text));
  return true;
}

std::optional<ast::Name> read_word(const YamlNode& node, std::string_view what,
                                   Reporter& reporter) {
  if (node.reported) return std::nullopt;
  if (!node.is_scalar()) {
    report_kind(node, what, "a text", reporter);
    return std::nullopt;
  }
  if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    reporter.report(diag::empty_value, node.span, {what});
    return std::nullopt;
  }
  return name_of(node);
}

std::optional<ast::Name> read_text(const YamlNode& node, std::string_view what,
                                   Reporter& reporter) {
  auto text = read_word(node, what, reporter);
  if (text && node.is_plain() && (is_number(node.text) || is_boolean(node.text))) {
    reporter.report(diag::number_as_text, node.span, {node.text, kind_of(node)})
        .fix(node.span, quoted(node.text));
  }
  return text;
}

std::vector<ast::Name> read_words(const YamlNode& node, std::string_view what, Reporter& reporter) {
  std::vector<ast::Name> words;
  const auto add = [&](const YamlNode& one) {
    if (auto word = read_word(one, what, reporter)) words.push_back(std::move(*word));
  };
  if (node.kind != YamlNode::Kind::sequence) {
    add(node);
  } else {
    if (node.items.empty()) reporter.report(diag::empty_value, node.span, {what});
    for (const YamlNode& item : node.items) add(item);
  }
  return words;
}

namespace {

// `words: casino, roulette` is one text, and hardly ever meant as one.
bool report_lost_brackets(const YamlNode& node, Reporter& reporter) {
  if (!node.is_plain() || node.reported || node.text.find(", ") == std::string::npos) return false;
  const bool bracket = node.text.find_first_of("[]{}") != std::string::npos;
  auto report = reporter.report(
      diag::yaml_trap, node.span,
      {"this is one text with commas in it, not a list",
       "put brackets around a list, [one, two], or quotes around a text that holds a comma"});
  if (!bracket) report.fix(node.span, fmt::format("[{}]", node.text), false);
  return true;
}

}  // namespace

std::vector<ast::Name> read_items(const YamlNode& node, std::string_view what,
                                  bool numbers_are_texts, Reporter& reporter) {
  if (node.kind == YamlNode::Kind::map) {
    if (!report_text_as_map(node, what, reporter))
      report_kind(node, what, "a text or a list of texts", reporter);
    return {};
  }
  std::vector<ast::Name> items;
  const auto add = [&](const YamlNode& one) {
    if (one.kind == YamlNode::Kind::map && one.entries.size() == 1 && !one.in_brackets) {
      const YamlEntry& entry = one.entries.front();
      if (entry.key.is_plain() && entry.value.is_plain()) {
        reporter
            .report(diag::yaml_trap, one.span,
                    {fmt::format("`: ` makes a map of {}", what), "put quotes around it"})
            .fix(one.span, quoted(entry.key.text + ": " + entry.value.text));
        return;
      }
    }
    auto item = numbers_are_texts ? read_word(one, what, reporter) : read_text(one, what, reporter);
    if (item) items.push_back(std::move(*item));
  };
  if (node.kind != YamlNode::Kind::sequence) {
    if (!report_lost_brackets(node, reporter)) add(node);
  } else {
    if (node.items.empty()) reporter.report(diag::empty_value, node.span, {"this list"});
    for (const YamlNode& item : node.items) add(item);
  }
  return items;
}

std::optional<ast::Name> read_number(const YamlNode& node, std::string_view what,
                                     Reporter& reporter) {
  if (node.reported) return std::nullopt;
  if (node.is_plain() && is_number(node.text)) return name_of(node);
  if (node.is_plain() && looks_like_number(node.text)) {
    reporter.report(diag::yaml_trap, node.span,
                    {fmt::format("`{}` is text: {} must be a decimal number", node.text, what),
                     "write only digits, without a leading zero, and a point before a fraction"});
    return std::nullopt;
  }
  if (node.is_scalar() && is_number(node.text)) {
    reporter.report(diag::wrong_node_kind, node.span, {what, "a number", "a text"})
        .fix(node.span, node.text);
    return std::nullopt;
  }
  report_kind(node, what, "a number", reporter);
  return std::nullopt;
}

std::optional<ast::Spanned<bool>> read_boolean(const YamlNode& node, std::string_view what,
                                               Reporter& reporter) {
  if (node.reported) return std::nullopt;
  if (node.is_plain() && is_boolean(node.text))
    return ast::Spanned<bool>{node.text == "true", node.span};
  if (const auto meant = node.is_scalar() ? old_boolean(node.text) : std::nullopt) {
    const std::string_view word = *meant ? "true" : "false";
    reporter.report(diag::boolean_as_text, node.span, {node.text, word})
        .severity(Severity::error)
        .help(fmt::format("write `{}`", word))
        .fix(node.span, std::string(word));
    return std::nullopt;
  }
  report_kind(node, what, "`true` or `false`", reporter);
  return std::nullopt;
}

std::optional<ast::LocalizedText> read_localized(const YamlNode& node, std::string_view what,
                                                 Reporter& reporter) {
  ast::LocalizedText text;
  text.span = node.span;
  if (node.kind != YamlNode::Kind::map) {
    auto bare = read_text(node, what, reporter);
    if (!bare) return std::nullopt;
    text.entries.push_back({ast::Name{"", bare->span}, std::move(*bare)});
    return text;
  }
  if (report_text_as_map(node, what, reporter)) return std::nullopt;
  for (const YamlEntry& entry : node.entries) {
    const std::string which = fmt::format("{} in `{}`", what, entry.key.text);
    if (auto translated = read_text(entry.value, which, reporter)) {
      text.entries.emplace_back(name_of(entry.key), std::move(*translated));
    }
  }
  if (node.entries.empty()) reporter.report(diag::empty_value, node.span, {what});
  if (text.entries.empty()) return std::nullopt;
  return text;
}

namespace {

void resolve_plain(const YamlNode& node, ast::Value& value) {
  using Kind = ast::Value::Kind;
  const char* end = node.text.data() + node.text.size();
  if (is_boolean(node.text)) {
    value.kind = Kind::boolean;
    value.boolean = node.text == "true";
  } else if (is_whole_number(node.text) &&
             std::from_chars(node.text.data(), end, value.integer).ec == std::errc{}) {
    value.kind = Kind::integer;
    value.number = static_cast<double>(value.integer);
  } else if (is_number(node.text) &&
             std::from_chars(node.text.data(), end, value.number).ec == std::errc{}) {
    value.kind = Kind::number;
  }
}

}  // namespace

ast::Value read_value(const YamlNode& node) {
  using Kind = ast::Value::Kind;
  ast::Value value;
  value.span = node.span;
  value.text = node.text;
  switch (node.kind) {
    case YamlNode::Kind::null:
      break;
    case YamlNode::Kind::scalar:
      value.kind = Kind::text;
      if (node.is_plain()) resolve_plain(node, value);
      break;
    case YamlNode::Kind::sequence:
      value.kind = Kind::list;
      for (const YamlNode& item : node.items) value.items.push_back(read_value(item));
      break;
    case YamlNode::Kind::map:
      value.kind = Kind::map;
      for (const YamlEntry& entry : node.entries)
        value.entries.push_back({name_of(entry.key), read_value(entry.value)});
      break;
  }
  return value;
}

void read_map(const YamlNode& node, std::string_view what, const std::vector<KeyReader>& keys,
              Reporter& reporter) {
  if (node.kind != YamlNode::Kind::map) return report_kind(node, what, "a map", reporter);
  for (const YamlEntry& entry : node.entries) {
    const auto reader = std::find_if(keys.begin(), keys.end(), [&](const KeyReader& candidate) {
      return candidate.key == entry.key.text;
    });
    if (reader != keys.end()) {
      reader->read(entry);
    } else {
      std::vector<std::string_view> known;
      for (const KeyReader& key : keys) known.push_back(key.key);
      report_unknown_key(entry.key, what, known, reporter);
    }
  }
}

void for_each_entry(const YamlNode& node, std::string_view what, Reporter& reporter,
                    const std::function<void(const YamlEntry&)>& read) {
  if (node.kind != YamlNode::Kind::map) return report_kind(node, what, "a map", reporter);
  for (const YamlEntry& entry : node.entries) {
    if (!entry.key.text.starts_with("x-")) read(entry);
  }
}

}  // namespace modcore::parse
