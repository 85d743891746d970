// Copying plain text in lower case, many bytes at once.
#pragma once

#include <cstddef>

#include "text/signs.hpp"

namespace modcore::text {

// Copies `size` bytes with their ASCII letters in lower case, up to the first that is
// not plain: neither printable ASCII nor a line feed. Returns how many came before it.
// `out` must have room for `size` bytes; what it holds behind those copied is anything.
// Adds the signs of all bytes that were copied to `signs`, and maybe of some behind.
std::size_t copy_plain(const char* in, std::size_t size, char* out, Signs& signs) noexcept;

// The same for every processor: what the tests compare copy_plain() with.
std::size_t copy_plain_portable(const char* in, std::size_t size, char* out, Signs& signs) noexcept;

}  // namespace modcore::text
