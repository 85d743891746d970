#include "runtime/position.hpp"

#include <algorithm>

#include "support/utf8.hpp"
#include "text/fold.hpp"

namespace modcore::runtime {
namespace {

constexpr std::string_view line_ends = "\n\r";

// The lines that a match stands on, in bytes of its source.
text::Range lines_of(std::string_view source, text::Range match) {
  const std::size_t before =
      match.begin == 0 ? std::string_view::npos : source.find_last_of(line_ends, match.begin - 1);
  const std::size_t last = match.end > match.begin ? match.end - 1 : match.end;
  const std::size_t after = source.find_first_of(line_ends, last);
  return {static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1),
          static_cast<std::uint32_t>(std::min(after, source.size()))};
}

bool has_word_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto next = utf8::decode(text, at);
    if (text::is_word(next.code_point)) return true;
    at += next.length;
  }
  return false;
}

// Whether a word character of a piece stands in a range of its source.
bool words_in(PostText& post, PieceId id, text::Range range) {
  const text::Range piece = post.piece(id).range;
  range = {std::max(range.begin, piece.begin), std::min(range.end, piece.end)};
  if (range.begin >= range.end) return false;
  const std::uint32_t base = piece.begin;
  const auto tokens = post.views(id).tokens();
  auto token = std::lower_bound(
      tokens.begin(), tokens.end(), range.begin,
      [base](const text::Token& t, std::uint32_t at) { return t.original.end + base <= at; });
  if (token == tokens.end() || token->original.begin + base >= range.end) return false;
  if (token->original.begin + base >= range.begin) return true;
  // The range begins inside this word, or inside the invisible characters after it.
  const std::string_view text = post.text(id);
  const std::uint32_t end = std::min(token->original.end, range.end - base);
  if (has_word_character(text.substr(range.begin - base, end - (range.begin - base)))) return true;
  ++token;
  return token != tokens.end() && token->original.begin + base < range.end;
}

// One side of a match: what stands there in its own piece, and in the pieces of
// the field before or after it.
struct Side {
  text::Range range;  // of the source
  std::span<const PieceId> pieces;
};

bool has_words(PostText& post, const Match& match, const Side& side, ir::Unit unit) {
  if (words_in(post, match.piece, side.range)) return true;
  const std::uint32_t source = post.piece(match.piece).source;
  return std::any_of(side.pieces.begin(), side.pieces.end(), [&](PieceId id) {
    if (unit == ir::Unit::field) return !post.views(id).tokens().empty();
    return post.piece(id).source == source && words_in(post, id, side.range);
  });
}

}  // namespace

bool stands_at(PostText& post, const Match& match, ir::At at, ir::Unit unit, ir::TextField field) {
  if (at == ir::At::anywhere) return true;
  const std::string_view source = post.sources()[post.piece(match.piece).source].text;
  const text::Range lines = unit == ir::Unit::line
                                ? lines_of(source, match.range)
                                : text::Range{0, static_cast<std::uint32_t>(source.size())};
  const auto pieces = post.pieces(field);
  const auto own = static_cast<std::size_t>(
      std::find(pieces.begin(), pieces.end(), match.piece) - pieces.begin());
  const Side before{{lines.begin, match.range.begin}, pieces.first(own)};
  const Side after{{match.range.end, std::max(lines.end, match.range.end)},
                   pieces.subspan(std::min(own + 1, pieces.size()))};
  if (at != ir::At::end && has_words(post, match, before, unit)) return false;
  return at == ir::At::start || !has_words(post, match, after, unit);
}

WordPlace word_place(PostText& post, const Match& match) {
  const std::uint32_t base = post.piece(match.piece).range.begin;
  const auto tokens = post.views(match.piece).tokens();
  const auto begun = std::lower_bound(
      tokens.begin(), tokens.end(), match.range.end - base,
      [](const text::Token& token, std::uint32_t at) { return token.original.begin < at; });
  const auto ended = std::upper_bound(
      tokens.begin(), tokens.end(), match.range.begin - base,
      [](std::uint32_t at, const text::Token& token) { return at < token.original.end; });
  return {begun - tokens.begin(), ended - tokens.begin()};
}

std::int64_t words_between(const WordPlace& a, const WordPlace& b) noexcept {
  return std::max<std::int64_t>(b.ended - a.begun, 0);
}

}  // namespace modcore::runtime
