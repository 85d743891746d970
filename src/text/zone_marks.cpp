// Quotes and code in Markdown, BBCode, HTML and mail, as much as moderation needs.
// Which opener has which closer is found without searching ahead for each, so that
// a text full of unclosed ones costs no more than another.
#include "text/zone_marks.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/quote_headers.hpp"

namespace modcore::text {
namespace {

using Kind = ZoneMark::Kind;

constexpr std::size_t fence_minimum = 3;
constexpr std::size_t code_indent = 4;

std::uint32_t narrow(std::size_t offset) noexcept {
  return static_cast<std::uint32_t>(offset);
}

// The line that begins at `begin`, with its end (LF, CRLF or CR).
Range line_at(std::string_view text, std::size_t begin) noexcept {
  std::size_t end = begin;
  while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
  if (end < text.size() && text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n') {
    ++end;
  }
  return {narrow(begin), narrow(std::min(end + 1, text.size()))};
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
bool is_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_blank(std::string_view line) noexcept {
  return std::all_of(line.begin(), line.end(), is_space);
}

std::size_t spaces_before(std::string_view line) noexcept {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Bytes of the indent that makes a line code, 0 if it has none.
std::size_t code_indent_of(std::string_view line) noexcept {
  const std::size_t spaces = spaces_before(line);
  if (spaces >= code_indent) return code_indent;
  return spaces < line.size() && line[spaces] == '\t' ? spaces + 1 : 0;
}

// Bytes of the quote markers that a line begins with: "> ", ">> ", " > > ". 0 if
// none; ">!" opens a spoiler.
std::size_t quote_marker(std::string_view line) noexcept {
  std::size_t marker = 0;
  for (;;) {
    const std::size_t at = marker + spaces_before(line.substr(marker));
    if (at > marker + 3 || at >= line.size() || line[at] != '>') break;
    if (at + 1 < line.size() && line[at + 1] == '!') break;
    marker = at + 1;
  }
  if (marker != 0 && marker < line.size() && line[marker] == ' ') ++marker;
  return marker;
}

bool is_indented(std::string_view line) noexcept {
  return line.starts_with("  ") || line.starts_with('\t');
}

// "- one", "2. two": what is indented below belongs to it and is no code.
bool is_list_item(std::string_view line) noexcept {
  std::size_t at = std::min(line.find_first_not_of(" \t"), line.size());
  const std::size_t first = at;
  while (at < line.size() && at - first < 9 && is_digit(line[at])) ++at;
  if (at >= line.size()) return false;
  const std::string_view signs = at > first ? ".)" : "-*+";
  return signs.find(line[at]) != std::string_view::npos && at + 1 < line.size() &&
         is_space(line[at + 1]);
}

struct TagName {
  std::string_view name;
  ZoneTag tag;
};
constexpr TagName bbcode_tags[] = {{"quote", ZoneTag::bb_quote}, {"code", ZoneTag::bb_code}};
constexpr TagName html_tags[] = {{"blockquote", ZoneTag::blockquote},
                                 {"q", ZoneTag::q},
                                 {"code", ZoneTag::code},
                                 {"pre", ZoneTag::pre}};

// What stands between the name of a tag and its last bracket, without "=" and quotes.
Range argument_in(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  constexpr std::string_view edge = " \t=\"'";
  while (begin < end && edge.find(text[begin]) != std::string_view::npos) ++begin;
  while (end > begin && edge.find(text[end - 1]) != std::string_view::npos) --end;
  return {narrow(begin), narrow(end)};
}

// Where the tag ends that has `at` behind its name; npos if that is not on its line
// or another one comes first, so that no text is read again and again.
std::size_t tag_end(std::string_view line, std::size_t at, char open, char close) noexcept {
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (c == close) return at;
    if (c == open) break;
    if (c != '"' || line[at - 1] != '=') continue;
    at = line.find('"', at + 1);
    if (at == std::string_view::npos) break;
  }
  return std::string_view::npos;
}

// The mark of a tag that begins at `at` of a line; its range is empty if none does.
ZoneMark tag_at(std::string_view line, std::size_t at) noexcept {
  const char open = line[at];
  const char close = open == '[' ? ']' : '>';
  const bool closing = at + 1 < line.size() && line[at + 1] == '/';
  const std::size_t name_begin = at + (closing ? 2 : 1);
  std::size_t name_end = name_begin;
  while (name_end < line.size() && name_end - name_begin < 11 && lower(line[name_end]) >= 'a' &&
         lower(line[name_end]) <= 'z') {
    ++name_end;
  }
  const auto named = [&](const TagName& known) {
    return known.name.size() == name_end - name_begin &&
           std::equal(known.name.begin(), known.name.end(),
                      line.begin() + static_cast<std::ptrdiff_t>(name_begin),
                      [](char a, char b) { return a == lower(b); });
  };
  const TagName* const first = open == '[' ? std::begin(bbcode_tags) : std::begin(html_tags);
  const TagName* const last = open == '[' ? std::end(bbcode_tags) : std::end(html_tags);
  const TagName* const known = std::find_if(first, last, named);
  if (known == last || name_end >= line.size()) return {};
  const char next = line[name_end];
  if (next != close && !is_space(next) && (next != '=' || open != '[')) return {};
  const std::size_t end = tag_end(line, name_end, open, close);
  if (end == std::string_view::npos) return {};
  const Range argument = argument_in(line, name_end, end);
  if (closing && argument.begin < argument.end) return {};
  return {.kind = closing ? Kind::close_tag : Kind::open_tag,
          .tag = known->tag,
          .range = {narrow(at), narrow(end + 1)},
          .argument = argument};
}

Range moved(Range range, std::uint32_t by) noexcept {
  return {range.begin + by, range.end + by};
}

}  // namespace

class MarkFinder {
 public:
  MarkFinder(std::string_view body, ZoneMarks& out) noexcept : body_(body), out_(out) {}

