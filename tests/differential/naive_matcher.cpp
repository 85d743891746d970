#include "differential/naive_matcher.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/fold.hpp"
#include "text/hosts.hpp"

namespace modcore::test {
namespace {

using runtime::Match;
using runtime::PieceId;

text::Level level(ir::Tolerance tolerance) {
  return tolerance == ir::Tolerance::exact   ? text::Level::exact
         : tolerance == ir::Tolerance::case_ ? text::Level::case_
                                             : text::Level::accents;
}

bool is_mark(std::string_view character) {
  return text::is_word(utf8::decode(character, 0).code_point) &&
         text::fold(character, text::Level::accents).empty();
}

std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = utf8::decode(text, at);
    all.emplace_back(text.substr(at, next.length));
    at += next.length;
  }
  return all;
}

// Whether the wanted characters stand at a place, not followed by a mark.
bool stand_at(const std::vector<std::string>& text, std::size_t at, const std::vector<std::string>& wanted) {
  if (at + wanted.size() > text.size()) return false;
  if (!std::equal(wanted.begin(), wanted.end(), text.begin() + static_cast<std::ptrdiff_t>(at))) return false;
  const std::size_t after = at + wanted.size();
  return wanted.empty() || after == text.size() || !is_mark(text[after]);
}

// The parts from `part` on, from place `at` on, the last at the end.
bool glob(const std::vector<std::string>& parts, std::size_t part, const std::vector<std::string>& text, std::size_t at) {
  const auto wanted = characters(parts[part]);
  if (part + 1 == parts.size()) {
    if (part == 0) return text == wanted;
    const std::size_t length = wanted.size();
    return text.size() >= at + length && std::equal(wanted.begin(), wanted.end(), text.end() - static_cast<std::ptrdiff_t>(length));
  }
  if (part == 0) return stand_at(text, 0, wanted) && glob(parts, 1, text, wanted.size());
  for (std::size_t place = at; place <= text.size(); ++place) {
    if (stand_at(text, place, wanted) && glob(parts, part + 1, text, place + wanted.size())) return true;
  }
  return false;
}

bool is_ascii_digit(std::string_view bytes) { return bytes.size() == 1 && bytes[0] >= '0' && bytes[0] <= '9'; }

bool covers(std::string_view tag, std::string_view lang) {
  return lang == tag || lang.starts_with(std::string(tag) + "-");
}

}  // namespace

NaiveMatcher::NaiveMatcher(const ir::RuleSet& rules, runtime::PostText& post, std::string_view lang)
    : rules_(rules), post_(post), lang_(lang) {}

std::vector<NaiveMatcher::Unit> NaiveMatcher::units_of(std::string_view text) {
  std::vector<Unit> units;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = utf8::decode(text, at);
    const auto begin = static_cast<std::uint32_t>(at);
    const auto end = static_cast<std::uint32_t>(at + next.length);
    const auto folded = characters(text::fold(text.substr(at, next.length), text::Level::accents));
    for (const std::string& character : folded) {
      units.push_back({character, text::is_word(utf8::decode(character, 0).code_point), begin, end});
    }
    if (folded.empty() && !units.empty()) {
      const std::uint32_t of = units.back().begin;
      for (auto unit = units.rbegin(); unit != units.rend() && unit->begin == of; ++unit) unit->end = end;
    }
    at += next.length;
  }
  return units;
}

std::vector<NaiveMatcher::Word> NaiveMatcher::words_of(const std::vector<Unit>& units) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!units[i].word) continue;
    if (i == 0 || !units[i - 1].word) words.push_back({"", units[i].begin, units[i].end});
    words.back().folded += units[i].bytes;
    words.back().end = units[i].end;
  }
  return words;
}

// ---- Items -------------------------------------------------------------------

NaiveMatcher::Ranges NaiveMatcher::find(const ir::Item& item, const ir::Pattern& pattern, PieceId piece) {
  const std::string_view text = post_.text(piece);
  const auto& what = item.what;
  if (const auto* words = std::get_if<ir::WordsItem>(&what)) return find_words(*words, pattern.tolerance, text);
  if (const auto* part = std::get_if<ir::SubstringItem>(&what)) return find_substring(*part, pattern.tolerance, text);
  if (const auto* number = std::get_if<ir::NumberItem>(&what)) return find_number(*number, pattern.tolerance, text);
  if (const auto* regex = std::get_if<ir::RegexItem>(&what)) return find_regex(*regex, regex->tolerance, text);
  if (const auto* domain = std::get_if<ir::DomainItem>(&what)) return find_domain(*domain, piece);
  return find_emoji(std::get<ir::EmojiItem>(what), text);
}

