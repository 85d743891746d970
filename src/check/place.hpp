// Places inside of scalars.
#pragma once

#include <cstddef>

#include "ast/ast.hpp"

namespace modcore::checker {

// The place of bytes of a scalar's value. Known where the scalar stands in the
// file as it is, bare or in quotes without an escape; otherwise the whole of it.
[[nodiscard]] inline source::Span place_inside(const ast::Name& text, std::size_t begin,
                                               std::size_t end) {
  const std::size_t width = text.span.end - text.span.begin;
  if (width != text.value.size() && width != text.value.size() + 2) return text.span;
  const auto shift = static_cast<std::uint32_t>(text.span.begin + (width - text.value.size()) / 2);
  return {text.span.source, shift + static_cast<std::uint32_t>(begin),
          shift + static_cast<std::uint32_t>(end)};
}

}  // namespace modcore::checker