  void run() {
    out_.marks_.clear();
    out_.runs_.clear();
    collect_fences();
    close_fences('`');
    close_fences('~');
    read_lines();
    close_marks_of_fences();
    close_backticks();
    close_code_tags();
    close_quote_tags();
  }

 private:
  // ---- Fences ----

  void collect_fences() {
    out_.fences_.clear();
    for (std::size_t at = 0; at < body_.size();) {
      const Range line = line_at(body_, at);
      ZoneMarks::FenceLine fence = fence_of(slice(body_, line));
      if (fence.length != 0) {
        fence.line = line;
        fence.info = moved(fence.info, line.begin);
        out_.fences_.push_back(fence);
      }
      at = line.end;
    }
  }

  // The line as a fence; its length is 0 if it is none.
  static ZoneMarks::FenceLine fence_of(std::string_view line) noexcept {
    ZoneMarks::FenceLine fence;
    const std::size_t spaces = spaces_before(line);
    if (spaces >= code_indent || spaces >= line.size()) return fence;
    const char character = line[spaces];
    if (character != '`' && character != '~') return fence;
    const std::size_t end = std::min(line.find_first_not_of(character, spaces), line.size());
    if (end - spaces < fence_minimum) return fence;
    const std::string_view info = line.substr(end);
    const std::size_t begin = end + std::min(info.find_first_not_of(" \t\r\n"), info.size());
    fence.length = narrow(end - spaces);
    fence.character = character;
    fence.can_close = begin == line.size();
    fence.can_open = character == '~' || info.find('`') == std::string_view::npos;
    fence.info = {narrow(begin), narrow(std::max(begin, line.find_last_not_of(" \t\r\n") + 1))};
    return fence;
  }

  // Gives each fence of one character the next line that can close it: one at
  // least as long. `nearest` holds the candidates behind, the nearest last; a
  // candidate behind a longer or equal one is never the next.
  void close_fences(char character) {
    auto& candidates = out_.nearest_;
    candidates.clear();
    for (std::size_t i = out_.fences_.size(); i-- > 0;) {
      ZoneMarks::FenceLine& fence = out_.fences_[i];
      if (fence.character != character) continue;
      const auto long_enough = std::partition_point(
          candidates.rbegin(), candidates.rend(),
          [&](std::uint32_t c) { return out_.fences_[c].length < fence.length; });
      if (fence.can_open && long_enough != candidates.rend()) {
        fence.closer = *long_enough;
        out_.fences_[*long_enough].closes = true;
      }
      if (!fence.can_close) continue;
      while (!candidates.empty() && out_.fences_[candidates.back()].length <= fence.length) {
        candidates.pop_back();
      }
      candidates.push_back(narrow(i));
    }
  }

