// Measuring fields piece by piece.
#include "runtime/field_functions.hpp"

#include <algorithm>

#include "support/sort_unique.hpp"
#include "text/contacts.hpp"
#include "text/entities.hpp"
#include "text/hosts.hpp"
#include "text/misleading_links.hpp"
#include "text/repeats.hpp"
#include "text/scripts.hpp"
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

std::int64_t longest(PostText& post, ir::FieldSet fields, Count count) {
  std::int64_t most = 0;
  for (const PieceId id : post.distinct_pieces(fields)) most = std::max(most, count(post.text(id)));
  return most;
}

std::size_t bytes(PostText& post, ir::FieldSet fields) {
  std::size_t total = 0;
  for (const PieceId id : post.distinct_pieces(fields)) total += post.text(id).size();
  return total;
}

// Of all pieces what their census tells.
template <typename Count>
std::int64_t sum_of(PostText& post, ir::FieldSet fields, Count count) {
  std::int64_t total = 0;
  for (const PieceId id : post.distinct_pieces(fields)) total += count(post.census(id));
  return total;
}

double share(std::int64_t part, std::int64_t whole) noexcept {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}
double share(text::Ratio ratio) noexcept { return share(ratio.part, ratio.whole); }

// What a piece says of itself and of the pieces before it.
using Tallied = text::Ratio (*)(std::string_view, text::Tally&);
using TalliedTo = text::Ratio (*)(std::string_view, const text::Census&, text::Tally&, double limit);

text::Ratio tallied(PostText& post, ir::FieldSet fields, Tallied measure, TalliedTo measure_to,
                    std::optional<double> limit) {
  text::Tally& tally = post.tally();
  tally.start(bytes(post, fields));
  text::Ratio total;
  const std::span<const PieceId> pieces = post.distinct_pieces(fields);
  if (limit && pieces.size() == 1) {
    const PieceId only = pieces.front();
    return measure_to(post.text(only), post.census(only), tally, *limit);
  }
  for (const PieceId id : pieces) {
    const text::Ratio one = measure(post.text(id), tally);
    total.part += one.part;
    total.whole += one.whole;
  }
  return total;
}

std::int64_t sum_into(PostText& post, ir::FieldSet fields, text::Tally& tally) {
  std::int64_t total = 0;
  for (const PieceId id : post.distinct_pieces(fields)) {
    total += text::add_triples(post.text(id), tally);
  }
  return total;
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
  return sum_of(post, fields, [](const text::Census& census) { return census.words; });
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
  const std::span<const PieceId> pieces = post.distinct_pieces(fields);
  const bool some = std::any_of(pieces.begin(), pieces.end(),
                                [&](PieceId id) { return post.census(id).may_hold_emoji(); });
  return some ? found(post, fields, text::find_emoji, places) : 0;
}

double caps_ratio(PostText& post, ir::FieldSet fields) {
  const auto letters = sum_of(post, fields, [](const text::Census& census) { return census.letters; });
  if (letters < min_letters_for_caps) return 0;
  return share(sum_of(post, fields, [](const text::Census& census) { return census.capitals; }), letters);
}

double digit_ratio(PostText& post, ir::FieldSet fields) {
  return share(sum_of(post, fields, [](const text::Census& census) { return census.digits; }),
               sum_of(post, fields, [](const text::Census& census) { return census.unspaced; }));
}

std::int64_t repeat_run(PostText& post, ir::FieldSet fields) {
  return longest(post, fields, text::repeat_run);
}

std::int64_t marks_run(PostText& post, ir::FieldSet fields) {
  std::int64_t most = 0;
  for (const PieceId id : post.distinct_pieces(fields)) {
    if (post.census(id).has(text::unicode::mark)) most = std::max(most, text::marks_run(post.text(id)));
  }
  return most;
}

double symbol_ratio(PostText& post, ir::FieldSet fields) {
  return share(sum_of(post, fields, [](const text::Census& census) { return census.symbols; }),
               sum_of(post, fields, [](const text::Census& census) { return census.unspaced - census.invisible; }));
}

double repeat_ratio(PostText& post, ir::FieldSet fields, std::optional<double> limit) {
  return share(tallied(post, fields, text::repeated_runs, text::repeated_runs_to, limit));
}

double unique_word_ratio(PostText& post, ir::FieldSet fields, std::optional<double> limit) {
  const text::Ratio ratio = tallied(post, fields, text::unique_words, text::unique_words_to, limit);
  return ratio.whole == 0 ? 1 : share(ratio);
}

std::int64_t invisible(PostText& post, ir::FieldSet fields) {
  std::int64_t total = 0;
  for (const PieceId id : post.distinct_pieces(fields)) {
    if (post.census(id).invisible > 0) total += text::count_invisible(post.text(id), post.scratch());
  }
  return total;
}

std::int64_t mixed_script(PostText& post, ir::FieldSet fields) {
  return sum(post, fields, text::count_mixed_script);
}

double script_ratio(PostText& post, ir::FieldSet fields, std::string_view name) {
  const text::Script script = text::script_named(name).value_or(text::Script::none);
  text::Ratio total;
  for (const PieceId id : post.distinct_pieces(fields)) {
    const text::Ratio one = text::script_ratio(post.text(id), script);
    total.part += one.part;
    total.whole += one.whole;
  }
  return share(total);
}

// Dice's coefficient of what both say, by triples of characters.
double similar(PostText& post, ir::FieldSet fields, ir::FieldSet others) {
  text::Tally& tally = post.tally();
  tally.start(bytes(post, fields));
  const std::int64_t here = sum_into(post, fields, tally);
  text::Ratio there;
  for (const PieceId id : post.distinct_pieces(others)) {
    const text::Ratio one = text::take_triples(post.text(id), tally);
    there.part += one.part;
    there.whole += one.whole;
  }
  return share({2 * there.part, here + there.whole});
}

std::int64_t phones(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  return found(post, fields, text::find_phones, places);
}

std::int64_t emails(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  return found(post, fields, text::find_emails, places);
}

std::int64_t cards(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  // Most texts have too few digits.
  const std::span<const PieceId> pieces = post.distinct_pieces(fields);
  const bool some = std::any_of(pieces.begin(), pieces.end(),
                                [&](PieceId id) { return post.census(id).digits >= text::least_card_digits; });
  return some ? found(post, fields, text::find_cards, places) : 0;
}

std::int64_t ips(PostText& post, ir::FieldSet fields, std::vector<Place>* places) {
  return found(post, fields, text::find_ips, places);
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
