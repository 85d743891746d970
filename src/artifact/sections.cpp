#include "artifact/sections.hpp"

#include <cstring>

#include <xxhash.h>

#include "artifact/archive.hpp"

namespace modcore::artifact {
namespace {

// All numbers are little-endian. The checksum of the header covers the header
// after it and the whole table.
struct Header {
  char magic[8] = {};
  std::uint64_t checksum = 0;
  std::uint64_t size = 0;  // of the whole artifact
  std::uint32_t format = 0;
  std::uint32_t sections = 0;
};
struct Entry {
  std::uint32_t kind = 0;
  std::uint32_t zero = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;
};
static_assert(sizeof(Header) == 32 && sizeof(Entry) == 32);

constexpr std::uint32_t most_sections = 64;
constexpr std::size_t checked_from = 16;  // what stands in the header behind its checksum

std::uint64_t checksum_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::string_view checked_part(std::string_view bytes, std::uint32_t sections) {
  return bytes.substr(checked_from, sizeof(Header) + sections * sizeof(Entry) - checked_from);
}

template <typename T>
T read(std::string_view bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

template <typename T>
void write(std::string& bytes, std::size_t offset, const T& value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

Header header_of(std::string_view bytes) {
  require(is_artifact(bytes), "the file is no artifact of modcore");
  require(bytes.size() >= sizeof(Header), "the artifact is cut");
  const auto header = read<Header>(bytes, 0);
  if (header.format != format_version) {
    throw Fault("the artifact has format " + std::to_string(header.format) + ", this library reads " +
                std::to_string(format_version) + ": compile the rules again");
  }
  require(header.size == bytes.size(), "the artifact is cut, or something was added to it");
  require(header.sections <= most_sections &&
              sizeof(Header) + header.sections * sizeof(Entry) <= bytes.size(),
          "the artifact's table is cut");
  return header;
}

Section section_of(std::string_view bytes, const Entry& entry, std::size_t begin) {
  require(entry.zero == 0 && entry.offset == begin && entry.size <= bytes.size() - begin,
          "the artifact's table does not fit its sections");
  return {static_cast<SectionKind>(entry.kind), bytes.substr(begin, entry.size)};
}

}  // namespace

std::string_view to_string(SectionKind kind) noexcept {
  switch (kind) {
    case SectionKind::about: return "about";
    case SectionKind::program: return "program";
    case SectionKind::patterns: return "patterns";
    case SectionKind::rules: return "rules";
    case SectionKind::native: return "native";
  }
  return "unknown";
}

bool is_artifact(std::string_view bytes) noexcept { return bytes.starts_with(magic); }

std::string join_sections(const std::vector<Section>& sections) {
  Header header;
  std::memcpy(header.magic, magic.data(), magic.size());
  header.format = format_version;
  header.sections = static_cast<std::uint32_t>(sections.size());
  header.size = sizeof(Header) + sections.size() * sizeof(Entry);
  std::string bytes(header.size, '\0');
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    write(bytes, sizeof(Header) + i * sizeof(Entry),
          Entry{static_cast<std::uint32_t>(section.kind), 0, header.size, section.bytes.size(),
                checksum_of(section.bytes)});
    header.size += section.bytes.size();
  }
  write(bytes, 0, header);
  header.checksum = checksum_of(checked_part(bytes, header.sections));
  write(bytes, 0, header);
  bytes.reserve(header.size);
  for (const Section& section : sections) bytes += section.bytes;
  return bytes;
}

std::vector<Section> split_sections(std::string_view bytes) {
  const Header header = header_of(bytes);
  require(checksum_of(checked_part(bytes, header.sections)) == header.checksum,
          "the artifact's header is damaged");
  std::vector<Section> sections;
  std::size_t begin = sizeof(Header) + header.sections * sizeof(Entry);
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    const auto entry = read<Entry>(bytes, sizeof(Header) + i * sizeof(Entry));
    sections.push_back(section_of(bytes, entry, begin));
    require(checksum_of(sections.back().bytes) == entry.checksum, "a section is damaged");
    begin += entry.size;
  }
  require(begin == bytes.size(), "bytes belong to no section");
  return sections;
}

void repair_checksums(std::string& bytes) {
  if (!is_artifact(bytes) || bytes.size() < sizeof(Header)) return;
  const auto header = read<Header>(bytes, 0);
  if (header.sections > most_sections ||
      sizeof(Header) + header.sections * sizeof(Entry) > bytes.size()) {
    return;
  }
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    const std::size_t at = sizeof(Header) + i * sizeof(Entry);
    auto entry = read<Entry>(bytes, at);
    if (entry.offset > bytes.size() || entry.size > bytes.size() - entry.offset) continue;
    entry.checksum = checksum_of(std::string_view(bytes).substr(entry.offset, entry.size));
    write(bytes, at, entry);
  }
  auto repaired = header;
  repaired.checksum = checksum_of(checked_part(bytes, header.sections));
  write(bytes, 0, repaired);
}

}  // namespace modcore::artifact
