// What a fired rule saw: the places in the post that made its condition true.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <modcore/decision.hpp>

#include "program/image.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"

namespace modcore::runtime {

// How many places of a group or function are shown.
inline constexpr std::size_t most_evidence = 10;

class EvidenceReader {
 public:
  // All at the same post; kept no longer than the caller keeps them.
  EvidenceReader(const program::Image& image, PostText& text, Matcher& matcher)
      : image_(image), text_(text), matcher_(matcher) {}

  // Of each group and each finding function of the rule, in order of the groups.
  [[nodiscard]] std::vector<Evidence> of_rule(const program::Rule& rule) const;

  void add_use(std::uint32_t use, std::vector<Evidence>& out) const;
  void add_measure(std::uint32_t measure, std::vector<Evidence>& out) const;

 private:
  [[nodiscard]] Evidence at(std::uint32_t source, text::Range range) const;

  const program::Image& image_;
  PostText& text_;
  Matcher& matcher_;
};

// The name of a source for people: "body", "attachment.names[0]".
[[nodiscard]] std::string source_name(const program::Image& image, const SourceText& source);

}  // namespace modcore::runtime
