// The post of a test, as its rule file gives it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "api/post_reader.hpp"
#include "ast/ast.hpp"

namespace modcore::tooling {

// The post with the clock of tests, 2026-01-01T12:00:00Z, unless it has its own.
[[nodiscard]] std::unique_ptr<api::OwnedPost> test_post(
    const ast::Value& value, std::span<const ir::HostAttribute> attributes);

// What a post in a test must not have: keys that no field bears, values of
// another type. Empty if it is in order.
[[nodiscard]] std::string problem_of(const api::OwnedPost& post);

// Title and body on one line, shortened to so many bytes.
[[nodiscard]] std::string short_name(const Post& post, std::size_t longest = 72);

}  // namespace modcore::tooling
