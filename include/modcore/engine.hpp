// The compiled rules: an immutable Engine that every thread may share.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/decision.hpp>
#include <modcore/export.hpp>

namespace modcore {

namespace detail {
struct EngineState;
struct EngineAccess;
}  // namespace detail

enum class RuleStatus : std::uint8_t { active, shadow, off };
[[nodiscard]] MODCORE_API std::string_view to_string(RuleStatus) noexcept;

struct RuleInfo {
  std::string_view id;
  std::string_view category;
  std::optional<Verdict> verdict;
  RuleSeverity severity = RuleSeverity::medium;
  RuleStatus status = RuleStatus::active;
  std::optional<std::chrono::sys_seconds> active_from;  // off before this
  std::optional<std::chrono::sys_seconds> expires;      // off from this on
  std::string_view file;
  std::uint32_t line = 0;
};

// A host attribute that the rules or the host declared.
struct AttributeInfo {
  std::string_view name;
  std::string_view type;  // as in AttributeDeclaration::type
};

struct SaveOptions {
  // Holds the databases of this version of the matching library as well: loads in
  // milliseconds where it is trusted, and is larger.
  bool native = true;
};

// A handle: copying one copies a pointer. All members are safe to call from any
// thread at the same time.
class MODCORE_API Engine {
 public:
  // All rules, sorted by id, also those that are off. Valid while an Engine of
  // this origin lives. The first call makes the list and may throw std::bad_alloc.
  [[nodiscard]] std::span<const RuleInfo> rules() const;

  // Equal for equal meaning; see Fingerprint.
  [[nodiscard]] Fingerprint fingerprint() const noexcept;

  // Whether any rule reads this field ("author.post_count", "body"): a host may
  // skip facts that no rule asks for. False for an unknown name.
  [[nodiscard]] bool uses(std::string_view field) const noexcept;

  // The declared host attributes, sorted by name, whether a rule reads them or
  // not. Valid while an Engine of this origin lives.
  [[nodiscard]] std::span<const AttributeInfo> attributes() const noexcept;

  // The engine as bytes, an artifact, for load_bytes() in compile.hpp. The same rules
  // give the same bytes with the same version of the library.
  [[nodiscard]] std::string save(const SaveOptions& options = {}) const;

  // The policy's name, empty without a policy.
  [[nodiscard]] std::string_view policy() const noexcept;

 private:
  friend struct detail::EngineAccess;
  explicit Engine(std::shared_ptr<const detail::EngineState> state) noexcept;
  std::shared_ptr<const detail::EngineState> state_;
};

}  // namespace modcore
