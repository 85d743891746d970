// The tree of one condition with the value of each node, for people.
#pragma once

#include <string>

#include <modcore/scanner.hpp>

#include "program/image.hpp"
#include "runtime/session.hpp"

namespace modcore::api {

// The session stands at the post that is asked about.
[[nodiscard]] ConditionNode explain_condition(runtime::Session& session,
                                              const program::Fragment& fragment);

// All parts of a rule, whatever its outcome.
[[nodiscard]] ExplainedRule explain_rule(runtime::Session& session, std::uint32_t rule,
                                         std::string outcome);

// How a rule came out if nothing else is looked at: "fired", "spared"...
[[nodiscard]] std::string_view to_string(runtime::Answer answer) noexcept;

}  // namespace modcore::api
