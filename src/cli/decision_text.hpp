// A decision as a moderator wants to read it.
#pragma once

#include <string>

#include <modcore/decision.hpp>
#include <modcore/post.hpp>

#include "cli/terminal.hpp"

namespace modcore::cli {

// Several lines: verdict and id, the texts with what matched highlighted, each
// rule, points, routes and the reason in the post's language.
[[nodiscard]] std::string render_decision(const Post& post, const Decision& decision,
                                          const Palette& palette);

// "15 min", "1 day", "90 s".
[[nodiscard]] std::string duration_text(std::chrono::seconds duration);

}  // namespace modcore::cli
