// Everything that scans posts one after the other on one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <modcore/decision.hpp>
#include <modcore/post.hpp>

#include "program/image.hpp"
#include "runtime/combine.hpp"
#include "runtime/evaluator.hpp"
#include "runtime/evidence.hpp"
#include "runtime/facts.hpp"
#include "runtime/judge.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"
#include "runtime/text_pool.hpp"

namespace modcore::runtime {

class Session {
 public:
  Session(std::shared_ptr<const program::Image> image, std::shared_ptr<const MatchPlan> plan);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The decision without the fingerprint, which is the engine's. Allocates
  // nothing if there is nothing to tell, once the buffers have grown.
  [[nodiscard]] Decision scan(const Post& post);

  // The halves of scan(), for tools that look into a post: reads it and searches
  // it, so that what follows can be asked about it. The post's texts must outlive that.
  void start(const Post& post);
  [[nodiscard]] Decision decide();

  [[nodiscard]] const program::Image& image() const noexcept { return *image_; }
  [[nodiscard]] PostText& text() noexcept { return text_; }
  [[nodiscard]] Matcher& matcher() noexcept { return matcher_; }
  [[nodiscard]] Facts& facts() noexcept { return facts_; }
  [[nodiscard]] Evaluator& evaluator() noexcept { return evaluator_; }
  [[nodiscard]] Judge& judge() noexcept { return judge_; }
  [[nodiscard]] EvidenceReader evidence() { return {*image_, text_, matcher_}; }
  [[nodiscard]] const Findings& findings() const noexcept { return findings_; }

 private:
  // As start(), with a post that outlives what follows.
  void read(const Post& post);
  [[nodiscard]] bool any_limit() const noexcept;
  // Whether a limit was reached for a rule that decides.
  bool add_limits(std::vector<std::string>& limits);
  bool add_pattern_limits(std::string_view what, std::span<const std::uint32_t> patterns,
                          std::vector<std::string>& limits);
  void add_shadow(bool limited, Decision& decision);

  std::shared_ptr<const program::Image> image_;
  PostText text_;
  Matcher matcher_;
  TextPool pool_;
  Facts facts_;
  Evaluator evaluator_;
  Judge judge_;
  Findings findings_;
  Post started_;  // what start() was given
};

}  // namespace modcore::runtime
