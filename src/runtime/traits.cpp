#include "runtime/traits.hpp"

#include <bit>

#include "runtime/field_functions.hpp"
#include "text/anchors.hpp"
#include "text/contacts.hpp"

namespace modcore::runtime {

using program::Trait;
using program::Traits;

void PostTraits::find(Traits bit) {
  known_ = static_cast<Traits>(known_ | bit);
  if (bit == program::bit_of(Trait::few_words)) {
    ir::FieldSet body;
    body.add(ir::TextField::body);
    if (words(text_, body) <= program::most_few_words) present_ = static_cast<Traits>(present_ | bit);
    return;
  }
  for (std::uint32_t i = 0; i < text_.pieces().size(); ++i) {
    if (!stands_in(bit, static_cast<PieceId>(i))) continue;
    present_ = static_cast<Traits>(present_ | bit);
    return;
  }
}

bool PostTraits::stands_in(Traits bit, PieceId piece) {
  const auto has = [&](char sign) { return text_.text(piece).find(sign) != std::string_view::npos; };
  switch (static_cast<Trait>(std::countr_zero(bit))) {
    case Trait::link: return !text_.links(piece).empty();
    case Trait::mention_sign: return has('@') || has('/');
    case Trait::hash_sign: return has('#');
    case Trait::mark: return text_.census(piece).has(text::unicode::mark);
    case Trait::emoji: return text_.census(piece).may_hold_emoji();
    case Trait::invisible: return text_.census(piece).invisible > 0;
    case Trait::beyond_ascii: return !text_.census(piece).plain;
    case Trait::card_digits: return text_.census(piece).digits >= text::least_card_digits;
    case Trait::anchor_sign: return text::may_hold_anchors(text_.text(piece));
    case Trait::few_words: break;  // is no matter of one piece
  }
  return true;
}

}  // namespace modcore::runtime
