#include "ir/dump.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "ir/rule_set.hpp"

namespace modcore::ir {

namespace {

constexpr bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '"' && c != '\\'; }

// As it stands between quotation marks.
void append_escaped(std::string& out, std::string_view text) {
  while (true) {
    std::size_t special = 0;
    while (special < text.size() && is_plain(text[special])) ++special;
    out += text.substr(0, special);
    if (special == text.size()) return;
    const char c = text[special];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
    text.remove_prefix(special + 1);
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

std::string decimal(std::int64_t thousandths) {
  const bool negative = thousandths < 0;
  const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(thousandths)
                                      : static_cast<std::uint64_t>(thousandths);
  std::string text = fmt::format("{}{}.{:03}", negative ? "-" : "", size / 1000, size % 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

namespace {

const std::vector<std::string>& parts_at(const WordPattern& word, Tolerance tolerance) {
  return tolerance == Tolerance::exact ? word.exact : tolerance == Tolerance::case_ ? word.cased : word.accents;
}

struct MeaningWriter {
  std::string& out;
  Tolerance tolerance;
  void operator()(const WordsItem& item) const {
    out += "words";
    // What stands in many alternatives is written out once.
    const WordRows& rows = item.alternatives.rows();
    std::string words;
    std::vector<std::size_t> ends{0};
    for (const WordPattern& word : rows.words) {
      append_word(words, word);
      ends.push_back(words.size());
    }
    for (const WordSequence sequence : item.alternatives) {
      out += " \"";
      const std::size_t begin = out.size();
      for (const WordElement element : sequence) {
        if (out.size() != begin) out += ' ';
        if (const Gap* gap = element.gap()) {
          append_gap(*gap);
          continue;
        }
        const std::size_t word = WordRows::index_of(element.number());
        out.append(words, ends[word], ends[word + 1] - ends[word]);
      }
      out += '"';
    }
  }
  void append_word(std::string& text, const WordPattern& word) const {
    const std::vector<std::string>& parts = parts_at(word, tolerance);
    append_escaped(text, parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
      text += '*';
      append_escaped(text, parts[i]);
    }
  }
  // A phrase with many alternatives has thousands.
  void append_gap(const Gap& gap) const {
    out += '<';
    out += fmt::format_int(gap.minimum).c_str();
    out += '-';
    out += fmt::format_int(gap.maximum).c_str();
    out += '>';
  }
  void operator()(const SubstringItem& item) const {
    named("substring", tolerance == Tolerance::exact   ? item.exact
                       : tolerance == Tolerance::case_ ? item.cased
                                                       : item.accents);
  }
  void operator()(const RegexItem& item) const {
    out += "regex ";
    named(to_string(item.tolerance), item.pattern);
  }
  void operator()(const DomainItem& item) const { named("domain", item.host + item.path); }
  void operator()(const EmojiItem& item) const { named("emoji", item.plain); }
  void operator()(const NumberItem& item) const { named("number", item.digits); }
  void named(std::string_view name, std::string_view text) const {
    out += name;
    out += ' ';
    append_quoted(out, text);
  }
};

void append_meaning(std::string& out, const Item& item, Tolerance tolerance) {
  std::visit(MeaningWriter{out, tolerance}, item.what);
}

}  // namespace

std::string meaning(const Item& item, Tolerance tolerance) {
  std::string text;
  append_meaning(text, item, tolerance);
  return text;
}

namespace {

class Writer {
 public:
  explicit Writer(const RuleSet& rules) : rules_(rules) {}

  std::string write() && {
    line(0, "modcore 1");
    policy();
    for (const Category& category : rules_.categories) write_category(category);
    for (const Route& route : rules_.routes) {
      line(0, "route {}{}", route.name, terms(route.within, route.urgency));
    }
    for (const Rule& rule : rules_.rules) write_rule(rule);
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void line(std::size_t indent, fmt::format_string<Args...> format, Args&&... args) {
    out_.append(indent, ' ');
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  static std::string terms(std::optional<std::int64_t> within, std::optional<Urgency> urgency) {
    std::string text;
    if (within) text += fmt::format(" within {}s", *within);
    if (urgency) text += fmt::format(" urgency {}", to_string(*urgency));
    return text;
  }

  void policy() {
    if (rules_.has_policy) line(0, "languages [{}]", fmt::join(rules_.languages, ", "));
    if (uses_clock_time()) {
      line(0, "time zone");
      for (const auto& [from, offset] : rules_.timezone.offsets) line(2, "{} {:+}", from, offset);
    }
    line(0, "limits text_bytes {} matches {} reached {}", rules_.limits.text_bytes,
         rules_.limits.matches, rules_.limits.reached_allows ? "allow" : "flag");
    for (const HostAttribute& attribute : rules_.host_attributes) {
      line(0, "attribute {} {}", attribute.name, to_string(attribute.type));
    }
  }

  // The zone shows in a decision only through hour() and weekday(): dates of
  // rules are instants already.
  [[nodiscard]] bool uses_clock_time() const {
    return std::ranges::any_of(rules_.rules, [](const Rule& rule) {
      return reads_clock(rule.when) || std::ranges::any_of(rule.unless, reads_clock) ||
             (rule.escalate && rule.escalate->condition &&
              reads_clock(*rule.escalate->condition)) ||
             (rule.score && rule.score->per && reads_clock(*rule.score->per));
    });
  }
  static bool reads_clock(const Expr& expr) {
    const bool here = expr.op == Op::call &&
                      (expr.function == Function::hour || expr.function == Function::weekday);
    return here || std::ranges::any_of(expr.args, reads_clock);
  }

  void write_category(const Category& category) {
    line(0, "category {} route {}{}", category.name, route_name(category.route),
         category.suppressible ? "" : " not suppressible");
    for (const Threshold& threshold : category.thresholds) {
      line(2, "{} at {}", to_string(threshold.verdict), decimal(threshold.points));
    }
  }

  void write_rule(const Rule& rule) {
    line(0, "rule {}", rule.id);
    line(2, "category {}", rules_.categories[static_cast<std::size_t>(rule.category)].name);
    line(2, "verdict {}{}", rule.verdict ? to_string(*rule.verdict) : "none",
         rule.hide ? ", held" : "");
    line(2, "severity {}", to_string(rule.severity));
    if (rule.status != Status::active) line(2, "status {}", to_string(rule.status));
    if (rule.final) line(2, "final");
    localized("title", rule.title);
    localized("reason", rule.reason);
    if (!rule.guideline.empty()) line(2, "guideline {}", quoted(rule.guideline));
    if (!rule.meta.empty()) line(2, "meta {}", rule.meta);
    if (!rule.languages.empty()) line(2, "lang [{}]", fmt::join(rule.languages, ", "));
    if (rule.active_from) line(2, "from {}", *rule.active_from);
    if (rule.expires) line(2, "until {}", *rule.expires);
    suppressions(rule);
    for (const PatternId id : rule.patterns) write_pattern(pattern(id), 2);
    conditions(rule);
  }

  void localized(std::string_view key, const LocalizedText& text) {
    for (const auto& [lang, words] : text.entries) {
      line(2, "{} {}: {}", key, lang.empty() ? "any" : lang, quoted(words));
    }
  }

  void suppressions(const Rule& rule) {
    if (rule.suppresses_everything) line(2, "suppresses everything");
    for (const RuleId id : rule.suppresses_rules) {
      line(2, "suppresses {}", rules_.rules[static_cast<std::size_t>(id)].id);
    }
    for (const CategoryId id : rule.suppresses_categories) {
      line(2, "suppresses category:{}", rules_.categories[static_cast<std::size_t>(id)].name);
    }
  }

  void write_pattern(const Pattern& pattern_, std::size_t indent) {
    line(indent, "{} {}, {}, in {}", pattern_.is_except ? "except" : "pattern $" + pattern_.name,
         to_string(pattern_.tolerance), to_string(pattern_.at), to_string(rules_, pattern_.in));
    if (pattern_.unit == Unit::line) line(indent + 2, "unit line");
    if (!pattern_.languages.empty()) {
      line(indent + 2, "lang [{}]", fmt::join(pattern_.languages, ", "));
    }
    for (const Item& item : pattern_.items) {
      out_.append(indent + 2, ' ');
      append_quoted(out_, item.source);
      out_ += " = ";
      write_meaning(item, pattern_.tolerance);
      out_ += '\n';
    }
    if (pattern_.except != no_pattern) write_pattern(pattern(pattern_.except), indent + 2);
  }

  // Items of a list are the same rows in many groups, and are written once.
  void write_meaning(const Item& item, Tolerance tolerance) {
    const auto* words = std::get_if<WordsItem>(&item.what);
    if (words == nullptr || words->alternatives.size() < many_alternatives) {
      return append_meaning(out_, item, tolerance);
    }
    const auto [known, is_new] = written_.try_emplace({&words->alternatives.rows(), tolerance});
    auto& [begin, size] = known->second;
    if (is_new) {
      begin = out_.size();
      append_meaning(out_, item, tolerance);
      size = out_.size() - begin;
    } else {
      out_.append(std::string(out_, begin, size));
    }
  }

  void conditions(const Rule& rule) {
    line(2, "when {}", dump(rules_, rule.when));
    for (const Expr& unless : rule.unless) line(2, "unless {}", dump(rules_, unless));
    if (rule.escalate) {
      line(2, "escalate to {}{}", route_name(rule.escalate->to),
           terms(rule.escalate->within, rule.escalate->urgency));
      if (rule.escalate->condition) line(4, "if {}", dump(rules_, *rule.escalate->condition));
    }
    if (rule.score) {
      line(2, "score {}", decimal(rule.score->points));
      if (rule.score->per) line(4, "per {}", dump(rules_, *rule.score->per));
      if (rule.score->max) line(4, "max {}", decimal(*rule.score->max));
    }
  }

  [[nodiscard]] const Pattern& pattern(PatternId id) const {
    return rules_.patterns[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::string_view route_name(RouteId id) const {
    return rules_.routes[static_cast<std::size_t>(id)].name;
  }

  static constexpr std::size_t many_alternatives = 8;

  const RuleSet& rules_;
  std::string out_;
  // Where in `out_`, and how much of it.
  std::map<std::pair<const WordRows*, Tolerance>, std::pair<std::size_t, std::size_t>> written_;
};

}  // namespace

std::string dump(const RuleSet& rules) {
  return Writer(rules).write();
}

}  // namespace modcore::ir
