#include "text/anchors.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace modcore::text {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t longest_label = 100;

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t';
}
bool is_space(char c) noexcept {
  return is_blank(c) || c == '\n' || c == '\r';
}
bool is_name(char c) noexcept {
  return (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == ':';
}

bool stands_at(std::string_view text, std::size_t at, std::string_view lower_case) noexcept {
  return at + lower_case.size() <= text.size() &&
         std::equal(lower_case.begin(), lower_case.end(),
                    text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return a == lower(b); });
}

std::string_view slice(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  return text.substr(begin, end - begin);
}

std::string_view without_quotes(std::string_view value) noexcept {
  if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0]) {
    return value.substr(1, value.size() - 2);
  }
  return value;
}

std::string key_of(std::string_view label) {
  std::string key(label);
  std::transform(key.begin(), key.end(), key.begin(), lower);
  return key;
}

// Where an attribute value that begins at `at` ends, with its quotes; npos if it does not.
std::size_t value_end(std::string_view text, std::size_t at) noexcept {
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
    const std::string_view stop = text[at] == '"' ? "\"<" : "'<";
    const std::size_t end = text.find_first_of(stop, at + 1);
    return end == npos || text[end] == '<' ? npos : end + 1;
  }
  while (at < text.size() && !is_space(text[at]) && text[at] != '>' && text[at] != '<') ++at;
  return at;
}

class AnchorFinder {
 public:
  explicit AnchorFinder(std::string_view text) noexcept : text_(text) {}

  std::vector<Anchor> run() {
    if (text_.find("]:") != npos) read_definitions();
    while (at_ < text_.size()) {
      switch (text_[at_]) {
        case '\\':
          at_ += 2;
          break;
        case '[':
          open_bracket();
          break;
        case ']':
          close_bracket();
          break;
        case '<':
          tag();
          break;
        default:
          ++at_;
      }
    }
    return std::move(anchors_);
  }

 private:
  struct Bracket {
    std::size_t at = 0;
    std::size_t shown_end = npos;  // where something nested begins
  };

  // "[label]: target", at the beginning of a line.
  void read_definitions() {
    for (std::size_t line = 0; line < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', line), text_.size());
      read_definition(slice(text_, line, end));
      line = end + 1;
    }
  }

  void read_definition(std::string_view line) {
    const std::size_t open = line.find_first_not_of(' ');
    if (open == npos || open > 3 || line[open] != '[') return;
    const std::size_t close = line.substr(0, open + longest_label + 2).find(']', open);
    if (close == npos || close == open + 1 || !stands_at(line, close + 1, ":")) return;
    const std::size_t begin = line.find_first_not_of(" \t<", close + 2);
    if (begin == npos) return;
    const std::size_t end = std::min(line.find_first_of(" \t>\r", begin), line.size());
    definitions_.emplace(key_of(slice(line, open + 1, close)), slice(line, begin, end));
  }

  void open_bracket() {
    if (stands_at(text_, at_, "[url=")) return bbcode();
    brackets_.push_back({at_, npos});
    ++at_;
  }

  void close_bracket() {
    const std::size_t close = at_++;
    if (brackets_.empty()) return;
    const Bracket open = brackets_.back();
    brackets_.pop_back();
    const std::string_view shown = slice(text_, open.at + 1, std::min(close, open.shown_end));
    const std::string_view target = target_after(close, slice(text_, open.at + 1, close));
    if (target.empty()) return;
    add(open.at, shown, target);
  }

  // What "[label]", whose bracket closes at `close`, leads to; nothing if it is no
  // link. Leaves at_ behind it.
  std::string_view target_after(std::size_t close, std::string_view label) {
    if (stands_at(text_, close + 1, "(")) return inline_target(close + 2);
    if (stands_at(text_, close + 1, ":")) return {};
    if (stands_at(text_, close + 1, "[") && !definitions_.empty()) {
      const std::size_t end = text_.find_first_of("[]\n", close + 2);
      if (end != npos && text_[end] == ']') {
        const std::string_view named = slice(text_, close + 2, end);
        const std::string_view target = defined(named.empty() ? label : named);
        if (!target.empty()) at_ = end + 1;
        return target;
      }
    }
    return defined(label);
  }

  [[nodiscard]] std::string_view defined(std::string_view label) const {
    if (definitions_.empty() || label.empty() || label.size() > longest_label) return {};
    const auto found = definitions_.find(key_of(label));
    return found != definitions_.end() ? found->second : std::string_view{};
  }

