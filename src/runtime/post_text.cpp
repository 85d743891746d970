// Cutting a post into pieces, once, for all rules.
#include "runtime/post_text.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "support/utf8.hpp"
#include "text/entities.hpp"
#include "text/statistics.hpp"

namespace modcore::runtime {
namespace {

using ir::TextField;
using text::Range;

// Bytes of text above which the slots give their memory back.
constexpr std::size_t max_held = std::size_t{8} << 20U;
constexpr std::int64_t own_words = 3;  // fewer: the quote is what the post says
constexpr std::size_t max_source = 0xFFFFFFFEU;
constexpr std::size_t fixed_sources = 6;  // all but attachment names and the host's

std::uint32_t narrow(std::size_t offset) noexcept { return static_cast<std::uint32_t>(offset); }

template <class Each>
void for_each_field(ir::FieldSet fields, Each each) {
  for (std::uint64_t bits = fields.bits; bits != 0; bits &= bits - 1) {
    each(static_cast<TextField>(std::countr_zero(bits)));
  }
}

}  // namespace

void PostText::configure(ir::FieldSet needed, std::uint32_t text_bytes) {
  needed_ = needed;
  text_bytes_ = text_bytes;
}

void PostText::set(const Post& post, std::span<const std::string_view> host_texts) {
  forget();
  set_sources(post, host_texts);
  cut(needed_);
}

void PostText::forget() {
  if (held_ > max_held) {
    slots_.clear();
    held_ = 0;
  }
  ++post_number_;
  for_each_field(cut_, [this](TextField field) { fields_[static_cast<std::size_t>(field)].clear(); });
  cut_ = {};
  zones_known_ = false;
  pieces_.clear();
  truncated_.clear();
}

// In the order of the fields, as sources_of() expects.
void PostText::set_sources(const Post& post, std::span<const std::string_view> host_texts) {
  const TextSet names = post.attachment_names;
  attachments_ = narrow(names.size());
  sources_.resize(fixed_sources + names.size() + host_texts.size());
  SourceText* next = sources_.data();
  const auto add = [&next](TextField field, std::string_view text, bool missing = false, std::uint32_t index = 0) {
    *next++ = {.field = field, .index = index, .text = text.substr(0, max_source), .missing = missing};
  };
  const auto add_optional = [&add](TextField field, const std::optional<std::string_view>& text) {
    add(field, text ? *text : std::string_view(), !text);
  };
  add(TextField::title, post.title);
  add(TextField::body, post.body);
  for (std::uint32_t i = 0; i < attachments_; ++i) add(TextField::attachment_names, names[i], false, i);
  add_optional(TextField::author_name, post.author.name);
  add_optional(TextField::author_bio, post.author.bio);
  add_optional(TextField::parent_body, post.parent.body);
  add_optional(TextField::channel_name, post.channel.name);
  for (std::size_t i = 0; i < host_texts.size(); ++i) {
    const auto field = static_cast<TextField>(static_cast<std::size_t>(TextField::first_host) + i);
    add(field, host_texts[i], host_texts[i].data() == nullptr);
  }
}

// The sources of a field that is cut from them, as indexes: the first and the one
// after the last.
std::pair<std::uint32_t, std::uint32_t> PostText::sources_of(TextField field) const {
  if (field == TextField::title) return {title_source, title_source + 1};
  if (field == TextField::body) return {body_source, body_source + 1};
  const std::uint32_t behind_names = body_source + 1 + attachments_;
  if (field == TextField::attachment_names) return {body_source + 1, behind_names};
  const std::uint32_t at = behind_names + static_cast<std::uint32_t>(field) -
                           static_cast<std::uint32_t>(TextField::author_name);
  return at < sources_.size() ? std::pair(at, at + 1) : std::pair(at, at);
}

const std::vector<PieceId>& PostText::ids(TextField field) const {
  return fields_[static_cast<std::size_t>(field)];
}

std::span<const PieceId> PostText::pieces(TextField field) {
  cut(field);
  return ids(field);
}

void PostText::cut(TextField field) {
  if (cut_.has(field) || sources_.empty()) return;
  switch (field) {
    case TextField::own:
    case TextField::quote:
    case TextField::code: return cut_zone(field);
    case TextField::urls:
    case TextField::mentions:
    case TextField::hashtags: return cut_derived(field);
    default: return cut_sources(field);
  }
}

void PostText::cut(ir::FieldSet fields) {
  for_each_field({fields.bits & ~cut_.bits}, [this](TextField field) { cut(field); });
}

void PostText::cut_sources(TextField field) {
  cut_.add(field);
  const auto [first, end] = sources_of(field);
  for (std::uint32_t i = first; i < end; ++i) {
    const std::size_t size = sources_[i].text.size();
    if (size == 0) continue;
    if (size <= text_bytes_) {
      add_range(field, i, {0, narrow(size)});
      continue;
    }
    const Parts parts = parts_of(i);
    for (std::size_t p = 0; p < parts.count; ++p) add_range(field, i, parts.ranges[p]);
  }
}

// The head is three quarters of the budget, the tail the rest; neither cuts a
// character.
PostText::Parts PostText::parts_of(std::uint32_t source) {
  const std::string_view text = sources_[source].text;
  Parts parts;
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (begin < end) parts.ranges[parts.count++] = {narrow(begin), narrow(end)};
  };
  if (text.size() <= text_bytes_) {
    add(0, text.size());
    return parts;
  }
  if (std::find(truncated_.begin(), truncated_.end(), source) == truncated_.end()) {
    truncated_.push_back(source);
  }
  const std::size_t head = text_bytes_ - text_bytes_ / 4;
  const std::size_t tail = text.size() - text_bytes_ / 4;
  const std::size_t before = utf8::floor_boundary(text, tail);
  add(0, utf8::floor_boundary(text, head));
  add(before == tail ? tail : before + utf8::decode(text, before).length, text.size());
  return parts;
}