bool NaiveMatcher::word_matches(const ir::WordPattern& pattern, const Word& word,
                                ir::Tolerance tolerance, std::string_view text) const {
  if (!glob(pattern.accents, 0, characters(word.folded), 0)) return false;
  if (tolerance == ir::Tolerance::accents) return true;
  const std::string folded = text::fold(text.substr(word.begin, word.end - word.begin), level(tolerance));
  return glob(tolerance == ir::Tolerance::exact ? pattern.exact : pattern.cased, 0, characters(folded), 0);
}

void NaiveMatcher::ends_of(const ir::WordSequence& sequence, std::size_t element, std::size_t word,
                           const std::vector<Word>& words, ir::Tolerance tolerance,
                           std::string_view text, std::vector<std::size_t>& ends) const {
  if (const ir::Gap* gap = sequence[element].gap()) {
    for (std::size_t skipped = gap->minimum; skipped <= gap->maximum; ++skipped) {
      ends_of(sequence, element + 1, word + skipped, words, tolerance, text, ends);
    }
    return;
  }
  if (word >= words.size()) return;
  if (!word_matches(*sequence[element].word(), words[word], tolerance, text)) return;
  if (element + 1 == sequence.size()) {
    ends.push_back(word);
  } else {
    ends_of(sequence, element + 1, word + 1, words, tolerance, text, ends);
  }
}

NaiveMatcher::Ranges NaiveMatcher::find_words(const ir::WordsItem& item, ir::Tolerance tolerance, std::string_view text) const {
  Ranges found;
  const auto words = words_of(units_of(text));
  for (const ir::WordSequence sequence : item.alternatives) {
    for (std::size_t first = 0; first < words.size(); ++first) {
      std::vector<std::size_t> ends;
      ends_of(sequence, 0, first, words, tolerance, text, ends);
      for (const std::size_t last : ends) found.push_back({words[first].begin, words[last].end});
    }
  }
  return found;
}

NaiveMatcher::Ranges NaiveMatcher::find_substring(const ir::SubstringItem& item, ir::Tolerance tolerance, std::string_view text) const {
  Ranges found;
  const auto units = units_of(text);
  const auto wanted = characters(item.accents);
  for (std::size_t i = 0; i + wanted.size() <= units.size() && !wanted.empty(); ++i) {
    const bool equal = std::equal(wanted.begin(), wanted.end(), units.begin() + static_cast<std::ptrdiff_t>(i),
                                  [](const std::string& a, const Unit& b) { return a == b.bytes; });
    if (!equal) continue;
    const text::Range range{units[i].begin, units[i + wanted.size() - 1].end};
    bool holds = tolerance == ir::Tolerance::accents;
    if (!holds) {
      const auto folded = characters(text::fold(text.substr(range.begin, range.end - range.begin), level(tolerance)));
      const auto item_characters = characters(tolerance == ir::Tolerance::exact ? item.exact : item.cased);
      for (std::size_t at = 0; at < folded.size(); ++at) holds = holds || stand_at(folded, at, item_characters);
    }
    if (holds) found.push_back(range);
  }
  return found;
}

NaiveMatcher::Ranges NaiveMatcher::find_number(const ir::NumberItem& item, ir::Tolerance tolerance, std::string_view text) const {
  Ranges found;
  const auto units = units_of(text);
  for (std::size_t first = 0; first < units.size(); ++first) {
    if (!is_ascii_digit(units[first].bytes) || (first > 0 && units[first - 1].word)) continue;
    std::string digits;
    std::size_t last = first;
    for (std::size_t at = first; at < units.size() && digits.size() < item.digits.size(); ++at) {
      if (!units[at].word) continue;
      if (!is_ascii_digit(units[at].bytes)) break;
      digits += units[at].bytes;
      last = at;
    }
    if (digits != item.digits || (last + 1 < units.size() && units[last + 1].word)) continue;
    const text::Range range{units[first].begin, units[last].end};
    std::string folded = text::fold(text.substr(range.begin, range.end - range.begin), level(tolerance));
    std::erase_if(folded, [](char c) { return c < '0' || c > '9'; });
    if (folded == item.digits) found.push_back(range);
  }
  return found;
}