  // "target)", "<target>)", "target "title")". A bracket ends the search, so that
  // none is made twice over the same text.
  std::string_view inline_target(std::size_t at) {
    while (at < text_.size() && is_blank(text_[at])) ++at;
    const bool pointed = at < text_.size() && text_[at] == '<';
    if (pointed) ++at;
    const std::size_t begin = at;
    std::size_t open = 0;
    for (; at < text_.size(); ++at) {
      const char c = text_[at];
      if (is_space(c) || c == '<' || c == '>' || c == '[' || c == ']') break;
      if (c == '(') ++open;
      if (c == ')' && open-- == 0) break;
    }
    const std::string_view target = slice(text_, begin, at);
    if (pointed && stands_at(text_, at, ">")) ++at;
    while (at < text_.size() && is_blank(text_[at])) ++at;
    if (at >= text_.size() || std::string_view("\"'()").find(text_[at]) == npos) return {};
    at_ = at + 1;
    return target;
  }

  // "[url=target]shown[/url]"
  void bbcode() {
    const std::size_t begin = at_;
    const std::size_t close = text_.find_first_of("[]\n", begin + 1);
    at_ = begin + 1;
    if (close == npos || text_[close] != ']') return;
    at_ = close + 1;
    const std::size_t end = next_bbcode_.from(text_, close, "[/url]");
    if (end == npos) return;
    add(begin, slice(text_, close + 1, std::min(end, next_url_.from(text_, close, "[url="))),
        without_quotes(slice(text_, begin + 5, close)));
  }

  void tag() {
    const std::size_t begin = at_++;
    if (stands_at(text_, begin, "<a") && begin + 2 < text_.size() && is_space(text_[begin + 2])) {
      return html(begin);
    }
    if (stands_at(text_, begin, "<http")) piped(begin);
  }

  // "<a class=x href='target'>shown</a>"
  void html(std::size_t begin) {
    std::string_view target;
    std::size_t at = begin + 2;
    while (at < text_.size() && text_[at] != '>' && text_[at] != '<') {
      const std::size_t name = at;
      while (at < text_.size() && is_name(text_[at])) ++at;
      if (at == name) {
        ++at;
        continue;
      }
      const std::string_view attribute = slice(text_, name, at);
      while (at < text_.size() && is_space(text_[at])) ++at;
      if (!stands_at(text_, at, "=")) continue;
      ++at;
      while (at < text_.size() && is_space(text_[at])) ++at;
      const std::size_t end = value_end(text_, at);
      if (end == npos) return;
      // Of several, browsers follow the first.
      if (target.empty() && attribute.size() == 4 && stands_at(attribute, 0, "href")) {
        target = without_quotes(slice(text_, at, end));
      }
      at = end;
    }
    if (!stands_at(text_, at, ">")) return;
    at_ = at + 1;
    const std::size_t end = next_html_.from(text_, at_, "</a");
    if (end != npos && !target.empty()) {
      add(begin, slice(text_, at_, std::min(end, next_opening_.from(text_, at_, "<a "))), target);
    }
  }

  // "<target|shown>"
  void piped(std::size_t begin) {
    const std::size_t bar = text_.find_first_of("|<>\n", begin + 1);
    if (bar == npos || text_[bar] != '|') return;
    const std::size_t end = text_.find_first_of("<>\n", bar + 1);
    if (end == npos || text_[end] != '>') return;
    at_ = end + 1;
    add(begin, slice(text_, bar + 1, end), slice(text_, begin + 1, bar));
  }

  void add(std::size_t begin, std::string_view shown, std::string_view target) {
    const bool image = begin > 0 && text_[begin - 1] == '!' && text_[begin] == '[';
    if (!brackets_.empty()) {
      Bracket& outer = brackets_.back();
      outer.shown_end = std::min(outer.shown_end, begin - (image ? 1 : 0));
    }
    if (image) return;
    const std::size_t end =
        std::max(at_, static_cast<std::size_t>(shown.data() - text_.data()) + shown.size());
    anchors_.push_back(
        {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, shown, target});
  }

  // The next place of a closing tag, found once for all that ask before it.
  class Next {
   public:
    std::size_t from(std::string_view text, std::size_t at, std::string_view tag) {
      if (known_ && at <= place_) return place_;
      known_ = true;
      for (place_ = text.find(tag[0], at); place_ != npos; place_ = text.find(tag[0], place_ + 1)) {
        if (stands_at(text, place_, tag)) return place_;
      }
      return npos;
    }

   private:
    bool known_ = false;
    std::size_t place_ = 0;
  };

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Bracket> brackets_;
  std::vector<Anchor> anchors_;
  std::unordered_map<std::string, std::string_view> definitions_;
  Next next_html_, next_opening_, next_bbcode_, next_url_;
};

}  // namespace

bool may_hold_anchors(std::string_view text) noexcept {
  const auto has = [&](std::string_view sign) { return text.find(sign) != npos; };
  return has("<") || (has("[") && (has("](") || has("]:") || has("=")));
}

std::vector<Anchor> find_anchors(std::string_view text) {
  if (!may_hold_anchors(text)) return {};
  return AnchorFinder(text).run();
}

}  // namespace modcore::text
