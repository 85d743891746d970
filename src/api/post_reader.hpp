// From a tree of plain values, as JSON or YAML writes a post, to a Post.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <modcore/post.hpp>

#include "ir/fields.hpp"

namespace modcore::api {

struct PostValue;
struct PostMember;
using PostArray = std::vector<PostValue>;
// In the order of the text. A key that stands twice counts the last time.
using PostObject = std::vector<PostMember>;

struct PostValue {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, PostArray, PostObject> what;
};

// Not a std::pair: that asks for the traits of PostValue while it is incomplete.
struct PostMember {
  PostMember(std::string name, PostValue content)
      : key(std::move(name)), value(std::move(content)) {}
  std::string key;
  PostValue value;
};

// A Post and all that it points into; stays where it was made.
struct OwnedPost {
  OwnedPost() = default;
  OwnedPost(const OwnedPost&) = delete;
  OwnedPost& operator=(const OwnedPost&) = delete;

  Post post;
  PostValue tree;  // whose texts the post borrows
  std::vector<std::string> unknown_keys;
  std::vector<std::string> problems;
  // Top-level keys that begin with "x-", borrowed from the tree.
  std::vector<std::pair<std::string_view, const PostValue*>> extras;

  std::deque<std::string> texts;                   // texts that are not in the tree
  std::deque<std::vector<std::string_view>> sets;
  std::vector<Attribute> attributes;
};

// Total: whatever the tree holds, there is a post. A value of another type than
// its field is missing and stands in `problems`; so does a tree that is no
// object. At most 100 unknown keys and 100 problems are kept.
[[nodiscard]] std::unique_ptr<OwnedPost> read_post(PostValue tree,
                                                   std::span<const ir::HostAttribute> attributes);

}  // namespace modcore::api
