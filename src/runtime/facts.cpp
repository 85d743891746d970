#include "runtime/facts.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "runtime/arithmetic.hpp"
#include "text/hosts.hpp"

namespace modcore::runtime {

namespace {

using ir::Attribute;
using program::bit_of;

constexpr auto first_host = static_cast<std::uint32_t>(Attribute::first_host);

template <typename T>
Value optional(const std::optional<T>& value) {
  return value ? Value::of(*value) : Value();
}
Value optional(const std::optional<std::chrono::seconds>& value) {
  return value ? Value::of(std::int64_t{value->count()}) : Value();
}
Value optional(const std::optional<double>& value) { return value ? if_finite(*value) : Value(); }

bool is_message_kind(std::string_view word) {
  return std::ranges::find(ir::message_kinds(), word) != ir::message_kinds().end();
}

std::string_view expected(ir::Type type) {
  switch (type) {
    case ir::Type::boolean: return "true or false";
    case ir::Type::integer: return "a whole number";
    case ir::Type::number: return "a number";
    case ir::Type::duration: return "a duration";
    case ir::Type::time: return "a time";
    case ir::Type::domain: return "a host name";
    case ir::Type::text_set:
    case ir::Type::domain_set: return "a set of texts";
    default: return "text";
  }
}

}  // namespace

Facts::Facts(const program::Image& image, TextPool& pool) : image_(image), pool_(pool) {
  std::size_t texts = 0;
  for (const ir::HostAttribute& attribute : image.host_attributes) {
    if (!attribute.text) continue;
    const auto slot = static_cast<std::size_t>(*attribute.text) -
                      static_cast<std::size_t>(ir::TextField::first_host);
    texts = std::max(texts, slot + 1);
  }
  host_values_.resize(image.host_attributes.size());
  host_texts_.resize(texts);
}

void Facts::set(const Post& post) {
  post_ = &post;
  now_.reset();
  notices_.clear();
  std::ranges::fill(host_values_, Value());
  std::ranges::fill(host_texts_, std::string_view());
  if (!image_.needs.empty()) find_present();  // nobody else asks
  read_language();
  check_standard_attributes();
  if (!post.fields.empty()) read_host_attributes();
}

void Facts::find_present() {
  const Author& author = post_->author;
  const Message& message = post_->message;
  present_ = bit_of(Attribute::title) | bit_of(Attribute::body) | bit_of(Attribute::attachment_names) |
             bit_of(Attribute::now);
  const auto note = [this](Attribute attribute, bool given) { present_ |= given ? bit_of(attribute) : 0; };
  note(Attribute::author_id, author.id.has_value());
  note(Attribute::author_name, author.name.has_value());
  note(Attribute::author_bio, author.bio.has_value());
  note(Attribute::author_account_age, author.account_age || author.created_at);
  note(Attribute::author_post_count, author.post_count.has_value());
  note(Attribute::author_reputation, author.reputation.has_value());
  note(Attribute::author_trust_level, author.trust_level.has_value());
  note(Attribute::author_roles, author.roles.has_value());
  note(Attribute::author_verified, author.verified.has_value());
  note(Attribute::author_reports, author.reports.has_value());
  note(Attribute::channel_id, post_->channel.id.has_value());
  note(Attribute::channel_name, post_->channel.name.has_value());
  note(Attribute::channel_topics, post_->channel.topics.has_value());
  note(Attribute::message_kind, message.kind.has_value());
  note(Attribute::message_is_reply, message.is_reply.has_value());
  note(Attribute::message_is_edit, message.is_edit.has_value());
  note(Attribute::message_lang, message.lang.has_value());
  note(Attribute::message_reports, message.reports.has_value());
  note(Attribute::message_age, message.age.has_value());
  note(Attribute::message_attachments, message.attachments.has_value());
  note(Attribute::parent_author_id, post_->parent.author_id.has_value());
  note(Attribute::parent_body, post_->parent.body.has_value());
  note(Attribute::first_host, !post_->fields.empty());
}

void Facts::read_language() {
  lang_.clear();
  if (!post_->message.lang) return;
  const std::string_view tag = *post_->message.lang;
  lang_.resize(tag.size());
  std::ranges::transform(tag, lang_.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
}

void Facts::check_standard_attributes() {
  const Message& message = post_->message;
  if (message.kind && !is_message_kind(*message.kind)) {
    notice("message.kind", "expected post, comment, chat or profile");
  }
  const std::optional<double>& reputation = post_->author.reputation;
  if (reputation && !std::isfinite(*reputation)) notice("author.reputation", "expected a number");
}

void Facts::read_host_attributes() {
  for (const modcore::Attribute& field : post_->fields) {
    const auto found = std::ranges::lower_bound(image_.host_attributes, field.name, {},
        [](const ir::HostAttribute& attribute) { return std::string_view(attribute.name); });
    if (found == image_.host_attributes.end() || found->name != field.name) {
      notice(field.name, "not declared");
      continue;
    }
    const std::optional<Value> value = convert(field.value, found->type);
    if (!value) {
      notice(field.name, "expected " + std::string(expected(found->type)));
      continue;
    }
    host_values_[static_cast<std::size_t>(found - image_.host_attributes.begin())] = *value;
    if (!found->text || !value->known()) continue;
    const std::string_view text = value->text();
    host_texts_[static_cast<std::size_t>(*found->text) -
                static_cast<std::size_t>(ir::TextField::first_host)] =
        text.data() != nullptr ? text : std::string_view("");
  }
}

// Nothing if the value has another type than declared.
std::optional<Value> Facts::convert(const modcore::Value& value, ir::Type type) {
  struct Convert {
    Facts& facts;
    ir::Type type;
    using Result = std::optional<Value>;

    Result operator()(std::monostate) const { return Value(); }
    Result operator()(bool given) const { return when(ir::Type::boolean, Value::of(given)); }
    Result operator()(std::int64_t given) const {
      if (type == ir::Type::number) return Value::of(static_cast<double>(given));
      return when(ir::Type::integer, Value::of(given));
    }
    Result operator()(double given) const {
      return std::isfinite(given) ? when(ir::Type::number, Value::of(given)) : std::nullopt;
    }
    Result operator()(std::chrono::seconds given) const {
      return when(ir::Type::duration, Value::of(std::int64_t{given.count()}));
    }
    Result operator()(std::chrono::sys_seconds given) const {
      return when(ir::Type::time, Value::of(std::int64_t{given.time_since_epoch().count()}));
    }
    Result operator()(std::string_view given) const {
      if (type != ir::Type::domain) return when(ir::Type::text, Value::of(given));
      std::string& host = facts.pool_.text();
      if (!text::append_host(given, host)) return std::nullopt;
      return Value::of(std::string_view(host));
    }
    Result operator()(TextSet given) const {
      return type == ir::Type::domain_set ? Result(Value::of(hosts(given)))
                                          : when(ir::Type::text_set, Value::of(given));
    }

    [[nodiscard]] Result when(ir::Type wanted, Value converted) const {
      return type == wanted ? Result(converted) : std::nullopt;
    }
    // What is no host name is in no set of hosts.
    [[nodiscard]] TextSet hosts(TextSet given) const {
      std::vector<std::string_view>& out = facts.pool_.set();
      for (const std::string_view text : given) {
        std::string& host = facts.pool_.text();
        if (text::append_host(text, host)) out.push_back(host);
      }
      return out;
    }
  };
  return std::visit(Convert{*this, type}, value);
}

void Facts::notice(std::string_view name, std::string_view what) {
  std::string text = std::string(name) + ": " + std::string(what);
  if (std::ranges::find(notices_, text) == notices_.end()) notices_.push_back(std::move(text));
}

std::int64_t Facts::now() {
  if (!now_) {
    const auto clock = post_->now.value_or(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    now_ = clock.time_since_epoch().count();
  }
  return *now_;
}

Value Facts::get(std::uint32_t attribute) {
  if (attribute >= first_host) return host_values_[attribute - first_host];
  switch (const auto which = static_cast<Attribute>(attribute)) {
    case Attribute::title: return Value::of(post_->title);
    case Attribute::body: return Value::of(post_->body);
    case Attribute::attachment_names: return Value::of(post_->attachment_names);
    case Attribute::parent_author_id: return optional(post_->parent.author_id);
    case Attribute::parent_body: return optional(post_->parent.body);
    case Attribute::now: return Value::of(now());
    case Attribute::channel_id:
    case Attribute::channel_name:
    case Attribute::channel_topics: return channel(which);
    default: return which < Attribute::channel_id ? author(which) : message(which);
  }
}

Value Facts::author(Attribute attribute) {
  const Author& author = post_->author;
  switch (attribute) {
    case Attribute::author_id: return optional(author.id);
    case Attribute::author_name: return optional(author.name);
    case Attribute::author_bio: return optional(author.bio);
    case Attribute::author_account_age: return account_age();
    case Attribute::author_post_count: return optional(author.post_count);
    case Attribute::author_reputation: return optional(author.reputation);
    case Attribute::author_trust_level: return optional(author.trust_level);
    case Attribute::author_roles: return optional(author.roles);
    case Attribute::author_verified: return optional(author.verified);
    case Attribute::author_reports: return optional(author.reports);
    default: return {};
  }
}

Value Facts::account_age() {
  const Author& author = post_->author;
  if (author.account_age || !author.created_at) return optional(author.account_age);
  return subtract(now(), author.created_at->time_since_epoch().count());
}

Value Facts::channel(Attribute attribute) const {
  const Channel& channel = post_->channel;
  switch (attribute) {
    case Attribute::channel_id: return optional(channel.id);
    case Attribute::channel_name: return optional(channel.name);
    default: return optional(channel.topics);
  }
}

Value Facts::message(Attribute attribute) const {
  const Message& message = post_->message;
  switch (attribute) {
    case Attribute::message_kind:
      return message.kind && is_message_kind(*message.kind) ? Value::of(*message.kind) : Value();
    case Attribute::message_is_reply: return optional(message.is_reply);
    case Attribute::message_is_edit: return optional(message.is_edit);
    case Attribute::message_lang: return lang_.empty() ? Value() : Value::of(std::string_view(lang_));
    case Attribute::message_reports: return optional(message.reports);
    case Attribute::message_age: return optional(message.age);
    case Attribute::message_attachments: return optional(message.attachments);
    default: return {};
  }
}

bool Facts::is_missing(ir::TextField field) {
  switch (field) {
    case ir::TextField::author_name: return !post_->author.name;
    case ir::TextField::author_bio: return !post_->author.bio;
    case ir::TextField::parent_body: return !post_->parent.body;
    case ir::TextField::channel_name: return !post_->channel.name;
    default: break;
  }
  if (field < ir::TextField::first_host) return false;
  const auto slot = static_cast<std::size_t>(field) - static_cast<std::size_t>(ir::TextField::first_host);
  return slot >= host_texts_.size() || host_texts_[slot].data() == nullptr;
}

}  // namespace modcore::runtime