  void close_marks_of_fences() {
    for (const ZoneMarks::FenceLine& fence : out_.fences_) {
      if (fence.closer == ZoneMark::none || fence.mark == ZoneMark::none) continue;
      out_.marks_[fence.mark].closer = out_.fences_[fence.closer].mark;
    }
  }

  // ---- Lines ----

  void read_lines() {
    for (std::size_t at = 0; at < body_.size();) {
      const Range line = line_at(body_, at);
      at = is_blank(slice(body_, line)) ? blank_line(line) : full_line(line);
    }
  }

  std::size_t blank_line(Range line) noexcept {
    ++paragraph_;
    after_blank_ = true;
    return line.end;
  }

  // Reads a line and what belongs to it; where the next one begins.
  std::size_t full_line(Range line) {
    const std::string_view text = slice(body_, line);
    const bool after_blank = std::exchange(after_blank_, false);
    if (is_fence(line)) return fence_line(line);
    if (quote_marker(text) != 0) return quote_lines(line);
    if (after_blank && !hanging_ && code_indent_of(text) != 0) return indented_lines(line);
    if (const std::size_t end = header_end(line); end != line.begin) {
      add_lines(Kind::header, {line.begin, line.begin}, end);
      return end;
    }
    if (is_indented(text) || is_list_item(text)) {
      hanging_ = true;
    } else if (after_blank) {
      hanging_ = false;
    }
    running_text(line);
    return line.end;
  }

  bool is_fence(Range line) noexcept {
    auto& fences = out_.fences_;
    while (fence_ < fences.size() && fences[fence_].line.begin < line.begin) ++fence_;
    if (fence_ == fences.size() || fences[fence_].line != line) return false;
    return fences[fence_].closes || fences[fence_].closer != ZoneMark::none;
  }

  std::size_t fence_line(Range line) {
    ZoneMarks::FenceLine& fence = out_.fences_[fence_];
    fence.mark = narrow(out_.marks_.size());
    out_.marks_.push_back({.kind = Kind::fence, .range = line, .argument = fence.info});
    ++paragraph_;
    return line.end;
  }

  // Lines that begin with ">". If none says anything, nothing is quoted.
  std::size_t quote_lines(Range line) {
    const std::size_t known = out_.marks_.size();
    bool says_something = false;
    while (line.begin < line.end) {
      const std::string_view text = slice(body_, line);
      const std::size_t marker = quote_marker(text);
      if (marker == 0) break;
      says_something |= !is_blank(text.substr(marker));
      add_lines(Kind::quote_line, {line.begin, line.begin + narrow(marker)}, line.end);
      line = line_at(body_, line.end);
    }
    if (!says_something) out_.marks_.resize(known);
    return line.begin;
  }

  std::size_t indented_lines(Range line) {
    const auto indent = narrow(code_indent_of(slice(body_, line)));
    const Range marker{line.begin, line.begin + indent};
    std::size_t end = line.end;
    for (line = line_at(body_, end); line.begin < line.end; line = line_at(body_, line.end)) {
      if (is_blank(slice(body_, line))) continue;
      if (code_indent_of(slice(body_, line)) == 0) break;
      end = line.end;
    }
    add_lines(Kind::indented, marker, end);
    return end;
  }

  void add_lines(Kind kind, Range marker, std::size_t end) {
    out_.marks_.push_back({.kind = kind, .range = marker, .end = narrow(end)});
    ++paragraph_;
  }