void PostText::cut_zone(TextField field) {
  cut_.add(field);
  find_zones();
  if (plain_body_) {
    const auto size = narrow(sources_[body_source].text.size());
    if (field == TextField::own && size != 0) add_range(field, body_source, {0, size});
    return;
  }
  for (std::size_t p = 0; p < body_parts_.count; ++p) {
    const Range part = body_parts_.ranges[p];
    if (field == TextField::own && own_is_body_) {
      add_range(field, body_source, part);
      continue;
    }
    const text::Zones& zones = zones_[p];
    const auto& ranges = field == TextField::own     ? zones.own
                         : field == TextField::quote ? zones.quote
                                                     : zones.code;
    for (const Range range : ranges) {
      add_range(field, body_source, {part.begin + range.begin, part.begin + range.end});
    }
  }
}

void PostText::find_zones() {
  if (zones_known_) return;
  zones_known_ = true;
  plain_body_ = is_plain_body();
  if (plain_body_) return;
  const std::string_view body = sources_[body_source].text;
  body_parts_ = parts_of(body_source);
  for (std::size_t p = 0; p < body_parts_.count; ++p) {
    text::find_zones(slice(body, body_parts_.ranges[p]), zones_[p]);
  }
  own_is_body_ = own_is_body(body, body_parts_);
}

// Most bodies are. Their folds, which are needed anyway, tell it in passing.
bool PostText::is_plain_body() {
  const std::string_view body = sources_[body_source].text;
  if (body.empty()) return true;
  if (body.size() > text_bytes_) return false;
  const auto& known = ids(TextField::body);
  const PieceId id = known.empty() ? PieceId{narrow(pieces_.size())} : known.front();
  return !text::may_hold_zones(body, views(id, body).signs());
}

bool PostText::own_is_body(std::string_view body, const Parts& parts) const {
  std::int64_t words = 0;
  bool whole = true;  // no zones at all
  for (std::size_t p = 0; p < parts.count; ++p) {
    whole = whole && zones_[p].quote.empty() && zones_[p].code.empty();
  }
  if (whole) return true;
  for (std::size_t p = 0; p < parts.count; ++p) {
    const std::string_view part = slice(body, parts.ranges[p]);
    for (const Range range : zones_[p].own) {
      words += text::count_characters(slice(part, range)).words;
      if (words >= own_words) return false;
    }
  }
  return true;
}

