#include "lint/style/regex_text.hpp"

#include <algorithm>

#include "support/utf8.hpp"
#include "text/fold.hpp"
#include "text/hosts.hpp"

namespace modcore::lint::style {
namespace {

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}
bool take_end(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// Letters, digits and single spaces, which mean themselves.
bool is_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::decode(text, at);
    if (decoded.code_point != U' ' && !text::is_word(decoded.code_point)) return false;
    at += decoded.length;
  }
  return text.find("  ") == std::string_view::npos;
}

// `\s+` and `[ ]` between words are what phrases do anyway.
std::string with_spaces(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    if (take(text, "\\s+") || take(text, "\\s") || take(text, "[ ]")) {
      result += ' ';
    } else {
      result += text.front();
      text.remove_prefix(1);
    }
  }
  return result;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t bar = std::min(text.find('|'), text.size());
    parts.push_back(with_spaces(text.substr(0, bar)));
    if (bar == text.size()) return parts;
    text.remove_prefix(bar + 1);
  }
}

// Skips escapes and classes, so that `at` stands before something that is itself.
class Walk {
 public:
  explicit Walk(std::string_view regex) : regex_(regex) {}

  [[nodiscard]] bool done() const { return at_ >= regex_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  // Whether one character stands here that is neither escaped nor in a class.
  [[nodiscard]] bool bare() const { return regex_[at_] != '\\' && regex_[at_] != '['; }

  void step() {
    if (regex_[at_] == '\\') {
      at_ += 2;
    } else if (regex_[at_] == '[') {
      const std::size_t end = regex_.find(']', at_ + 2);
      at_ = end == std::string_view::npos ? regex_.size() : end + 1;
    } else {
      ++at_;
    }
  }

 private:
  std::string_view regex_;
  std::size_t at_ = 0;
};

// The length of an unbounded quantifier here, 0 for any other.
std::size_t boundless(std::string_view rest) {
  if (rest.starts_with('*') || rest.starts_with('+')) return rest.substr(1).starts_with('?') ? 2 : 1;
  const std::size_t close = rest.find('}');
  if (!rest.starts_with('{') || close == std::string_view::npos) return 0;
  return rest[close - 1] == ',' ? close + 1 : 0;
}

}  // namespace

std::optional<Simple> simple_meaning(std::string_view regex) {
  const bool left = take(regex, "\\b");
  const bool right = take_end(regex, "\\b");
  if (regex.ends_with(')') && (take(regex, "(?:") || take(regex, "("))) regex.remove_suffix(1);
  const std::vector<std::string> parts = split(regex);
  if (!std::ranges::all_of(parts, is_plain)) return std::nullopt;
  if (parts.size() > 1 && !(left && right) && regex.find('(') == std::string_view::npos && (left || right)) {
    return std::nullopt;  // the edge belongs to the first or last alternative only
  }
  const bool phrase = std::ranges::any_of(parts, [](const std::string& part) {
    return part.find(' ') != std::string::npos;
  });
  if (left && right) return Simple{phrase ? ast::ItemKind::phrases : ast::ItemKind::words, parts};
  if (phrase || left || right) return std::nullopt;
  const bool long_enough =
      std::ranges::all_of(parts, [](const std::string& part) { return utf8::count(part) >= 4; });
  return long_enough ? std::optional(Simple{ast::ItemKind::substrings, parts}) : std::nullopt;
}

std::optional<std::string> spelt_domain(std::string_view regex) {
  static_cast<void>(take(regex, "^"));
  static_cast<void>(take(regex, "\\b"));
  static_cast<void>(take(regex, "https?://") || take(regex, "https?:\\/\\/"));
  static_cast<void>(take(regex, "(?:www\\.)?") || take(regex, "(www\\.)?") || take(regex, "www\\."));
  static_cast<void>(take_end(regex, "$"));
  static_cast<void>(take_end(regex, "\\b"));
  std::string domain;
  bool dots = false;
  while (!regex.empty()) {
    if (take(regex, "\\.")) {
      domain += '.';
      dots = true;
    } else if (is_host_character(regex.front())) {
      domain += regex.front();
      regex.remove_prefix(1);
    } else {
      return std::nullopt;
    }
  }
  const auto host = text::normalise_host(domain);
  if (!dots || !host || !text::has_public_suffix(*host)) return std::nullopt;
  return domain;
}

std::vector<BareDot> bare_dots(std::string_view regex) {
  std::vector<BareDot> found;
  for (Walk walk(regex); !walk.done(); walk.step()) {
    const std::size_t dot = walk.at();
    if (!walk.bare() || regex[dot] != '.') continue;
    std::size_t begin = dot;
    while (begin > 0 && is_host_character(regex[begin - 1])) --begin;
    if (begin > 0 && regex[begin - 1] == '\\') ++begin;  // the letter of `\b`
    std::size_t end = dot + 1;
    while (end < regex.size() && is_host_character(regex[end])) ++end;
    const std::string_view suffix = regex.substr(dot + 1, end - dot - 1);
    const bool repeated = end < regex.size() && std::string_view("*+?{").find(regex[end]) != std::string_view::npos;
    if (dot - begin < 2 || suffix.size() < 2 || repeated || !text::is_listed_suffix(suffix)) continue;
    found.push_back({{begin, end}, dot});
  }
  return found;
}

std::vector<Slip> boundless_gaps(std::string_view regex) {
  std::vector<Slip> found;
  for (Walk walk(regex); !walk.done(); walk.step()) {
    const std::size_t at = walk.at();
    if (!walk.bare() || regex[at] != '.') continue;
    const std::size_t length = boundless(regex.substr(at + 1));
    if (length > 0) found.push_back({at, at + 1 + length});
  }
  return found;
}

std::size_t most_alternatives(std::string_view regex) {
  std::vector<std::size_t> open{1};
  std::size_t most = 1;
  for (Walk walk(regex); !walk.done(); walk.step()) {
    if (!walk.bare()) continue;
    const char c = regex[walk.at()];
    if (c == '(') open.push_back(1);
    if (c == '|') most = std::max(most, ++open.back());
    if (c == ')' && open.size() > 1) open.pop_back();
  }
  return most;
}

}  // namespace modcore::lint::style