NaiveMatcher::Ranges NaiveMatcher::find_regex(const ir::RegexItem& item, ir::Tolerance tolerance, std::string_view text) const {
  // Where each byte of the searched text came from.
  std::string subject;
  std::vector<text::Range> origin;
  if (tolerance == ir::Tolerance::accents) {
    for (const Unit& unit : units_of(text)) {
      subject += unit.bytes;
      origin.resize(subject.size(), {unit.begin, unit.end});
    }
  } else {
    for (std::size_t at = 0; at < text.size();) {
      const auto next = utf8::decode(text, at);
      utf8::append(subject, next.code_point);
      origin.resize(subject.size(), {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + next.length)});
      at += next.length;
    }
  }
  Ranges found;
  int error = 0;
  std::size_t error_offset = 0;
  const std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | (tolerance == ir::Tolerance::exact ? 0U : PCRE2_CASELESS);
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(item.pattern.data()), item.pattern.size(), options, &error, &error_offset, nullptr);
  pcre2_match_data* data = pcre2_match_data_create(1, nullptr);
  std::size_t from = 0;
  while (pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), from, PCRE2_NOTEMPTY, data, nullptr) >= 0) {
    const std::size_t* bounds = pcre2_get_ovector_pointer(data);
    found.push_back({origin[bounds[0]].begin, origin[bounds[1] - 1].end});
    from = bounds[1];
  }
  pcre2_match_data_free(data);
  pcre2_code_free(code);
  return found;
}

NaiveMatcher::Ranges NaiveMatcher::find_domain(const ir::DomainItem& item, PieceId piece) {
  Ranges found;
  for (const text::Link& link : post_.links(piece)) {
    if (link.disguised || !text::host_under(link.host, item.host)) continue;  // no case is at obfuscated
    const std::string_view rest = link.path.starts_with(item.path) ? link.path.substr(item.path.size()) : "no";
    const bool edge = item.path.empty() || item.path.ends_with('/') || rest.empty() || rest[0] == '/' || rest[0] == '?' || rest[0] == '#';
    if (rest != "no" && edge) found.push_back(link.range);
  }
  return found;
}

NaiveMatcher::Ranges NaiveMatcher::find_emoji(const ir::EmojiItem& item, std::string_view text) const {
  Ranges all, found;
  text::find_emoji(text, all);
  for (const text::Range range : all) {
    if (text::plain_emoji(text.substr(range.begin, range.end - range.begin)) == item.plain) found.push_back(range);
  }
  return found;
}

// ---- Patterns ------------------------------------------------------------------

bool NaiveMatcher::considered(const ir::Pattern& pattern) const {
  if (pattern.languages.empty() || (lang_.empty() && !rules_.has_policy)) return true;
  for (const std::string& tag : pattern.languages) {
    if (!lang_.empty() && covers(tag, lang_)) return true;
    for (const std::string& known : rules_.languages) {
      if (lang_.empty() && covers(tag, known)) return true;
    }
  }
  return false;
}

std::vector<Match> NaiveMatcher::collect(std::uint32_t index, ir::FieldSet fields) {
  const ir::Pattern& pattern = rules_.patterns[index];
  std::vector<Match> found;
  if (!considered(pattern)) return found;
  for (std::size_t bit = 0; bit < ir::max_text_fields; ++bit) {
    const auto field = static_cast<ir::TextField>(bit);
    if (!fields.has(field)) continue;
    const auto ids = post_.pieces(field);
    for (const PieceId piece : std::vector<PieceId>(ids.begin(), ids.end())) {
      const std::uint32_t base = post_.piece(piece).range.begin;
      for (std::uint32_t i = 0; i < pattern.items.size(); ++i) {
        for (const text::Range in_piece : find(pattern.items[i], pattern, piece)) {
          const text::Range range{in_piece.begin + base, in_piece.end + base};
          if (placed(pattern, range, piece, field)) found.push_back({index, i, piece, range});
        }
      }
    }
  }
  return found;
}

// Whether a word character stands in a range of a piece's source.
bool NaiveMatcher::word_character_in(PieceId piece, text::Range range) {
  const std::uint32_t base = post_.piece(piece).range.begin;
  for (const Unit& unit : units_of(post_.text(piece))) {
    if (!unit.word) continue;
    const std::uint32_t begin = unit.begin + base;
    if (begin >= range.begin && begin < range.end) return true;
    // A mark by itself after the end of a match counts; what is invisible does not.
    for (std::uint32_t at = begin; begin < range.begin && at < std::min(unit.end + base, range.end);) {
      const auto next = utf8::decode(post_.text(piece), at - base);
      if (at >= range.begin && text::is_word(next.code_point)) return true;
      at += next.length;
    }
  }
  return false;
}

