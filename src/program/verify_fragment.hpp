// The verifier's second half: one condition's code and nodes.
#pragma once

#include <stdexcept>
#include <string_view>

#include "program/image.hpp"

namespace modcore::program {

// Thrown within the verifier only.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// `results` are the stack letters of which the fragment may leave one.
void verify_fragment(const Image& image, const Fragment& fragment, std::string_view results);

}  // namespace modcore::program
