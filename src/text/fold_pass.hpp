// The passes over a text that fold() and Views share.
#pragma once

#include <string_view>

#include "text/buffer.hpp"
#include "text/offset_map.hpp"
#include "text/signs.hpp"

namespace modcore::text {

// What a pass learned of the bytes that it read.
struct Encoding {
  bool ascii = true;
  bool valid = true;
  Signs signs;
};

// Appends Level::accents of `text` to `out`, which must be empty.
Encoding fold_accents(std::string_view text, Buffer& out, OffsetMap& map);

// Appends `text` with U+FFFD for what is ill-formed; `out` must be empty.
void repair(std::string_view text, Buffer& out, OffsetMap& map);

}  // namespace modcore::text
