// Measuring fields piece by piece.
#include "runtime/field_functions.hpp"

#include <algorithm>

#include "support/sort_unique.hpp"
#include "text/entities.hpp"
#include "text/hosts.hpp"
#include "text/misleading_links.hpp"
#include "text/statistics.hpp"

namespace modcore::runtime {
namespace {

using ir::TextField;
using text::Range;

constexpr std::int64_t min_letters_for_caps = 8;

// Fields that are parts of a source, not one as the host passed it.
constexpr ir::FieldSet part_fields() noexcept {
  ir::FieldSet parts;
  for (const TextField field : {TextField::own, TextField::quote, TextField::code, TextField::urls,
                                TextField::mentions, TextField::hashtags}) {
    parts.add(field);
  }
  return parts;
}

using Count = std::int64_t (*)(std::string_view);

std::int64_t sum(PostText& post, ir::FieldSet fields, Count count) {
  std::int64_t total = 0;
  for (const PieceId id : post.distinct_pieces(fields)) total += count(post.text(id));
  return total;
}

using Measure = text::Ratio (*)(std::string_view);

text::Ratio add_up(PostText& post, ir::FieldSet fields, Measure measure) {
  text::Ratio total;
  for (const PieceId id : post.distinct_pieces(fields)) {
    const text::Ratio one = measure(post.text(id));
    total.part += one.part;
    total.whole += one.whole;
  }
  return total;
}

double share(text::Ratio ratio) noexcept {
  if (ratio.whole == 0) return 0;
  return static_cast<double>(ratio.part) / static_cast<double>(ratio.whole);
}

void note(const PostText& post, PieceId id, Range range, std::vector<Place>* places) {
  if (places == nullptr) return;
  const Piece& piece = post.piece(id);
  places->push_back(
      {piece.source, {piece.range.begin + range.begin, piece.range.begin + range.end}});
}

using Find = void (*)(std::string_view, std::vector<Range>&);

std::int64_t found(PostText& post, ir::FieldSet fields, Find find, std::vector<Place>* places) {
  std::int64_t total = 0;
  std::vector<Range>& ranges = post.scratch();
  for (const PieceId id : post.distinct_pieces(fields)) {
    find(post.text(id), ranges);
    total += static_cast<std::int64_t>(ranges.size());
    for (const Range range : ranges) note(post, id, range, places);
  }
  return total;
}

}  // namespace

std::int64_t length(PostText& post, ir::FieldSet fields) {
  const ir::FieldSet parts{fields.bits & part_fields().bits};
  const ir::FieldSet whole{fields.bits & ~part_fields().bits};
  std::int64_t total = 0;
  for (const SourceText& source : post.sources()) {
    if (whole.has(source.field)) total += text::code_points(source.text);
  }
  for (const PieceId id : post.distinct_pieces(parts)) {
    const SourceText& source = post.sources()[post.piece(id).source];
    if (!whole.has(source.field)) total += text::code_points(post.text(id));
  }
  return total;
}

std::int64_t words(PostText& post, ir::FieldSet fields) {
  return sum(post, fields, text::count_words);
}

std::int64_t lines(PostText& post, ir::FieldSet fields) {
  return sum(post, fields, text::count_lines);
}

std::int64_t links(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  std::int64_t total = 0;
  for (const PieceId id : post.distinct_pieces(fields)) {
    for (const text::Link& link : post.links(id)) {
      if (link.doubtful) continue;
      ++total;
      note(post, id, link.range, places);
    }
  }
  return total;
}

std::int64_t misleading_links(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  return found(post, fields, text::find_misleading_links, places);
}

std::int64_t mentions(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  return found(post, fields, text::find_mentions, places);
}

std::int64_t hashtags(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  return found(post, fields, text::find_hashtags, places);
}

std::int64_t emoji(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  return found(post, fields, text::find_emoji, places);
}

double caps_ratio(PostText& post, ir::FieldSet fields) {
  const text::Ratio ratio = add_up(post, fields, text::caps_ratio);
  return ratio.whole < min_letters_for_caps ? 0 : share(ratio);
}

double digit_ratio(PostText& post, ir::FieldSet fields) {
  return share(add_up(post, fields, text::digit_ratio));
}

std::int64_t repeat_run(PostText& post, ir::FieldSet fields) {
  std::int64_t longest = 0;
  for (const PieceId id : post.distinct_pieces(fields)) {
    longest = std::max(longest, text::repeat_run(post.text(id)));
  }
  return longest;
}

double quoted_ratio(PostText& post) {
  ir::FieldSet quote;
  ir::FieldSet body;
  quote.add(TextField::quote);
  body.add(TextField::body);
  return share({sum(post, quote, text::code_points), sum(post, body, text::code_points)});
}

void hosts(PostText& post, ir::FieldSet fields, TextPool& pool, std::vector<std::string_view>& out) {
  out.clear();
  for (const PieceId id : post.distinct_pieces(fields)) {
    for (const text::Link& link : post.links(id)) {
      if (!link.doubtful) out.push_back(pool.text().assign(link.host));
    }
  }
  sort_unique(out);
}

void domains(PostText& post, ir::FieldSet fields, TextPool& pool, std::vector<std::string_view>& out) {
  hosts(post, fields, pool, out);
  for (std::string_view& host : out) host = text::registrable_domain(host);
  sort_unique(out);
}

}  // namespace modcore::runtime
