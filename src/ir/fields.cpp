#include "ir/fields.hpp"

#include <algorithm>
#include <array>

namespace modcore::ir {
namespace {

constexpr FieldSet only(TextField field) {
  FieldSet set;
  set.add(field);
  return set;
}

using enum Attribute;
using F = TextField;

constexpr std::array standard_table{
    StandardField{"attachment.names", Type::text_set, only(F::attachment_names), attachment_names,
                  "file names of the attachments, each a piece of its own"},
    StandardField{"author.account_age", Type::duration, {}, author_account_age,
                  "how long the author's account has existed"},
    StandardField{"author.bio", Type::text, only(F::author_bio), author_bio,
                  "what the author says of themselves on their profile"},
    StandardField{"author.created_at", Type::time, {}, {},
                  "when the account was made; hosts may pass it in place of author.account_age, "
                  "which is what rules read"},
    StandardField{"author.id", Type::text, {}, author_id,
                  "the author's identifier, compared with letter case"},
    StandardField{"author.name", Type::text, only(F::author_name), author_name,
                  "the name that the author shows"},
    StandardField{"author.post_count", Type::integer, {}, author_post_count,
                  "how many posts the author has made before"},
    StandardField{"author.reports", Type::integer, {}, author_reports,
                  "how often the author's posts have been reported"},
    StandardField{"author.reputation", Type::number, {}, author_reputation,
                  "the author's reputation or karma, on the host's own scale"},
    StandardField{"author.roles", Type::text_set, {}, author_roles,
                  "the author's roles, such as \"moderator\" or \"partner\""},
    StandardField{"author.trust_level", Type::integer, {}, author_trust_level,
                  "the author's trust level, on the host's own scale"},
    StandardField{"author.verified", Type::boolean, {}, author_verified,
                  "whether the host has verified the author"},
    StandardField{"body", Type::text, only(F::body), body, "the whole body of the post"},
    StandardField{"channel.id", Type::text, {}, channel_id,
                  "the channel's identifier, compared with letter case"},
    StandardField{"channel.name", Type::text, only(F::channel_name), channel_name,
                  "the name of the channel, board or group"},
    StandardField{"channel.topics", Type::text_set, {}, channel_topics,
                  "what the channel is about"},
    StandardField{"code", Type::text, only(F::code), {}, "code of the body, fenced or inline"},
    StandardField{"hashtags", Type::text, only(F::hashtags), {}, "the #tags of `text`"},
    StandardField{"mentions", Type::text, only(F::mentions), {}, "the @names of `text`"},
    StandardField{"message.age", Type::duration, {}, message_age,
                  "how long ago the message was written; of an edit, for example"},
    StandardField{"message.attachments", Type::integer, {}, message_attachments,
                  "how many attachments the message has"},
    StandardField{"message.is_edit", Type::boolean, {}, message_is_edit,
                  "whether this is an edit of an earlier message"},
    StandardField{"message.is_reply", Type::boolean, {}, message_is_reply,
                  "whether this answers another message"},
    StandardField{"message.kind", Type::enumeration, {}, message_kind,
                  "\"post\", \"comment\", \"chat\" or \"profile\""},
    StandardField{"message.lang", Type::text, {}, message_lang,
                  "the language of the message as a BCP 47 tag, such as \"pl\""},
    StandardField{"message.reports", Type::integer, {}, message_reports,
                  "how often this message has been reported"},
    StandardField{"now", Type::time, {}, now, "the time of the decision"},
    StandardField{"own", Type::text, only(F::own), {},
                  "the body without quotes and code; with fewer than three words left, the whole "
                  "body"},
    StandardField{"parent.author_id", Type::text, {}, parent_author_id,
                  "who wrote the message that this one answers, compared with letter case"},
    StandardField{"parent.body", Type::text, only(F::parent_body), parent_body,
                  "the body of the message that this one answers"},
    StandardField{"quote", Type::text, only(F::quote), {}, "the quotes in the body"},
    StandardField{"text", Type::text, text_fields(), {},
                  "title and own: where patterns are searched by default"},
    StandardField{"title", Type::text, only(F::title), title, "the title of the post"},
    StandardField{"urls", Type::text, only(F::urls), {}, "the links of `text`"},
};
static_assert(std::ranges::is_sorted(standard_table, {}, &StandardField::name));

constexpr std::array<std::string_view, 4> kinds{"chat", "comment", "post", "profile"};
constexpr std::array<std::string_view, 7> days{"monday", "tuesday",  "wednesday", "thursday",
                                               "friday", "saturday", "sunday"};

}  // namespace

std::span<const StandardField> standard_fields() noexcept { return standard_table; }

const StandardField* find_standard_field(std::string_view name) noexcept {
  const auto found = std::ranges::lower_bound(standard_table, name, {}, &StandardField::name);
  return found != standard_table.end() && found->name == name ? &*found : nullptr;
}

std::string_view to_string(TextField field) noexcept {
  const auto found = std::ranges::find(standard_table, only(field), &StandardField::fields);
  return found != standard_table.end() ? found->name : std::string_view{};
}

std::string_view to_string(Attribute attribute) noexcept {
  const auto found = std::ranges::find(standard_table, std::optional{attribute},
                                       &StandardField::attribute);
  return found != standard_table.end() ? found->name : std::string_view{};
}

std::span<const std::string_view> message_kinds() noexcept { return kinds; }
std::span<const std::string_view> weekdays() noexcept { return days; }

}  // namespace modcore::ir
