// What a post must have for a rule's condition to be anything but false.
#pragma once

#include <cstdint>

#include "ir/fields.hpp"

namespace modcore::program {

// What many texts lack, and some functions of texts are nothing without. The commonest
// first: of those that a rule may do without, the last ones are kept.
enum class Trait : std::uint8_t {
  few_words,     // in the body: words that must be few
  mention_sign,  // "@" or "/": mentions, emails
  link,          // hosts, domains, links
  hash_sign,     // hashtags
  beyond_ascii,  // mixed_script
  mark,          // marks_run
  emoji,
  anchor_sign,   // brackets that show one text and lead to another: misleading_link
  card_digits,   // as many digits as a card has: cards
  invisible,
};
inline constexpr std::size_t trait_count = 10;
using Traits = std::uint16_t;
// More words than these are not few.
inline constexpr std::int64_t most_few_words = 12;
[[nodiscard]] constexpr Traits bit_of(Trait trait) noexcept {
  return static_cast<Traits>(1U << static_cast<unsigned>(trait));
}

// A set of ir::Attribute; all attributes of the host share one bit.
using Attributes = std::uint64_t;
[[nodiscard]] constexpr Attributes bit_of(ir::Attribute attribute) noexcept {
  const auto index = attribute < ir::Attribute::first_host ? attribute : ir::Attribute::first_host;
  return Attributes{1} << static_cast<unsigned>(index);
}
static_assert(static_cast<unsigned>(ir::Attribute::first_host) < 64);

// At least one of these traits, if there are any, one of these attributes, likewise, and
// texts of no fewer bytes than these.
struct Needs {
  Traits traits = 0;
  Attributes attributes = 0;
  std::uint32_t title_bytes = 0;
  std::uint32_t text_bytes = 0;  // of title and body together

  [[nodiscard]] bool empty() const noexcept {
    return traits == 0 && attributes == 0 && title_bytes == 0 && text_bytes == 0;
  }
};
struct RuleNeeds {
  std::uint32_t rule = 0;
  Needs needs;
};

}  // namespace modcore::program
