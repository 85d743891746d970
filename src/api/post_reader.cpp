#include "api/post_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "api/post_values.hpp"

namespace modcore::api {
namespace {

using ir::Type;

constexpr std::size_t most_reports = 100;
constexpr std::size_t longest_key = 80;

std::string shortened(std::string_view text) {
  if (text.size() <= longest_key) return std::string(text);
  return std::string(text.substr(0, longest_key)) + "...";
}

void add_once(std::vector<std::string>& reports, std::string report) {
  if (reports.size() >= most_reports || std::ranges::count(reports, report) > 0) return;
  reports.push_back(std::move(report));
}

// The set that an array of texts means, kept in the post.
std::optional<TextSet> as_set(OwnedPost& owned, const PostValue& value) {
  const auto* array = std::get_if<PostArray>(&value.what);
  if (array == nullptr) return std::nullopt;
  std::vector<std::string_view> set;
  set.reserve(array->size());
  for (const PostValue& element : *array) {
    const auto text = as_text(element);
    if (!text) return std::nullopt;
    set.push_back(*text);
  }
  return owned.sets.emplace_back(std::move(set));
}

template <typename Member, typename Value>
bool assign(Member& member, Value value) {
  if (!value) return false;
  member = *value;
  return true;
}

// A member of the public Post: its name, what it takes, how it is stored.
struct Field {
  std::string_view name;
  std::string_view expected;
  bool (*store)(OwnedPost&, const PostValue&);  // false: another type
};

constexpr std::string_view a_text = "text";
constexpr std::string_view a_set = "an array of texts";
constexpr std::string_view an_integer = "a whole number";
constexpr std::string_view a_number = "a number";
constexpr std::string_view a_boolean = "true or false";
constexpr std::string_view a_duration = "seconds or a duration such as \"3 days\"";
constexpr std::string_view a_time = "RFC 3339 text or Unix seconds";
constexpr std::string_view a_kind = "\"post\", \"comment\", \"chat\" or \"profile\"";

bool store_id(OwnedPost& owned, const PostValue& value) {
  // Databases number their posts; the id is only handed back.
  if (const auto* number = std::get_if<std::int64_t>(&value.what)) {
    owned.post.id = owned.texts.emplace_back(std::to_string(*number));
    return true;
  }
  return assign(owned.post.id, as_text(value));
}

bool store_kind(OwnedPost& owned, const PostValue& value) {
  constexpr std::array<std::string_view, 4> kinds{"post", "comment", "chat", "profile"};
  const auto text = as_text(value);
  if (!text || std::ranges::count(kinds, *text) == 0) return false;
  return assign(owned.post.message.kind, text);
}

#define MODCORE_FIELD(name, expected, member, value) \
  {name, expected, [](OwnedPost& o, const PostValue& v) { return assign(o.post.member, value); }}

// Sorted by name.
constexpr std::array fields = std::to_array<Field>({
    MODCORE_FIELD("attachment.names", a_set, attachment_names, as_set(o, v)),
    MODCORE_FIELD("author.account_age", a_duration, author.account_age, as_duration(v)),
    MODCORE_FIELD("author.bio", a_text, author.bio, as_text(v)),
    MODCORE_FIELD("author.created_at", a_time, author.created_at, as_time(v)),
    MODCORE_FIELD("author.id", a_text, author.id, as_text(v)),
    MODCORE_FIELD("author.name", a_text, author.name, as_text(v)),
    MODCORE_FIELD("author.post_count", an_integer, author.post_count, as_integer(v)),
    MODCORE_FIELD("author.reports", an_integer, author.reports, as_integer(v)),
    MODCORE_FIELD("author.reputation", a_number, author.reputation, as_number(v)),
    MODCORE_FIELD("author.roles", a_set, author.roles, as_set(o, v)),
    MODCORE_FIELD("author.trust_level", an_integer, author.trust_level, as_integer(v)),
    MODCORE_FIELD("author.verified", a_boolean, author.verified, as_boolean(v)),
    MODCORE_FIELD("body", a_text, body, as_text(v)),
    MODCORE_FIELD("channel.id", a_text, channel.id, as_text(v)),
    MODCORE_FIELD("channel.name", a_text, channel.name, as_text(v)),
    MODCORE_FIELD("channel.topics", a_set, channel.topics, as_set(o, v)),
    {"id", a_text, store_id},
    MODCORE_FIELD("lang", a_text, message.lang, as_text(v)),
    MODCORE_FIELD("message.age", a_duration, message.age, as_duration(v)),
    MODCORE_FIELD("message.attachments", an_integer, message.attachments, as_integer(v)),
    MODCORE_FIELD("message.is_edit", a_boolean, message.is_edit, as_boolean(v)),
    MODCORE_FIELD("message.is_reply", a_boolean, message.is_reply, as_boolean(v)),
    {"message.kind", a_kind, store_kind},
    MODCORE_FIELD("message.lang", a_text, message.lang, as_text(v)),
    MODCORE_FIELD("message.reports", an_integer, message.reports, as_integer(v)),
    MODCORE_FIELD("now", a_time, now, as_time(v)),
    MODCORE_FIELD("parent.author_id", a_text, parent.author_id, as_text(v)),
    MODCORE_FIELD("parent.body", a_text, parent.body, as_text(v)),
    MODCORE_FIELD("title", a_text, title, as_text(v)),
});
#undef MODCORE_FIELD

const Field* find_field(std::string_view name) {
  const auto* field = std::ranges::find(fields, name, &Field::name);
  return field == fields.end() ? nullptr : field;
}

std::string_view expected_of(Type type) {
  switch (type) {
    case Type::boolean: return a_boolean;
    case Type::integer: return an_integer;
    case Type::number: return a_number;
    case Type::duration: return a_duration;
    case Type::time: return a_time;
    case Type::text_set:
    case Type::domain_set: return a_set;
    default: return a_text;
  }
}

template <typename T>
Value value_or_missing(std::optional<T> value) {
  return value ? Value(*value) : Value();
}

Value host_value(OwnedPost& owned, Type type, const PostValue& value) {
  switch (type) {
    case Type::boolean: return value_or_missing(as_boolean(value));
    case Type::integer: return value_or_missing(as_integer(value));
    case Type::number: return value_or_missing(as_number(value));
    case Type::duration: return value_or_missing(as_duration(value));
    case Type::time: return value_or_missing(as_time(value));
    case Type::text_set:
    case Type::domain_set: return value_or_missing(as_set(owned, value));
    default: return value_or_missing(as_text(value));
  }
}

// Walks the tree by paths: {"author": {"plan": "free"}} and
// {"fields": {"author.plan": "free"}} are the same fact.
class Reader {
 public:
  Reader(OwnedPost& owned, std::span<const ir::HostAttribute> attributes)
      : owned_(owned), attributes_(attributes) {}

