// From fired rules to one verdict: suppression, points, thresholds, routes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <modcore/decision.hpp>

#include "program/image.hpp"
#include "runtime/judge.hpp"

namespace modcore::runtime {

struct Suppressed {
  std::uint32_t rule = 0;
  std::uint32_t by = 0;  // of several, the one with the smallest id
  bool operator==(const Suppressed&) const = default;
};

struct Crossed {
  std::uint32_t category = 0;
  Verdict verdict{};
  std::int64_t points = 0;           // thousandths
  std::vector<std::uint32_t> rules;  // that gave points, ascending
  bool operator==(const Crossed&) const = default;
};

struct Called {
  std::uint32_t route = 0;
  std::optional<std::int64_t> within;  // seconds
  Urgency urgency = Urgency::low;
  bool operator==(const Called&) const = default;
};

struct CategoryPoints {
  std::uint32_t category = 0;
  std::int64_t points = 0;  // thousandths, not 0
  bool operator==(const CategoryPoints&) const = default;
};

struct Combined {
  bool hidden = false;
  Attention attention = Attention::none;
  std::vector<Fired> fired;            // not suppressed, strongest first
  std::vector<Suppressed> suppressed;  // ascending by rule
  std::vector<Crossed> crossed;        // ascending by category, then verdict
  std::vector<CategoryPoints> scores;  // ascending by category
  std::vector<Called> routes;          // ascending by route
  bool operator==(const Combined&) const = default;
};

// Pure; the order of `fired` does not matter. Without `thresholds`, points
// decide nothing.
[[nodiscard]] Combined combine(const program::Image& image, std::span<const Fired> fired,
                               bool thresholds = true);

// The one word for both axes: escalate, else hide, else flag, else allow.
[[nodiscard]] Verdict headline(bool hidden, Attention attention) noexcept;

// The verdict that a fired rule speaks; nothing for one that only gives points.
[[nodiscard]] std::optional<Verdict> verdict_of(const program::Rule& rule, bool raised) noexcept;

}  // namespace modcore::runtime
