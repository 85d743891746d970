// One pass: every byte is looked at a bounded number of times, whatever the text.
#include "text/link_finder.hpp"

#include <algorithm>
#include <array>

#include "support/utf8.hpp"
#include "text/addresses.hpp"
#include "text/fold.hpp"
#include "text/honest_words.hpp"
#include "text/hosts.hpp"

namespace modcore::text {
namespace {

constexpr std::string_view trailing_punctuation = ".,;:!?'*_~([{";
constexpr std::string_view wide_stop = "\uFF0E";  // FULLWIDTH FULL STOP
// They end a sentence in Chinese and Japanese, but part the labels of a host too.
constexpr std::string_view ideographic_stops[] = {"\u3002", "\uFF61"};
// Endings of files that are top-level domains as well.
constexpr std::string_view file_endings[] = {"md", "mov", "pm", "ps", "py", "rs", "sh", "zip"};
// Endings that begin a sentence far more often than they end a host.
constexpr std::string_view sentence_beginnings[] = {"how", "il", "je", "now", "you"};
constexpr std::size_t longest_ipv6 = 48;
// What may stand between an address and itself as its shown text: "](", "\">".
constexpr std::size_t longest_seam = 160;

bool is_ascii_alnum(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_slash(char c) noexcept {
  return c == '/' || c == '\\';
}

bool same_ignoring_case(char lower, char c) noexcept {
  return lower == (is_upper(c) ? c | 0x20 : c);
}

// Of "http" or "https" at the end of a run of letters, in any case; 0 if none is there.
std::size_t scheme_length(std::string_view run) noexcept {
  for (const std::string_view scheme : {"https", "http"}) {
    if (run.size() >= scheme.size() &&
        std::equal(scheme.rbegin(), scheme.rend(), run.rbegin(), same_ignoring_case)) {
      return scheme.size();
    }
  }
  return 0;
}

// Nobody sees them, and no host keeps them: SOFT HYPHEN, ZERO WIDTH SPACE,
// NON-JOINER and JOINER, WORD JOINER, VARIATION SELECTOR-16, ZERO WIDTH NO-BREAK SPACE.
bool is_invisible(char32_t c) noexcept {
  return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFE0F || c == 0xFEFF;
}

bool is_other_stop(char32_t c) noexcept {
  return c == 0xFF0E || c == 0x3002 || c == 0xFF61;
}

// Whether a stop that is not "." may part two labels there: that of Chinese not
// before a letter of Chinese, which begins the next sentence.
bool has_other_stop(std::string_view text) noexcept {
  if (utf8::is_ascii(text)) return false;
  if (text.find(wide_stop) != std::string_view::npos) return true;
  for (const std::string_view stop : ideographic_stops) {
    for (auto at = text.find(stop); at != std::string_view::npos; at = text.find(stop, at + 1)) {
      const std::size_t after = at + stop.size();
      if (after >= text.size()) break;
      const char32_t next = utf8::decode(text, after).code_point;
      if (is_word(next) && !is_unspaced(next)) return true;
    }
  }
  return false;
}

bool has_stop(std::string_view text) noexcept {
  return text.find('.') != std::string_view::npos || has_other_stop(text);
}

// Of "słowo.Następne" and the like; of endings with such letters nobody uses any.
bool is_accented_latin(char32_t c) noexcept {
  return c >= 0xC0 && c < 0x250;
}

// Whether a host may end so, before it is mapped, which takes long.
bool may_end_a_host(std::string_view written) {
  if (!has_stop(written)) return false;
  const std::string_view ending = written.substr(written.rfind('.') + 1);
  if (utf8::is_ascii(ending)) return is_listed_suffix(ending);
  for (std::size_t at = 0; at < ending.size();) {
    const utf8::Decoded next = utf8::decode(ending, at);
    if (is_accented_latin(next.code_point)) return false;
    at += next.length;
  }
  return true;
}

// "end.So", "stream.You": a capital after a dot begins a sentence, unless the
// word before has one as well ("Example.Com"); two letters always do.
bool looks_like_sentence(std::string_view written) noexcept {
  const std::size_t dot = written.rfind('.');
  if (dot == std::string_view::npos || dot + 2 > written.size()) return false;
  const std::string_view before = written.substr(0, dot);
  const std::string_view ending = written.substr(dot + 1);
  const std::string_view rest = ending.substr(1);
  if (!is_upper(ending[0]) || !std::all_of(rest.begin(), rest.end(), is_lower)) return false;
  return ending.size() == 2 || !is_upper(before.substr(before.rfind('.') + 1)[0]);
}

// "readme.md", "person.how": one label and such an ending.
template <std::size_t size>
bool is_label_with(std::string_view host, const std::string_view (&endings)[size]) noexcept {
  const std::string_view ending = host.substr(host.find('.') + 1);
  return std::find(std::begin(endings), std::end(endings), ending) != std::end(endings);
}

// "her.love", "m.in.": words with a dot for a space, or an abbreviation. "net" is
// a word too, but hardly ever begins a sentence.
bool looks_like_words(std::string_view host) noexcept {
  if (host.ends_with(".net")) return false;
  for (;;) {
    const std::size_t dot = std::min(host.rfind('.'), host.size());
    const std::string_view label = dot == host.size() ? host : host.substr(dot + 1);
    if (!is_ordinary_word(label)) return false;
    if (dot == host.size()) return true;
    host.remove_suffix(host.size() - dot);
  }
}

// "shop.co.il" has a registered ending of two labels: words with dots have none.
bool is_doubtful(std::string_view host) {
  const std::string_view parent = host.substr(host.find('.') + 1);
  if (parent.find('.') != std::string_view::npos && is_registry_suffix(parent)) return false;
  return is_label_with(host, file_endings) || is_label_with(host, sentence_beginnings) ||
         looks_like_words(host);
}

// Brackets that a link has opened. One that closes more than it opened belongs
// to the text around it: "(see a.example/x)", "[x](a.example)".
class Brackets {
 public:
  // False for a closing bracket without its opening one.
  bool accept(char c) noexcept {
    constexpr std::string_view opening = "([{";
    constexpr std::string_view closing = ")]}";
    if (const auto kind = opening.find(c); kind != std::string_view::npos) ++open_[kind];
    const auto kind = closing.find(c);
    if (kind == std::string_view::npos) return true;
    return open_[kind] != 0 && open_[kind]-- != 0;
  }

 private:
  std::array<std::size_t, 3> open_{};
};

class LinkFinder {
 public:
  LinkFinder(std::string_view text, Links& out) noexcept
      : text_(text), out_(out), first_(out.size()) {}

  void run() {
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      const std::size_t end = host_end(begin);
      if (end == begin) {
        at_ += utf8::decode(text_, at_).length;
        continue;
      }
      at_ = end;
      const std::size_t slashes = scheme_slashes(end);
      const std::size_t scheme =
          slashes > end ? scheme_length(text_.substr(begin, end - begin)) : 0;
      if (scheme != 0) {
        schemed(end - scheme, end, slashes);
      } else {
        bare(begin, end);
      }
    }
  }

 private:
  // The end of the run of host characters from `at` on. A letter of a script
  // without spaces beside one of another script is where text meets a link.
  [[nodiscard]] std::size_t host_end(std::size_t begin) const noexcept {
    int unspaced = -1;  // of the character before: -1 for a separator
    std::size_t at = begin;
    std::size_t end = begin;
    while (at < text_.size()) {
      const char c = text_[at];
      if (c == '.' || c == '-' || c == '_') {
        unspaced = -1;
        end = ++at;
        continue;
      }
      const utf8::Decoded next = utf8::decode(text_, at);
      // None begins with one, though VARIATION SELECTOR-16 counts as part of a word.
      if (end == begin && is_invisible(next.code_point)) break;
      if (next.length > 1 && end > begin) {
        // Both are part of the run only if it goes on.
        const bool stop = is_other_stop(next.code_point) && parts_labels(at, next, unspaced);
        if (stop) unspaced = -1;
        if (stop || is_invisible(next.code_point)) {
          at += next.length;
          continue;
        }
      }
      if (!next.valid || !(next.code_point < 0x80 ? is_ascii_alnum(c) : is_word(next.code_point))) {
        break;
      }
      const int kind = next.code_point >= 0x80 && is_unspaced(next.code_point) ? 1 : 0;
      if (unspaced >= 0 && kind != unspaced) break;
      unspaced = kind;
      end = at += next.length;
    }
    return end;
  }

  // Whether a stop other than "." parts two labels at `at`. That of Chinese does so
  // only between letters of other scripts; else it ends a sentence.
  [[nodiscard]] bool parts_labels(std::size_t at, utf8::Decoded stop,
                                  int unspaced_before) const noexcept {
    if (stop.code_point == 0xFF0E) return true;
    if (unspaced_before != 0 || at + stop.length >= text_.size()) return false;
    const utf8::Decoded next = utf8::decode(text_, at + stop.length);
    return is_word(next.code_point) && !is_unspaced(next.code_point);
  }

  // Whether the character at `at` cannot stand in a link; the text's end cannot.
  [[nodiscard]] bool stops(std::size_t at) const noexcept {
    if (at >= text_.size()) return true;
    const char c = text_[at];
    if (!utf8::is_ascii({&c, 1})) {
      const utf8::Decoded next = utf8::decode(text_, at);
      return !next.valid || !is_word(next.code_point);
    }
    return c <= ' ' || c == 0x7F || std::string_view("<>\"`\\^|").find(c) != std::string_view::npos;
  }

  // The end of "://" at `at`, or of what browsers take for it: ":/", ":\\", ":///".
  [[nodiscard]] std::size_t scheme_slashes(std::size_t at) const noexcept {
    if (at + 1 >= text_.size() || text_[at] != ':' || !is_slash(text_[at + 1])) return at;
    std::size_t end = at + 1;
    while (end < text_.size() && end - at <= 4 && is_slash(text_[end])) ++end;
    return end;
  }

  // [begin, end) is "http" or "https"; the slashes behind it end at `host_begin`.
  void schemed(std::size_t begin, std::size_t end, std::size_t host_begin) {
    const bool usual = text_.substr(end, host_begin - end) == "://";
    for (std::size_t i = host_begin;
         !stops(i) && text_[i] != '/' && text_[i] != '?' && text_[i] != '#';
         i += utf8::decode(text_, i).length) {
      if (text_[i] == '@') host_begin = i + 1;  // a user name before the host
    }
    const std::size_t last = schemed_host_end(host_begin);
    const std::string_view host = out_.host(text_.substr(host_begin, last - host_begin));
    if (host.empty()) return;
    if (usual || is_address(host) || has_public_suffix(host)) return add(begin, last, host, false);
    out_.drop_host();
  }

  // Of a host after a scheme: it may be percent-encoded, or an address in brackets.
  [[nodiscard]] std::size_t schemed_host_end(std::size_t begin) {
    if (begin < text_.size() && text_[begin] == '[') {
      const std::size_t close = text_.substr(begin, longest_ipv6).find(']');
      return close == std::string_view::npos ? begin : begin + close + 1;
    }
    std::size_t end = host_end(begin);
    while (end + 2 < text_.size() && text_[end] == '%' && is_hex(text_[end + 1]) &&
           is_hex(text_[end + 2])) {
      end = host_end(end + 3);
    }
    const std::size_t gap = trimmed_end(begin, first_gap(begin, end));
    const std::size_t stop = first_ideographic_stop(begin, gap);
    return stop < gap && !names_site(begin, gap) ? stop : gap;
  }

  [[nodiscard]] bool names_site(std::size_t begin, std::size_t end) {
    const std::string_view host = out_.host(text_.substr(begin, end - begin));
    if (host.empty()) return false;
    out_.drop_host();
    return has_public_suffix(host);
  }

  // [begin, end) may be the host of a link without a scheme, or hold some
  // between dots: "so...a.example". It is read once, however many it holds.
  void bare(std::size_t begin, std::size_t end) {
    if (!has_stop(text_.substr(begin, end - begin))) return;
    if (is_part_of_address(begin, end) || is_part_of_path(begin)) return;
    while (begin < end) {
      const std::size_t gap = first_gap(begin, end);
      const std::size_t last = trimmed_end(begin, gap);
      while (begin < gap && (try_bare(begin, last) || try_bare(begin, first_ideographic_stop(begin, gap)))) {
        if (at_ >= end) return;
        begin = at_ + ideographic_stop_at(at_);
      }
      begin = std::max(begin, gap);
      while (begin < end && text_[begin] == '.') ++begin;
    }
    at_ = end;
  }

  bool try_bare(std::size_t begin, std::size_t end) {
    const auto is_edge = [](char c) { return c == '.' || c == '-' || c == '_'; };
    while (begin < end && is_edge(text_[begin])) ++begin;
    end = trimmed_end(begin, end);
    const std::string_view written = text_.substr(begin, end - begin);
    if (written.size() > longest_host) return false;
    const bool more = port_end(end) > end || (end < text_.size() && text_[end] == '/');
    if (!may_end_a_host(written) || (!more && looks_like_sentence(written))) return false;
    const std::string_view host = out_.host(written);
    if (host.empty()) return false;
    if (is_address(host) || !has_public_suffix(host)) {
      out_.drop_host();
      return false;
    }
    const bool plain = more || host.starts_with("www.");
    add(begin, end, host, !plain && is_doubtful(host));
    return true;
  }

  // Where the first of two dots in a row stands, or `end`.
  [[nodiscard]] std::size_t first_gap(std::size_t begin, std::size_t end) const noexcept {
    const auto gap = text_.substr(begin, end - begin).find("..");
    return gap == std::string_view::npos ? end : begin + gap;
  }

  [[nodiscard]] std::size_t first_ideographic_stop(std::size_t begin,
                                                   std::size_t end) const noexcept {
    constexpr std::string_view beginnings = "\xE3\xEF";
    const std::string_view text = text_.substr(0, end);
    for (auto at = text.find_first_of(beginnings, begin); at != std::string_view::npos;
         at = text.find_first_of(beginnings, at + 1)) {
      if (ideographic_stop_at(at) != 0) return at;
    }
    return end;
  }

  // How many bytes it has; 0 if there is none.
  [[nodiscard]] std::size_t ideographic_stop_at(std::size_t at) const noexcept {
    for (const std::string_view stop : ideographic_stops) {
      if (text_.compare(at, stop.size(), stop) == 0) return stop.size();
    }
    return 0;
  }

  [[nodiscard]] std::size_t trimmed_end(std::size_t begin, std::size_t end) const noexcept {
    while (end > begin &&
           (text_[end - 1] == '.' || text_[end - 1] == '-' || text_[end - 1] == '_')) {
      --end;
    }
    return end;
  }

  // The domain or the local part of an e-mail address.
  [[nodiscard]] bool is_part_of_address(std::size_t begin, std::size_t end) const noexcept {
    if (end < text_.size() && text_[end] == '@') return true;
    if (begin < 2 || text_[begin - 1] != '@') return false;
    const char local = text_[begin - 2];
    return is_ascii_alnum(local) || !utf8::is_ascii({&local, 1}) ||
           std::string_view("._%+-\\").find(local) != std::string_view::npos;
  }

  // "docs/index.html" names no host; "ftp://a.example" does.
  [[nodiscard]] bool is_part_of_path(std::size_t begin) const noexcept {
    if (begin == 0) return false;
    if (text_[begin - 1] == '\\') return true;
    return text_[begin - 1] == '/' && !(begin >= 2 && text_[begin - 2] == '/');
  }

  void add(std::size_t begin, std::size_t end, std::string_view host, bool doubtful) {
    end = port_end(end);
    const std::size_t tail = end;
    if (end < text_.size() && (text_[end] == '/' || text_[end] == '?' || text_[end] == '#')) {
      end = tail_end(end);
    }
    Link link{.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
              .host = host,
              .doubtful = doubtful};
    if (end > tail && text_[tail] == '/') link.path = text_.substr(tail, end - tail);
    if (out_.size() > first_ && is_shown_again(out_[out_.size() - 1], link)) out_.drop_last();
    out_.add(link);
    at_ = end;
  }

  // "[https://a.com](https://a.com)", "<a href="https://a.com">a.com</a>": the same
  // address, once to follow and once to see.
  [[nodiscard]] bool is_shown_again(const Link& before, const Link& link) const noexcept {
    if (before.host != link.host || before.path != link.path) return false;
    const std::string_view seam =
        text_.substr(before.range.end, link.range.begin - before.range.end);
    if (seam.size() > longest_seam) return false;
    if (seam == "](" || seam == "](<" || seam == "]" || seam == ">") return true;
    return seam.size() >= 2 && (seam[0] == '"' || seam[0] == '\'') &&
           (seam.back() == '>' || seam.back() == ']') && seam.find('<') == std::string_view::npos;
  }

  [[nodiscard]] std::size_t port_end(std::size_t at) const noexcept {
    if (at >= text_.size() || text_[at] != ':') return at;
    std::size_t end = at + 1;
    while (end < text_.size() && end - at <= 5 && is_digit(text_[end])) ++end;
    return end > at + 1 ? end : at;
  }

  // The end of path, query and fragment. "[/" closes a tag of BBCode.
  [[nodiscard]] std::size_t tail_end(std::size_t begin) const noexcept {
    Brackets brackets;
    std::size_t end = begin;
    while (!stops(end) && text_.compare(end, 2, "[/") != 0 && brackets.accept(text_[end])) {
      end += utf8::decode(text_, end).length;
    }
    while (end > begin && trailing_punctuation.find(text_[end - 1]) != std::string_view::npos)
      --end;
    return end;
  }

  std::string_view text_;
  Links& out_;
  std::size_t first_;  // of the links of this text
  std::size_t at_ = 0;
};

// Whether a dot stands between characters, as in a host, or a scheme before one.
// Most texts have neither, and these searches are fast.
bool may_hold_links(std::string_view text) noexcept {
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
    if (dot + 1 < text.size() &&
        (is_ascii_alnum(text[dot + 1]) || !utf8::is_ascii(text.substr(dot + 1, 1)))) {
      return true;
    }
  }
  for (auto at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    if (at + 1 < text.size() && is_slash(text[at + 1])) return true;
  }
  return has_other_stop(text);
}

}  // namespace

void find_plain_links(std::string_view text, Links& out) {
  if (may_hold_links(text)) LinkFinder(text, out).run();
}

}  // namespace modcore::text
