// The text of one post, cut into the pieces that patterns are searched in.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <modcore/post.hpp>

#include "ir/fields.hpp"
#include "text/census.hpp"
#include "text/links.hpp"
#include "text/repeats.hpp"
#include "text/views.hpp"
#include "text/zones.hpp"

namespace modcore::runtime {

// A text exactly as the host passed it: title, body, each attachment name,
// author.name... Evidence speaks of these.
struct SourceText {
  ir::TextField field{};    // title, body, attachment_names, author_name... never own, urls...
  std::uint32_t index = 0;  // which attachment name
  std::string_view text;
  bool missing = false;     // the host did not pass it (content is never missing, only empty)
};

enum class PieceId : std::uint32_t {};

// A range of a source that no match, gap or distance leaves.
struct Piece {
  std::uint32_t source = 0;  // index into sources()
  text::Range range;         // in that source
  ir::FieldSet fields;       // that it belongs to, of those that are cut
};

// Rebuilt for each post, buffers reused: nothing is allocated once they have
// grown. Only the fields in `needed` are cut; views are built at the first use.
class PostText {
 public:
  // What rules search or measure, found at compile time; `text_bytes` as in
  // LANGUAGE 6.7: a longer source is read as its first three quarters and its
  // last quarter of the budget.
  void configure(ir::FieldSet needed, std::uint32_t text_bytes);

  // The post's own texts, and those of host text attributes by slot
  // (TextField::first_host + i; a null data() is missing). Views must outlive use.
  void set(const Post& post, std::span<const std::string_view> host_texts);

  [[nodiscard]] std::span<const SourceText> sources() const noexcept { return sources_; }
  [[nodiscard]] std::string_view title() const noexcept { return sources_[title_source].text; }
  [[nodiscard]] std::string_view body() const noexcept { return sources_[body_source].text; }
  [[nodiscard]] std::span<const Piece> pieces() const noexcept { return pieces_; }
  // The pieces of a field in order. `body` is one piece (two if it is over the
  // budget); own, quote and code are the zones of it; urls, mentions, hashtags
  // are those of title + own. Fields whose range is the same share the piece.
  [[nodiscard]] std::span<const PieceId> pieces(ir::TextField field);
  // Cuts these fields too if they are not yet cut.
  void cut(ir::FieldSet fields);
  [[nodiscard]] const Piece& piece(PieceId id) const noexcept {
    return pieces_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::string_view text(PieceId id) const noexcept {
    const Piece& at = piece(id);
    return sources_[at.source].text.substr(at.range.begin, at.range.end - at.range.begin);
  }
  // Valid until the next set(); in a post of more than 1,024 pieces, until the
  // views or links of another one are asked for.
  [[nodiscard]] text::Views& views(PieceId id);
  // Links that stand in a piece, ranges relative to it; valid as views() are.
  [[nodiscard]] const text::Links& links(PieceId id);
  // And those whose dot is a word; valid until the next call.
  [[nodiscard]] const text::Links& spelled_links(PieceId id);

  // The pieces of several fields as ranges of their sources, in order, without
  // those that lie within another. Valid until the next call.
  [[nodiscard]] std::span<const PieceId> distinct_pieces(ir::FieldSet fields);

  // What a piece consists of; valid as views() are.
  [[nodiscard]] const text::Census& census(PieceId id);

  // Sources that were longer than the budget.
  [[nodiscard]] std::span<const std::uint32_t> truncated() const noexcept { return truncated_; }

  // A buffer for whoever measures a piece, so that nobody allocates one for a post.
  [[nodiscard]] std::vector<text::Range>& scratch() noexcept { return scratch_; }
  [[nodiscard]] text::Tally& tally() noexcept { return tally_; }

 private:
  // set_sources() puts them there.
  static constexpr std::uint32_t title_source = 0, body_source = 1;

  // A post of more pieces than this shares slots among them: what a slot held
  // is then built again when it is asked for.
  static constexpr std::size_t max_slots = 1024;

  // A text of a post. In one post the same place holds the same text.
  struct Owner {
    std::uint64_t post = 0;  // the number of the post
    std::string_view text;

    [[nodiscard]] bool is(std::uint64_t number, std::string_view other) const noexcept {
      return post == number && text.data() == other.data() && text.size() == other.size();
    }
  };

  // The views, links and census of one piece.
  struct Slot {
    text::Views views;
    text::Links links;
    text::Census census;
    Owner viewed;  // whose `views`, `links` and `census` they are
    Owner linked;
    Owner counted;
    std::size_t grown = 0;  // the longest text that it held
  };

  // What is read of a source: all of it, or its head and its tail.
  struct Parts {
    std::array<text::Range, 2> ranges{};
    std::size_t count = 0;
  };

  void set_sources(const Post& post, std::span<const std::string_view> host_texts);
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> sources_of(ir::TextField field) const;
  void forget();
  void cut(ir::TextField field);
  void cut_sources(ir::TextField field);
  void cut_zone(ir::TextField field);
  void find_zones();
  // Whether the body is one part without zones.
  [[nodiscard]] bool is_plain_body();
  void cut_derived(ir::TextField field);
  void add_piece(ir::TextField field, PieceId id);
  void add_range(ir::TextField field, std::uint32_t source, text::Range range);
  [[nodiscard]] Parts parts_of(std::uint32_t source);
  [[nodiscard]] bool own_is_body(std::string_view body, const Parts& parts) const;
  [[nodiscard]] const std::vector<PieceId>& ids(ir::TextField field) const;
  [[nodiscard]] Slot& slot(PieceId id);
  // The views of a text that is a piece of this number, or will be.
  [[nodiscard]] text::Views& views(PieceId id, std::string_view piece_text);

  std::uint64_t post_number_ = 0;
  ir::FieldSet needed_;
  std::uint32_t text_bytes_ = 0xFFFFFFFFU;
  ir::FieldSet cut_;  // fields whose pieces are known
  std::vector<SourceText> sources_;
  std::uint32_t attachments_ = 0;  // how many of the sources are their names
  std::vector<Piece> pieces_;
  std::array<std::vector<PieceId>, ir::max_text_fields> fields_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::size_t held_ = 0;  // bytes of text that the slots have grown to
  std::vector<std::uint32_t> truncated_;
  std::vector<PieceId> distinct_;
  std::vector<text::Range> scratch_;
  text::Links spelled_links_;
  text::Tally tally_;
  bool zones_known_ = false;
  bool plain_body_ = false;   // no zones at all
  bool own_is_body_ = false;  // even if there are
  Parts body_parts_;
  std::array<text::Zones, 2> zones_;  // of each part of the body
};

}  // namespace modcore::runtime
