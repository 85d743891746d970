// The fields that rules can read: the standard ones and those that a host declares.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/types.hpp"

namespace modcore::ir {

// Text that patterns are searched in. The host's own text attributes follow
// after `first_host`.
enum class TextField : std::uint8_t {
  title, body, own, quote, code, urls, mentions, hashtags, attachment_names,
  author_name, author_bio, parent_body, channel_name, first_host,
};
inline constexpr std::size_t max_text_fields = 64;

// A set of TextFields; `text` is {title, own}.
struct FieldSet {
  std::uint64_t bits = 0;
  constexpr bool operator==(const FieldSet&) const = default;
  constexpr auto operator<=>(const FieldSet&) const = default;
  [[nodiscard]] constexpr bool empty() const noexcept { return bits == 0; }
  [[nodiscard]] constexpr bool has(TextField field) const noexcept {
    return ((bits >> static_cast<unsigned>(field)) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool meets(FieldSet other) const noexcept { return (bits & other.bits) != 0; }
  constexpr void add(TextField field) noexcept { bits |= std::uint64_t{1} << static_cast<unsigned>(field); }
  constexpr void add(FieldSet other) noexcept { bits |= other.bits; }
};
[[nodiscard]] constexpr FieldSet text_fields() noexcept {
  FieldSet set;
  set.add(TextField::title);
  set.add(TextField::own);
  return set;
}

// Facts that conditions compare. Host attributes follow after `first_host`, in
// order of their name. Content (title, body, attachment_names) is never missing.
enum class Attribute : std::uint16_t {
  title, body, attachment_names,
  author_id, author_name, author_bio, author_account_age, author_post_count, author_reputation,
  author_trust_level, author_roles, author_verified, author_reports,
  channel_id, channel_name, channel_topics,
  message_kind, message_is_reply, message_is_edit, message_lang, message_reports, message_age,
  message_attachments, parent_author_id, parent_body, now, first_host,
};

// One standard field of the language, for lookup, docs and `list fields`.
// `author.created_at` stands in the table without either use: hosts may pass it,
// rules read `author.account_age`.
struct StandardField {
  std::string_view name;
  Type type;
  FieldSet fields;                     // what is searched; empty: cannot be
  std::optional<Attribute> attribute;  // can be compared
  std::string_view summary;
};
[[nodiscard]] std::span<const StandardField> standard_fields() noexcept;  // sorted by name
[[nodiscard]] const StandardField* find_standard_field(std::string_view name) noexcept;

// Names as rules write them, of standard fields only.
[[nodiscard]] std::string_view to_string(TextField) noexcept;
[[nodiscard]] std::string_view to_string(Attribute) noexcept;

// The words that `message.kind` and `weekday()` can be.
[[nodiscard]] std::span<const std::string_view> message_kinds() noexcept;
[[nodiscard]] std::span<const std::string_view> weekdays() noexcept;  // monday first

// An attribute that the host declared.
struct HostAttribute {
  std::string name;
  Type type{};
  std::optional<TextField> text;  // set for text attributes
};

}  // namespace modcore::ir
