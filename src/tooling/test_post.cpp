#include "tooling/test_post.hpp"

#include <chrono>

namespace modcore::tooling {

namespace {

using Kind = ast::Value::Kind;

api::PostValue plain(const ast::Value& value);

api::PostValue plain_list(const ast::Value& value) {
  api::PostArray items;
  for (const ast::Value& item : value.items) items.push_back(plain(item));
  return {std::move(items)};
}

api::PostValue plain_map(const ast::Value& value) {
  api::PostObject entries;
  for (const auto& [name, entry] : value.entries) entries.emplace_back(name.value, plain(entry));
  return {std::move(entries)};
}

api::PostValue plain(const ast::Value& value) {
  switch (value.kind) {
    case Kind::null: return {};
    case Kind::boolean: return {value.boolean};
    case Kind::integer: return {value.integer};
    case Kind::number: return {value.number};
    case Kind::text: return {value.text};
    case Kind::list: return plain_list(value);
    case Kind::map: return plain_map(value);
  }
  return {};
}

}  // namespace

std::unique_ptr<api::OwnedPost> test_post(const ast::Value& value,
                                          std::span<const ir::HostAttribute> attributes) {
  using namespace std::chrono;
  auto owned = api::read_post(plain(value), attributes);
  if (!owned->post.now) owned->post.now = sys_days(year(2026) / January / 1) + hours(12);
  return owned;
}

std::string problem_of(const api::OwnedPost& post) {
  if (!post.problems.empty()) return post.problems.front();
  return {};
}

std::string short_name(const Post& post, std::size_t longest) {
  std::string name(post.title);
  if (!name.empty() && !post.body.empty()) name += " | ";
  name += post.body.substr(0, longest + 4);
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  if (name.size() <= longest) return name;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return name.substr(0, end) + "...";
}

}  // namespace modcore::tooling
