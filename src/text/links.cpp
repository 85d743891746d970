// Links in running text, in one pass: every byte is looked at a bounded number
// of times, whatever the text.
#include <algorithm>
#include <array>

#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"
#include "text/hosts.hpp"

namespace modcore::text {
namespace {

constexpr std::string_view scheme_end = "://";
constexpr std::string_view trailing_punctuation = ".,;:!?'*_~([{";

bool is_ascii_alnum(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool ends_with_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  if (text.size() < lower.size()) return false;
  return std::equal(lower.begin(), lower.end(), text.end() - static_cast<std::ptrdiff_t>(lower.size()),
                    [](char a, char b) { return a == (is_upper(b) ? b + 0x20 : b); });
}

// "end.So", "stream.You": a capital after a dot begins a sentence, unless the
// word before has one as well ("Example.Com"); two letters always do.
bool looks_like_sentence(std::string_view before, std::string_view ending) noexcept {
  const std::string_view rest = ending.substr(1);
  if (!is_upper(ending[0]) || !std::all_of(rest.begin(), rest.end(), is_lower)) return false;
  return ending.size() == 2 || !is_upper(before.substr(before.rfind('.') + 1)[0]);
}

// Whether an ending can be a top-level domain, before anything is looked up.
bool may_be_suffix(std::string_view ending) noexcept {
  return ending.size() >= 2 && !std::all_of(ending.begin(), ending.end(), is_digit);
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
  LinkFinder(std::string_view text, std::vector<Link>& out) noexcept : text_(text), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      const std::size_t end = host_end(begin);
      if (end == begin) {
        at_ += utf8::decode(text_, at_).length;
        continue;
      }
      at_ = end;
      if (text_.substr(end).starts_with(scheme_end)) {
        schemed(begin, end);
      } else {
        bare(begin, end);
      }
    }
  }

