#include "api/field_names.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace modcore::api {
namespace {

struct Common {
  std::string_view name;
  std::string_view field;
};

// What sites, exports and published data sets call things.
constexpr std::array common_names = {
    Common{"text", "body"},             Common{"content", "body"},
    Common{"message", "body"},          Common{"comment", "body"},
    Common{"comment_text", "body"},     Common{"post", "body"},
    Common{"post_text", "body"},        Common{"tweet", "body"},
    Common{"msg", "body"},              Common{"selftext", "body"},
    Common{"description", "body"},      Common{"review", "body"},
    Common{"subject", "title"},         Common{"headline", "title"},
    Common{"author", "author.name"},    Common{"user", "author.name"},
    Common{"username", "author.name"},  Common{"user_name", "author.name"},
    Common{"screen_name", "author.name"}, Common{"nickname", "author.name"},
    Common{"nick", "author.name"},      Common{"user_id", "author.id"},
    Common{"userid", "author.id"},      Common{"bio", "author.bio"},
    Common{"account_age", "author.account_age"}, Common{"post_count", "author.post_count"},
    Common{"reputation", "author.reputation"},   Common{"karma", "author.reputation"},
    Common{"trust_level", "author.trust_level"}, Common{"roles", "author.roles"},
    Common{"channel", "channel.name"},  Common{"room", "channel.name"},
    Common{"forum", "channel.name"},    Common{"board", "channel.name"},
    Common{"subreddit", "channel.name"}, Common{"language", "lang"},
    Common{"locale", "lang"},           Common{"post_id", "id"},
    Common{"comment_id", "id"},         Common{"message_id", "id"},
    Common{"tweet_id", "id"},           Common{"parent", "parent.body"},
    Common{"parent_text", "parent.body"},
};

constexpr std::array<std::string_view, 3> top_level = {"id", "lang", "now"};

std::string plain(std::string_view name) {
  while (!name.empty() && (name.front() == ' ' || name.front() == '\t')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  return out;
}

// Takes the value at a path out of a tree.
std::optional<PostValue> take(PostObject& object, std::string_view path) {
  for (auto member = object.begin(); member != object.end(); ++member) {
    if (member->key == path) {
      PostValue value = std::move(member->value);
      object.erase(member);
      return value;
    }
    auto* inner = std::get_if<PostObject>(&member->value.what);
    const bool below = path.size() > member->key.size() && path.starts_with(member->key) &&
                       path[member->key.size()] == '.';
    if (inner == nullptr || !below) continue;
    if (auto value = take(*inner, path.substr(member->key.size() + 1))) return value;
  }
  return std::nullopt;
}

template <typename Number>
std::optional<Number> parsed(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> truth(std::string_view text) {
  const std::string word = plain(text);
  if (word == "true" || word == "yes" || word == "1" || word == "t") return true;
  if (word == "false" || word == "no" || word == "0" || word == "f") return false;
  return std::nullopt;
}

PostArray parts(std::string_view text) {
  const char separator = text.find('|') != std::string_view::npos ? '|' : ',';
  PostArray out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) out.push_back({std::string(part)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string_view common_field(std::string_view name) {
  const auto found = std::ranges::find(common_names, name, &Common::name);
  return found == common_names.end() ? std::string_view() : found->field;
}

FieldNames::FieldNames(std::vector<FieldName> given, std::span<const ir::HostAttribute> attributes)
    : given_(std::move(given)), attributes_(attributes) {}

std::string FieldNames::known_field(std::string_view name) const {
  const auto is = [&](std::string_view field) {
    std::string flat(field);
    std::ranges::replace(flat, '.', '_');
    return name == field || name == flat;
  };
  for (const std::string_view field : top_level) {
    if (is(field)) return std::string(field);
  }
  for (const ir::StandardField& field : ir::standard_fields()) {
    const bool passed = field.attribute || field.name == "author.created_at";
    if (passed && is(field.name)) return std::string(field.name);
  }
  for (const ir::HostAttribute& host : attributes_) {
    if (is(host.name)) return host.name;
  }
  return {};
}

std::string FieldNames::field_of(std::string_view column) const {
  const std::string name = plain(column);
  std::string certain = certain_field(column);
  if (!certain.empty()) return certain;
  std::string guess(common_field(name));
  return is_given(guess) ? std::string() : guess;
}

bool FieldNames::is_given(std::string_view field) const {
  return std::ranges::count(given_, field, &FieldName::field) > 0;
}

std::string FieldNames::certain_field(std::string_view column) const {
  const std::string name = plain(column);
  for (const FieldName& given : given_) {
    if (given.foreign == column || plain(given.foreign) == name) return given.field;
  }
  std::string known = known_field(name);
  return is_given(known) ? std::string() : known;
}

ir::Type FieldNames::type_of(std::string_view field) const {
  if (const ir::StandardField* standard = ir::find_standard_field(field)) return standard->type;
  const auto host = std::ranges::find(attributes_, field, &ir::HostAttribute::name);
  return host == attributes_.end() ? ir::Type::text : host->type;
}

PostValue FieldNames::cell(std::string_view field, std::string_view text) const {
  if (text.empty()) return {};
  switch (type_of(field)) {
    case ir::Type::boolean:
      if (const auto value = truth(text)) return {*value};
      break;
    case ir::Type::integer:
    case ir::Type::duration:
    case ir::Type::time:
      if (const auto value = parsed<std::int64_t>(text)) return {*value};
      break;
    case ir::Type::number:
      if (const auto value = parsed<double>(text)) return {*value};
      break;
    case ir::Type::text_set:
    case ir::Type::domain_set: return {parts(text)};
    default: break;
  }
  return {std::string(text)};
}

void FieldNames::apply(PostObject& post) const {
  PostObject named;
  for (const FieldName& name : given_) {
    if (auto value = take(post, name.foreign)) named.emplace_back(name.field, std::move(*value));
  }
  const auto has = [&](std::string_view field) {
    return std::ranges::count(post, field, &PostMember::key) > 0 ||
           std::ranges::count(named, field, &PostMember::key) > 0;
  };
  if (!has("body") && !has("title")) {
    for (const Common& common : common_names) {
      const auto member = std::ranges::find(post, common.name, &PostMember::key);
      if (member == post.end() || has(common.field) ||
          std::holds_alternative<PostObject>(member->value.what)) {
        continue;
      }
      named.emplace_back(std::string(common.field), std::move(member->value));
      post.erase(member);
    }
  }
  if (named.empty()) return;
  const auto fields = std::ranges::find(post, "fields", &PostMember::key);
  if (fields != post.end()) {
    if (auto* object = std::get_if<PostObject>(&fields->value.what)) {
      std::ranges::move(named, std::back_inserter(*object));
      return;
    }
  }
  post.emplace_back("fields", PostValue{std::move(named)});
}

}  // namespace modcore::api

namespace modcore {

std::optional<std::vector<FieldName>> parse_field_names(std::string_view text) {
  std::vector<FieldName> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, end);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == part.size()) return std::nullopt;
    names.push_back({std::string(part.substr(equals + 1)), std::string(part.substr(0, equals))});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

}  // namespace modcore