bool NaiveMatcher::placed(const ir::Pattern& pattern, text::Range range, PieceId piece, ir::TextField field) {
  const std::uint32_t source = post_.piece(piece).source;
  const std::string_view text = post_.sources()[source].text;
  const auto is_line_end = [&](std::uint32_t at) { return text[at] == '\n' || text[at] == '\r'; };
  const bool lines = pattern.unit == ir::Unit::line;
  std::uint32_t begin = lines ? range.begin : 0;
  while (begin > 0 && !is_line_end(begin - 1)) --begin;
  auto end = lines ? range.end : static_cast<std::uint32_t>(text.size());
  if (!(range.end > 0 && lines && is_line_end(range.end - 1))) {
    while (end < text.size() && !is_line_end(end)) ++end;
  }
  bool before = false, after = false, seen = false;
  const auto ids = post_.pieces(field);
  for (const PieceId id : std::vector<PieceId>(ids.begin(), ids.end())) {
    const bool same_source = post_.piece(id).source == source;
    const auto size = static_cast<std::uint32_t>(0xffffffffU);
    seen = seen || id == piece;
    if (same_source) {
      before = before || word_character_in(id, {begin, range.begin});
      after = after || word_character_in(id, {range.end, end});
    } else if (!lines) {
      (seen ? after : before) = (seen ? after : before) || word_character_in(id, {0, size});
    }
  }
  switch (pattern.at) {
    case ir::At::anywhere: return true;
    case ir::At::start: return !before;
    case ir::At::end: return !after;
    case ir::At::whole: return !before && !after;
  }
  return false;
}

std::vector<Match> NaiveMatcher::matches(const ir::PatternUse& use) {
  const auto index = static_cast<std::uint32_t>(use.pattern);
  std::vector<Match> found = collect(index, use.fields);
  cancelled_ = false;
  const ir::PatternId except = rules_.patterns[index].except;
  if (except != ir::no_pattern && !found.empty()) {
    const auto excuses = collect(static_cast<std::uint32_t>(except), use.fields);
    for (const Match& excuse : excuses) {
      const auto erased = std::erase_if(found, [&](const Match& match) {
        return match.piece == excuse.piece && match.range.begin < excuse.range.end && excuse.range.begin < match.range.end;
      });
      cancelled_ = cancelled_ || erased > 0;
    }
  }
  const auto key = [this](const Match& m) {
    return std::tuple(source_of(m), m.range.begin, 0xffffffffU - m.range.end, m.item, m.piece);
  };
  std::sort(found.begin(), found.end(), [&](const Match& a, const Match& b) { return key(a) < key(b); });
  found.erase(std::unique(found.begin(), found.end(), [&](const Match& a, const Match& b) { return key(a) == key(b); }), found.end());
  return found;
}

std::uint32_t NaiveMatcher::source_of(const Match& match) const { return post_.piece(match.piece).source; }

std::int64_t NaiveMatcher::count(const std::vector<Match>& matches) const {
  std::int64_t count = 0;
  std::set<std::pair<std::uint32_t, std::uint32_t>> taken;  // source, byte
  for (const Match& match : matches) {
    bool free = true;
    for (std::uint32_t at = match.range.begin; at < match.range.end; ++at) free = free && !taken.contains({source_of(match), at});
    if (!free) continue;
    for (std::uint32_t at = match.range.begin; at < match.range.end; ++at) taken.insert({source_of(match), at});
    ++count;
  }
  return count;
}

std::int64_t NaiveMatcher::distinct(const std::vector<Match>& matches) const {
  std::set<std::uint32_t> numbers;
  for (const Match& match : matches) numbers.insert(rules_.patterns[match.pattern].items[match.item].distinct);
  return static_cast<std::int64_t>(numbers.size());
}

std::int64_t NaiveMatcher::code_points_before(const Match& match) const {
  const std::string_view text = post_.sources()[source_of(match)].text.substr(0, match.range.begin);
  return static_cast<std::int64_t>(characters(text).size());
}

bool NaiveMatcher::near(const std::vector<Match>& a, const std::vector<Match>& b,
                        std::int64_t distance, bool in_order, bool same_use) {
  for (const Match& x : a) {
    for (const Match& y : b) {
      if (x.piece != y.piece || (same_use && x.range == y.range)) continue;
      if (in_order && y.range.begin < x.range.end) continue;
      const std::uint32_t base = post_.piece(x.piece).range.begin;
      const text::Range between = x.range.begin <= y.range.begin ? text::Range{x.range.end, y.range.begin}
                                                                 : text::Range{y.range.end, x.range.begin};
      std::int64_t words = 0;
      for (const Word& word : words_of(units_of(post_.text(x.piece)))) {
        if (word.begin + base >= between.begin && word.end + base <= between.end) ++words;
      }
      if (words <= distance) return true;
    }
  }
  return false;
}

}  // namespace modcore::test
