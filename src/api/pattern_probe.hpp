// A pattern of an engine searched for by itself in one post, as it is or changed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <modcore/post.hpp>

#include "ir/rule_set.hpp"
#include "program/image.hpp"
#include "runtime/match_plan.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"
#include "runtime/session.hpp"
#include "text/range.hpp"

namespace modcore::api {

// A pattern alone, as the compiler takes it.
struct PatternProbe {
  ir::Pattern pattern;
  std::optional<ir::Pattern> except;
};

// As the engine has it.
[[nodiscard]] PatternProbe probe_of(const runtime::MatchPlan& plan, const program::Image& image, ir::PatternUse use);

// Where a probe matched.
struct ProbeMatch {
  std::size_t item = 0;
  std::string field;
  text::Range range;
  std::string text;
  bool operator==(const ProbeMatch&) const = default;
};

class Prober {
 public:
  // The session stands at the post.
  Prober(runtime::Session& session, const Post& post);

  [[nodiscard]] ir::FieldSet all_fields() const;

  // The first match. What cannot be compiled, such as a regex beyond its tolerance,
  // matches nothing.
  [[nodiscard]] std::optional<ProbeMatch> search(const PatternProbe& probe);

  [[nodiscard]] runtime::PostText& text() noexcept { return text_; }
  [[nodiscard]] const program::Image& image() const noexcept { return image_; }

 private:
  [[nodiscard]] ProbeMatch describe(const runtime::Match& match);

  const program::Image& image_;
  runtime::PostText text_;
  std::string lang_;
};

}  // namespace modcore::api
