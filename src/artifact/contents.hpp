// What an artifact holds: an engine in parts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "program/image.hpp"
#include "runtime/match_plan.hpp"

namespace modcore::artifact {

struct About {
  std::string library;       // "0.1.0"
  std::int32_t language = 0;  // version of the rule language
  std::string tables;        // version of the text tables
  std::uint64_t fingerprint_high = 0, fingerprint_low = 0;
  std::string native;        // what the native section is for; empty without one
};

// Where each rule of the image stood, for people.
struct Place {
  std::uint32_t file = 0;  // index into Origins::files, or no_file
  std::uint32_t line = 0;
};
inline constexpr std::uint32_t no_file = 0xffffffffU;

struct Origins {
  std::vector<std::string> files;
  std::vector<Place> places;             // by rule
  std::vector<std::string> used_fields;  // sorted
};

// The library, the tables and the matchers of this process.
[[nodiscard]] About about_this_library();

struct Parts {
  About about;
  std::shared_ptr<const program::Image> image;
  std::shared_ptr<const runtime::MatchPlan> plan;
  Origins origins;
  bool rebuilt = false;  // the plan was made anew from the patterns
};

// The same parts give the same bytes.
[[nodiscard]] std::string write(const About& about, const program::Image& image,
                                const runtime::MatchPlan& plan, const Origins& origins, bool native);

// Throws Fault for bytes that are no artifact of a version that this library can
// run. Whatever the bytes are, memory stays safe, unless `trusted`: then a native
// section for this library is taken as it is.
[[nodiscard]] Parts read(std::string_view bytes, bool trusted);

// A plan alone, for this process and under a key. Null for bytes that hold no such
// plan; those that do are trusted.
[[nodiscard]] std::string write_plan(const runtime::MatchPlan& plan, const std::string& key);
[[nodiscard]] std::shared_ptr<const runtime::MatchPlan> read_plan(
    std::string_view bytes, const std::string& key, const std::vector<ir::PatternUse>& uses);

// Patterns as the compiler takes them.
[[nodiscard]] ir::RuleSet rule_set_of(std::vector<runtime::PlannedPattern> patterns,
                                      const program::Image& image);

// Reads what it says about itself, without the rest.
[[nodiscard]] About read_about(std::string_view bytes);

}  // namespace modcore::artifact