void PostText::cut_derived(TextField field) {
  cut_.add(field);
  for (const TextField from : {TextField::title, TextField::own}) {
    cut(from);
    for (const PieceId id : ids(from)) {
      const Piece whole = piece(id);
      scratch_.clear();
      if (field == TextField::urls) {
        for (const text::Link& link : links(id)) {
          if (!link.doubtful) scratch_.push_back(link.range);
        }
      } else if (field == TextField::mentions) {
        text::find_mentions(text(id), scratch_);
      } else {
        text::find_hashtags(text(id), scratch_);
      }
      for (const Range range : scratch_) {
        const Range in_source{whole.range.begin + range.begin, whole.range.begin + range.end};
        if (in_source == whole.range) {
          add_piece(field, id);
        } else {
          add_range(field, whole.source, in_source);
        }
      }
    }
  }
}

void PostText::add_piece(TextField field, PieceId id) {
  fields_[static_cast<std::size_t>(field)].push_back(id);
  pieces_[static_cast<std::size_t>(id)].fields.add(field);
}

// Body and own are the two fields that may hold the same piece.
void PostText::add_range(TextField field, std::uint32_t source, Range range) {
  if (field == TextField::own || field == TextField::body) {
    const TextField sibling = field == TextField::own ? TextField::body : TextField::own;
    for (const PieceId id : ids(sibling)) {
      if (piece(id).range == range) return add_piece(field, id);
    }
  }
  pieces_.push_back({.source = source, .range = range, .fields = {}});
  add_piece(field, PieceId{narrow(pieces_.size() - 1)});
}

std::span<const PieceId> PostText::distinct_pieces(ir::FieldSet fields) {
  distinct_.clear();
  for_each_field(fields, [this](TextField field) {
    const auto found = pieces(field);
    distinct_.insert(distinct_.end(), found.begin(), found.end());
  });
  std::sort(distinct_.begin(), distinct_.end(), [this](PieceId a, PieceId b) {
    const auto key = [this](PieceId id) {
      const Piece& at = piece(id);
      return std::tuple(at.source, at.range.begin, ~at.range.end, id);
    };
    return key(a) < key(b);
  });
  // Sorted so, a piece lies within the last one that was kept or within none.
  std::size_t kept = 0;
  for (const PieceId id : distinct_) {
    const bool within = kept > 0 && piece(distinct_[kept - 1]).source == piece(id).source &&
                        piece(id).range.end <= piece(distinct_[kept - 1]).range.end;
    if (!within) distinct_[kept++] = id;
  }
  distinct_.resize(kept);
  return distinct_;
}

PostText::Slot& PostText::slot(PieceId id) {
  const std::size_t index = static_cast<std::size_t>(id) % max_slots;
  while (slots_.size() <= index) slots_.push_back(std::make_unique<Slot>());
  return *slots_[index];
}

text::Views& PostText::views(PieceId id) { return views(id, text(id)); }

text::Views& PostText::views(PieceId id, std::string_view piece_text) {
  Slot& at = slot(id);
  if (at.viewed.is(post_number_, piece_text)) return at.views;
  at.viewed = {post_number_, piece_text};
  at.views.build(piece_text);
  if (piece_text.size() > at.grown) {
    held_ += piece_text.size() - at.grown;
    at.grown = piece_text.size();
  }
  return at.views;
}

const text::Links& PostText::links(PieceId id) {
  Slot& at = slot(id);
  const std::string_view piece_text = text(id);
  if (!at.linked.is(post_number_, piece_text)) {
    at.linked = {post_number_, piece_text};
    text::find_links(piece_text, at.links);
  }
  return at.links;
}

const text::Census& PostText::census(PieceId id) {
  Slot& at = slot(id);
  const std::string_view piece_text = text(id);
  if (!at.counted.is(post_number_, piece_text)) {
    at.counted = {post_number_, piece_text};
    at.census = text::count_characters(piece_text);
  }
  return at.census;
}

const text::Links& PostText::spelled_links(PieceId id) {
  text::find_spelled_links(text(id), spelled_links_);
  return spelled_links_;
}

}  // namespace modcore::runtime
