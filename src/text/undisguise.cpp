#include "text/undisguise.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "text/markup.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace modcore::text {
namespace {

constexpr std::string_view opening = "([{<";
constexpr std::string_view closing = ")]}>";
constexpr std::array<std::string_view, 3> dots = {"dot", "point", "kropka"};
// "a  (dot)  com": more white space than this is a gap between words.
constexpr std::size_t most_blanks = 2;

std::uint32_t narrow(std::size_t offset) noexcept {
  return static_cast<std::uint32_t>(offset);
}

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t';
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool is_ascii_alnum(char c) noexcept {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

bool stands_at(std::string_view text, std::size_t at, std::string_view word) noexcept {
  return text.size() - std::min(at, text.size()) >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return a == lower(b); });
}

std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
  const std::size_t most = std::min(text.size(), at + most_blanks);
  while (at < most && is_blank(text[at])) ++at;
  return at;
}

// The end of a word for a dot at `at`, `at` itself if there is none.
std::size_t dot_word_end(std::string_view text, std::size_t at) noexcept {
  for (const std::string_view dot : dots) {
    if (stands_at(text, at, dot)) return at + dot.size();
  }
  return at;
}

// A disguise that begins at some place: where it ends and what it stands for.
struct Found {
  std::size_t end = 0;
  std::string_view means;  // empty: nothing was found
  Disguise kind = Disguise::marked;
  bool loose = false;  // white space around it goes too
};

Found in_brackets(std::string_view text, std::size_t at) noexcept {
  const char close = closing[opening.find(text[at])];
  const std::size_t begin = skip_blanks(text, at + 1);
  if (begin >= text.size()) return {};
  std::string_view means;
  std::size_t end = begin;
  for (const std::string_view sign : {".", "://", ":"}) {
    if (!means.empty() || !stands_at(text, begin, sign)) continue;
    means = sign;
    end = begin + sign.size();
  }
  if (means.empty()) {
    end = dot_word_end(text, begin);
    if (end > begin) means = ".";
  }
  end = skip_blanks(text, end);
  if (means.empty() || end >= text.size() || text[end] != close) return {};
  return {.end = end + 1, .means = means, .loose = means == "."};
}

Found spelled_dot(std::string_view text, std::size_t at) noexcept {
  const std::size_t begin = skip_blanks(text, at);
  const std::size_t end = dot_word_end(text, begin);
  if (end == begin || end >= text.size() || !is_blank(text[end])) return {};
  return {.end = end, .means = ".", .kind = Disguise::spelled, .loose = true};
}

// "evil&#46;com", "&#104;ttp://": HTML shows the character itself.
Found coded_character(std::string_view text, std::size_t at) noexcept {
  constexpr std::string_view characters =
      "-./0123456789:@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  const Entity entity = entity_at(text, at);
  if (entity.length == 0 || entity.code_point > 'z') return {};
  const std::size_t place = characters.find(static_cast<char>(entity.code_point));
  if (place == std::string_view::npos) return {};
  return {at + entity.length, characters.substr(place, 1)};
}

Found broken_scheme(std::string_view text, std::size_t at) noexcept {
  if (!stands_at(text, at, "hxxp") || (at > 0 && is_ascii_alnum(text[at - 1]))) return {};
  const std::size_t end = at + 4;
  const std::size_t after = end + (stands_at(text, end, "s") ? 1 : 0);
  const bool scheme = stands_at(text, after, ":") || stands_at(text, after, "[:");
  return scheme ? Found{end, "http"} : Found{};
}

Found disguise_at(std::string_view text, std::size_t at, Disguise kind) noexcept {
  const char c = text[at];
  if (opening.find(c) != std::string_view::npos) return in_brackets(text, at);
  if (lower(c) == 'h') return broken_scheme(text, at);
  if (c == '&') return coded_character(text, at);
  const bool edge = is_blank(c) && (at == 0 || !is_blank(text[at - 1]));
  return kind == Disguise::spelled && edge ? spelled_dot(text, at) : Found{};
}

}  // namespace

bool may_be_disguised(std::string_view text) noexcept {
  for (const char bracket : opening) {
    for (auto at = text.find(bracket); at != std::string_view::npos;
         at = text.find(bracket, at + 1)) {
      const std::size_t next = skip_blanks(text, at + 1);
      if (next < text.size() &&
          std::string_view(".:dpk").find(lower(text[next])) != std::string_view::npos) {
        return true;
      }
    }
  }
  for (auto at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    if ((at >= 4 && stands_at(text, at - 4, "hxxp")) ||
        (at >= 5 && stands_at(text, at - 5, "hxxps"))) {
      return true;
    }
  }
  return text.find("&#") != std::string_view::npos ||
         text.find("&period;") != std::string_view::npos;
}

bool may_be_spelled(std::string_view text) noexcept {
  std::size_t at = 0;
#if defined(__SSE2__)
  const auto load = [text](std::size_t from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
  };
  const auto equal = [](__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  for (; at + 16 < text.size(); at += 16) {
    const __m128i here = load(at);
    const __m128i next = _mm_or_si128(load(at + 1), _mm_set1_epi8(0x20));
    const __m128i blank = _mm_or_si128(equal(here, ' '), equal(here, '\t'));
    const __m128i first = _mm_or_si128(equal(next, 'd'), _mm_or_si128(equal(next, 'p'), equal(next, 'k')));
    auto found = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_and_si128(blank, first)));
    for (; found != 0; found &= found - 1) {
      const std::size_t word = at + static_cast<std::size_t>(std::countr_zero(found)) + 1;
      if (dot_word_end(text, word) > word) return true;
    }
  }
#endif
  for (; at + 1 < text.size(); ++at) {
    if (!is_blank(text[at])) continue;
    const char next = lower(text[at + 1]);
    if ((next == 'd' || next == 'p' || next == 'k') && dot_word_end(text, at + 1) > at + 1) return true;
  }
  return false;
}

void undisguise(std::string_view text, Disguise kind, std::string& plain,
                std::vector<Edit>& edits) {
  plain.clear();
  edits.clear();
  for (std::size_t at = 0; at < text.size();) {
    const Found found = disguise_at(text, at, kind);
    if (found.means.empty()) {
      plain += text[at++];
      continue;
    }
    std::size_t begin = at;
    std::size_t end = found.end;
    if (found.loose) {
      for (std::size_t n = 0; n < most_blanks && !plain.empty() && is_blank(plain.back()); ++n) {
        plain.pop_back();
        --begin;
      }
      end = skip_blanks(text, end);
    }
    edits.push_back({{narrow(plain.size()), narrow(plain.size() + found.means.size())},
                     {narrow(begin), narrow(end)},
                     found.kind});
    plain += found.means;
    at = end;
  }
}

Range original_range(const std::vector<Edit>& edits, Range plain) noexcept {
  Range range = plain;
  const auto after_begin = std::partition_point(edits.begin(), edits.end(), [&](const Edit& edit) {
    return edit.plain.begin <= plain.begin;
  });
  if (after_begin != edits.begin()) {
    const Edit& edit = *std::prev(after_begin);
    range.begin = plain.begin < edit.plain.end ? edit.original.begin
                                               : edit.original.end + (plain.begin - edit.plain.end);
  }
  const auto after_end = std::partition_point(
      edits.begin(), edits.end(), [&](const Edit& edit) { return edit.plain.begin < plain.end; });
  if (after_end != edits.begin()) {
    const Edit& edit = *std::prev(after_end);
    range.end = plain.end <= edit.plain.end ? edit.original.end
                                            : edit.original.end + (plain.end - edit.plain.end);
  }
  return range;
}

}  // namespace modcore::text