  void read_top(const PostObject& object) {
    // A bare `lang` yields to `message.lang`, wherever each stands.
    for (const auto& [key, value] : object) {
      if (key == "lang") read(key, key, value);
    }
    for (const auto& [key, value] : object) {
      if (key.starts_with("x-")) {
        keep_extra(key, value);
      } else if (key == "fields") {
        read_fields(value);
      } else if (key != "lang") {
        read(key, key, value);
      }
    }
  }

 private:
  void read_fields(const PostValue& value) {
    if (const auto* object = std::get_if<PostObject>(&value.what)) {
      for (const auto& [key, inner] : *object) read(key, "fields." + key, inner);
    } else if (!std::holds_alternative<std::monostate>(value.what)) {
      report("fields", "an object");
    }
  }

  // `path` names the field, `place` where it stands in the text.
  void read(const std::string& path, const std::string& place, const PostValue& value) {
    if (const Field* field = find_field(path)) return store(*field, place, value);
    if (const auto* host = find_host(path)) return store(*host, place, value);
    if (!is_prefix(path)) return add_once(owned_.unknown_keys, shortened(place));
    if (const auto* object = std::get_if<PostObject>(&value.what)) {
      for (const auto& [key, inner] : *object) {
        if (!key.starts_with("x-")) read(path + "." + key, place + "." + key, inner);
      }
    } else if (!std::holds_alternative<std::monostate>(value.what)) {
      report(place, "an object");
    }
  }

  void store(const Field& field, std::string_view place, const PostValue& value) {
    if (std::holds_alternative<std::monostate>(value.what)) return;
    if (!field.store(owned_, value)) report(place, field.expected);
  }

  void store(const ir::HostAttribute& host, std::string_view place, const PostValue& value) {
    if (std::holds_alternative<std::monostate>(value.what)) return;
    const Value read = host_value(owned_, host.type, value);
    if (std::holds_alternative<std::monostate>(read)) return report(place, expected_of(host.type));
    const auto same = std::ranges::find(owned_.attributes, host.name, &Attribute::name);
    if (same != owned_.attributes.end()) {
      same->value = read;
    } else {
      owned_.attributes.push_back({owned_.texts.emplace_back(host.name), read});
    }
  }

  void keep_extra(std::string_view key, const PostValue& value) {
    const auto same = std::ranges::find(owned_.extras, key, [](const auto& e) { return e.first; });
    if (same != owned_.extras.end()) {
      same->second = &value;
    } else if (owned_.extras.size() < most_reports) {
      owned_.extras.emplace_back(key, &value);
    }
  }

  [[nodiscard]] const ir::HostAttribute* find_host(std::string_view name) const {
    const auto found = std::ranges::find(attributes_, name, &ir::HostAttribute::name);
    return found == attributes_.end() ? nullptr : &*found;
  }

  // Whether a field lies under this path: "author" does, "author.name" does not.
  [[nodiscard]] bool is_prefix(std::string_view path) const {
    const auto lies_under = [path](std::string_view name) {
      return name.size() > path.size() && name.starts_with(path) && name[path.size()] == '.';
    };
    return std::ranges::any_of(fields, lies_under, &Field::name) ||
           std::ranges::any_of(attributes_, lies_under, &ir::HostAttribute::name);
  }

  void report(std::string_view place, std::string_view expected) {
    add_once(owned_.problems, shortened(place) + ": expected " + std::string(expected));
  }

  OwnedPost& owned_;
  std::span<const ir::HostAttribute> attributes_;
};

}  // namespace

std::unique_ptr<OwnedPost> read_post(PostValue tree,
                                     std::span<const ir::HostAttribute> attributes) {
  auto owned = std::make_unique<OwnedPost>();
  owned->tree = std::move(tree);
  if (const auto* object = std::get_if<PostObject>(&owned->tree.what)) {
    Reader(*owned, attributes).read_top(*object);
  } else {
    owned->problems.emplace_back("the post: expected an object");
  }
  owned->post.fields = owned->attributes;
  return owned;
}

}  // namespace modcore::api
