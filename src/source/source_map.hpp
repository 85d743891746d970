// The texts that were read, and places in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace modcore::source {

enum class SourceId : std::uint32_t {};
inline constexpr SourceId no_source{0xffffffffU};

// A half-open range of bytes in a source, counted in the file as it was read (a
// byte order mark included).
struct Span {
  SourceId source = no_source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

// Line and column, both from 1; the column counts code points.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

// Owns the sources and answers where a byte is. A source never moves once added.
class SourceMap {
 public:
  SourceId add(std::string name, std::string text);

  [[nodiscard]] std::size_t size() const noexcept { return files_.size(); }
  [[nodiscard]] const std::string& name(SourceId id) const;
  [[nodiscard]] std::string_view text(SourceId id) const;
  [[nodiscard]] Position position(SourceId id, std::uint32_t byte) const;
  // The line of that number, without its end (LF, CR LF or CR) and without a byte
  // order mark; empty if there is no such line.
  [[nodiscard]] std::string_view line_text(SourceId id, std::uint32_t line) const;

 private:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_begins;
  };
  std::vector<std::unique_ptr<File>> files_;
  [[nodiscard]] const File& file(SourceId id) const;
};

}  // namespace modcore::source