  // The end of the lines that announce a quote, if the line is the first of them;
  // otherwise its begin. An announcement without a quote is ordinary text.
  [[nodiscard]] std::size_t header_end(Range line) const noexcept {
    if (is_separator(slice(body_, line))) return line.end;
    const Range second = line_at(body_, line.end);
    for (const Range last : {line, second}) {
      if (!is_attribution(slice(body_, {line.begin, last.end}))) continue;
      Range next = line_at(body_, last.end);
      if (is_blank(slice(body_, next))) next = line_at(body_, next.end);
      const std::string_view text = slice(body_, next);
      const std::size_t marker = quote_marker(text);
      return marker != 0 && !is_blank(text.substr(marker)) ? last.end : line.begin;
    }
    return line.begin;
  }

  void running_text(Range line) {
    const std::string_view text = slice(body_, line);
    bool escaped = false;  // by a backslash before
    for (std::size_t at = 0; at < text.size();) {
      const char c = text[at];
      if (c == '`') {
        const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
        add_backticks({line.begin + narrow(at), line.begin + narrow(end)}, escaped);
        at = end;
      } else if ((c == '<' || c == '[') && !escaped) {
        ZoneMark mark = tag_at(text, at);
        at = std::max<std::size_t>(at + 1, mark.range.end);
        if (mark.range.end != 0) add_tag(mark, line.begin);
      } else {
        ++at;
      }
      escaped = c == '\\' && !escaped;
    }
  }

  void add_backticks(Range range, bool escaped) {
    const std::uint32_t length = range.end - range.begin;
    out_.runs_.push_back(
        {narrow(out_.marks_.size()), paragraph_, length, length - (escaped ? 1 : 0)});
    out_.marks_.push_back({.kind = Kind::backticks, .range = range});
  }

  void add_tag(ZoneMark mark, std::uint32_t line) {
    mark.range = moved(mark.range, line);
    mark.argument = moved(mark.argument, line);
    out_.marks_.push_back(mark);
  }

  // ---- Closers ----

  // Gives each run the next one of its length in its paragraph.
  void close_backticks() {
    auto& nearest = out_.nearest_;  // by length, the run last seen from behind
    nearest.clear();
    for (std::size_t i = out_.runs_.size(); i-- > 0;) {
      const ZoneMarks::Run& run = out_.runs_[i];
      if (run.length >= nearest.size()) nearest.resize(run.length + 1, ZoneMark::none);
      const std::uint32_t next = nearest[run.opens];
      if (run.opens != 0 && next != ZoneMark::none && out_.runs_[next].paragraph == run.paragraph) {
        out_.marks_[run.mark].closer = out_.runs_[next].mark;
      }
      nearest[run.length] = narrow(i);
    }
  }

  // Code ends at the first tag that closes it.
  void close_code_tags() {
    std::array<std::uint32_t, zone_tags> next;
    next.fill(ZoneMark::none);
    for (std::size_t i = out_.marks_.size(); i-- > 0;) {
      ZoneMark& mark = out_.marks_[i];
      auto& nearest = next[static_cast<std::size_t>(mark.tag)];
      if (mark.kind == Kind::close_tag) nearest = narrow(i);
      if (mark.kind == Kind::open_tag && !is_quote(mark.tag)) mark.closer = nearest;
    }
  }

  // Quotes nest. Inside code there are none.
  void close_quote_tags() {
    for (auto& open : out_.open_) open.clear();
    for (std::uint32_t i = 0; i < out_.marks_.size(); ++i) {
      const ZoneMark& mark = out_.marks_[i];
      auto& open = out_.open_[static_cast<std::size_t>(mark.tag)];
      if (mark.kind == Kind::close_tag) {
        if (open.empty()) continue;
        out_.marks_[open.back()].closer = i;
        open.pop_back();
      } else if (mark.kind == Kind::open_tag && is_quote(mark.tag)) {
        open.push_back(i);
      } else if (mark.closer != ZoneMark::none) {
        i = mark.closer;
      }
    }
  }

  std::string_view body_;
  ZoneMarks& out_;
  std::size_t fence_ = 0;  // the next of the fence lines
  std::uint32_t paragraph_ = 0;
  bool after_blank_ = false;
  bool hanging_ = false;  // below a list item or a verse, whose next lines are indented too
};

const std::vector<ZoneMark>& ZoneMarks::find(std::string_view body) {
  MarkFinder(body, *this).run();
  return marks_;
}

}  // namespace modcore::text
