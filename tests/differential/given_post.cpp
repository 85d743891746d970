#include "differential/given_post.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace differential {

GivenPost::GivenPost(const Post& post)
    : given_{.title = post.title, .body = post.body, .now = std::chrono::sys_seconds{}} {
  const Facts& facts = post.facts;
  const auto integer = [&](const char* name) -> std::optional<std::int64_t> {
    const auto it = facts.integers.find(name);
    return it == facts.integers.end() ? std::nullopt : std::optional(it->second);
  };
  given_.author.post_count = integer("author.post_count");
  if (const auto age = integer("author.account_age")) given_.author.account_age = std::chrono::seconds(*age);
  if (const auto it = facts.booleans.find("author.verified"); it != facts.booleans.end()) {
    given_.author.verified = it->second;
  }
  if (const auto it = facts.texts.find("channel.name"); it != facts.texts.end()) {
    given_.channel.name = it->second;
  }
  if (facts.roles) {
    roles_.assign(facts.roles->begin(), facts.roles->end());
    given_.author.roles = roles_;
  }
  if (const auto strikes = integer("author.strikes")) {
    fields_.push_back({.name = "author.strikes", .value = *strikes});
  }
  if (const auto it = facts.texts.find("author.plan"); it != facts.texts.end()) {
    fields_.push_back({.name = "author.plan", .value = std::string_view(it->second)});
  }
  given_.fields = fields_;
}

}  // namespace differential
