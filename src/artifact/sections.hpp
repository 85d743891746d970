// The frame of an artifact: a header, a table, and sections with a checksum each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::artifact {

// Raised when an older library cannot read what this one writes.
inline constexpr std::uint32_t format_version = 10;
// A PNG-like beginning: bytes that a transfer as text would change.
inline constexpr std::string_view magic{"\x8FMCB\r\n\x1A\n", 8};

enum class SectionKind : std::uint32_t { about = 1, program = 2, patterns = 3, rules = 4, native = 5 };
[[nodiscard]] std::string_view to_string(SectionKind kind) noexcept;

struct Section {
  SectionKind kind{};
  std::string_view bytes;
};

[[nodiscard]] bool is_artifact(std::string_view bytes) noexcept;

// The same sections give the same bytes.
[[nodiscard]] std::string join_sections(const std::vector<Section>& sections);

// Checks the frame and every checksum; throws Fault. Views into `bytes`.
[[nodiscard]] std::vector<Section> split_sections(std::string_view bytes);

// Computes every checksum anew, for tests that change bytes on purpose. Nothing
// happens to bytes of another frame.
void repair_checksums(std::string& bytes);

}  // namespace modcore::artifact
