// The image as text, for people and golden tests.
#pragma once

#include <string>

#include "program/image.hpp"

namespace modcore::program {

// One line an instruction, under the rule and the part that it belongs to. The
// image must be verified.
[[nodiscard]] std::string dump(const Image& image);

}  // namespace modcore::program