 private:
  // The end of the run of host characters from `at` on. A letter of a script
  // without spaces beside one of another script is where text meets a link.
  [[nodiscard]] std::size_t host_end(std::size_t at) const noexcept {
    int unspaced = -1;  // of the character before: -1 for a separator
    while (at < text_.size()) {
      const char c = text_[at];
      if (c == '.' || c == '-' || c == '_') {
        unspaced = -1;
        ++at;
        continue;
      }
      const utf8::Decoded next = utf8::decode(text_, at);
      if (!next.valid || !(next.code_point < 0x80 ? is_ascii_alnum(c) : is_word(next.code_point))) {
        break;
      }
      const int kind = next.code_point >= 0x80 && is_unspaced(next.code_point) ? 1 : 0;
      if (unspaced >= 0 && kind != unspaced) break;
      unspaced = kind;
      at += next.length;
    }
    return at;
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

  // [begin, end) stands before "://".
  void schemed(std::size_t begin, std::size_t end) {
    const std::string_view run = text_.substr(begin, end - begin);
    std::size_t length = 0;
    if (ends_with_ignoring_case(run, "https")) length = 5;
    if (ends_with_ignoring_case(run, "http")) length = 4;
    at_ = end + scheme_end.size();
    if (length == 0) return;
    std::size_t host_begin = at_;
    for (std::size_t i = at_; !stops(i) && text_[i] != '/' && text_[i] != '?' && text_[i] != '#';
         i += utf8::decode(text_, i).length) {
      if (text_[i] == '@') host_begin = i + 1;  // a user name before the host
    }
    const std::size_t last = trimmed_end(host_begin, first_gap(host_begin, host_end(host_begin)));
    auto host = normalise_host(text_.substr(host_begin, last - host_begin));
    if (host) add(end - length, last, std::move(*host), true);
  }

  // [begin, end) may be the host of a link without a scheme, or hold one
  // between dots: "so...a.example".
  void bare(std::size_t begin, std::size_t end) {
    if (text_.substr(begin, end - begin).find('.') == std::string_view::npos) return;
    if (is_part_of_address(begin, end) || is_part_of_path(begin)) return;
    while (begin < end) {
      const std::size_t gap = first_gap(begin, end);
      if (try_bare(begin, gap)) return;
      begin = gap;
      while (begin < end && text_[begin] == '.') ++begin;
    }
  }

  bool try_bare(std::size_t begin, std::size_t end) {
    const auto is_edge = [](char c) { return c == '.' || c == '-' || c == '_'; };
    while (begin < end && is_edge(text_[begin])) ++begin;
    end = trimmed_end(begin, end);
    const std::string_view written = text_.substr(begin, end - begin);
    const std::size_t dot = written.rfind('.');
    if (dot == std::string_view::npos || !may_be_suffix(written.substr(dot + 1))) return false;
    const bool more = end < text_.size() && text_[end] == '/';
    if (!more && looks_like_sentence(written.substr(0, dot), written.substr(dot + 1))) return false;
    auto host = normalise_host(written);
    if (!host || !has_public_suffix(*host)) return false;
    add(begin, end, std::move(*host), false);
    return true;
  }

  // Where the first of two dots in a row stands, or `end`.
  [[nodiscard]] std::size_t first_gap(std::size_t begin, std::size_t end) const noexcept {
    const auto gap = text_.substr(begin, end - begin).find("..");
    return gap == std::string_view::npos ? end : begin + gap;
  }

  [[nodiscard]] std::size_t trimmed_end(std::size_t begin, std::size_t end) const noexcept {
    while (end > begin && (text_[end - 1] == '.' || text_[end - 1] == '-' || text_[end - 1] == '_')) {
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
           std::string_view("._%+-").find(local) != std::string_view::npos;
  }

  // "docs/index.html" names no host; "ftp://a.example" does.
  [[nodiscard]] bool is_part_of_path(std::size_t begin) const noexcept {
    if (begin == 0) return false;
    if (text_[begin - 1] == '\\') return true;
    return text_[begin - 1] == '/' && !(begin >= 2 && text_[begin - 2] == '/');
  }

  void add(std::size_t begin, std::size_t end, std::string host, bool scheme) {
    end = port_end(end);
    const std::size_t tail = end;
    if (end < text_.size() && (text_[end] == '/' || text_[end] == '?' || text_[end] == '#')) {
      end = tail_end(end);
    }
    Link link{.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
              .host = std::move(host),
              .path = {},
              .scheme = scheme};
    if (end > tail && text_[tail] == '/') link.path = text_.substr(tail, end - tail);
    out_.push_back(std::move(link));
    at_ = end;
  }

  [[nodiscard]] std::size_t port_end(std::size_t at) const noexcept {
    if (at >= text_.size() || text_[at] != ':') return at;
    std::size_t end = at + 1;
    while (end < text_.size() && end - at <= 5 && is_digit(text_[end])) ++end;
    return end > at + 1 ? end : at;
  }

  // The end of path, query and fragment.
  [[nodiscard]] std::size_t tail_end(std::size_t begin) const noexcept {
    Brackets brackets;
    std::size_t end = begin;
    while (!stops(end) && brackets.accept(text_[end])) end += utf8::decode(text_, end).length;
    while (end > begin && trailing_punctuation.find(text_[end - 1]) != std::string_view::npos) --end;
    return end;
  }

  std::string_view text_;
  std::vector<Link>& out_;
  std::size_t at_ = 0;
};

// Whether a dot stands between characters, as in a host, or a scheme before one.
// Most texts have neither, and these two searches are fast.
bool may_hold_links(std::string_view text) noexcept {
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
    if (dot + 1 < text.size() &&
        (is_ascii_alnum(text[dot + 1]) || !utf8::is_ascii(text.substr(dot + 1, 1)))) {
      return true;
    }
  }
  return text.find(scheme_end) != std::string_view::npos;
}

}  // namespace

void find_links(std::string_view text, std::vector<Link>& out) {
  out.clear();
  if (may_hold_links(text)) LinkFinder(text, out).run();
}

}  // namespace modcore::text
