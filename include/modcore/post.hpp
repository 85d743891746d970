// What is judged: a Post and the facts that a host knows about it.
//
//   modcore::Post post{.title = title, .body = body,
//                      .author = {.post_count = 3, .roles = roles}};
//
// Everything here is a view: the text must outlive the call of scan(), nothing
// is kept longer. Any bytes are legal, also invalid UTF-8, NUL and no bytes at
// all. A fact that is not set is *missing*, never zero: a condition that needs
// it is unknown and the rule is reported as undetermined (Decision).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include <modcore/export.hpp>

namespace modcore {

// A set of texts, e.g. roles. The order has no meaning.
using TextSet = std::span<const std::string_view>;

// The value of a host attribute. std::monostate is missing. A duration is in
// seconds, a time in seconds since 1970-01-01T00:00:00Z.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::chrono::seconds,
                           std::chrono::sys_seconds, std::string_view, TextSet>;

// A fact that the host declared in context.yaml, under `context:` of a rule
// file or in CompileOptions::attributes, by its full name ("author.plan"). An
// undeclared name, or a value of another type than declared, counts as missing
// and stands in Decision::notices.
struct Attribute {
  std::string_view name = {};
  Value value = {};
};

struct Author {
  std::optional<std::string_view> id = {};
  std::optional<std::string_view> name = {};
  std::optional<std::string_view> bio = {};
  std::optional<std::chrono::seconds> account_age = {};
  // Read only where account_age is not set: the age is now - created_at.
  std::optional<std::chrono::sys_seconds> created_at = {};
  std::optional<std::int64_t> post_count = {};
  std::optional<double> reputation = {};
  std::optional<std::int64_t> trust_level = {};
  std::optional<TextSet> roles = {};
  std::optional<bool> verified = {};
  std::optional<std::int64_t> reports = {};
};

struct Channel {
  std::optional<std::string_view> id = {};
  std::optional<std::string_view> name = {};
  std::optional<TextSet> topics = {};
};

struct Message {
  // "post", "comment", "chat" or "profile"; another word counts as missing.
  std::optional<std::string_view> kind = {};
  std::optional<bool> is_reply = {};
  std::optional<bool> is_edit = {};
  // BCP 47 tag, e.g. "pl" or "pl-PL".
  std::optional<std::string_view> lang = {};
  std::optional<std::int64_t> reports = {};
  std::optional<std::chrono::seconds> age = {};
  std::optional<std::int64_t> attachments = {};
};

struct Parent {
  std::optional<std::string_view> author_id = {};
  std::optional<std::string_view> body = {};
};

struct Post {
  std::string_view id = {};  // handed back in the Decision; may be empty
  std::string_view title = {};
  std::string_view body = {};
  TextSet attachment_names = {};
  Author author = {};
  Channel channel = {};
  Message message = {};
  Parent parent = {};
  std::span<const Attribute> fields = {};
  // The clock of this decision; the system's clock where not set.
  std::optional<std::chrono::sys_seconds> now = {};
};

}  // namespace modcore
