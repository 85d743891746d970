// Finds the line and column of a byte by the beginnings of all lines.
#include "source/source_map.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace modcore::source {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool begins_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

// CR LF is one end, and so is a CR alone, as in YAML.
std::vector<std::uint32_t> find_line_begins(std::string_view text) {
  std::vector<std::uint32_t> begins{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool lone_return = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || lone_return) begins.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return begins;
}

}  // namespace

SourceId SourceMap::add(std::string name, std::string text) {
  auto file = std::make_unique<File>();
  file->line_begins = find_line_begins(text);
  file->name = std::move(name);
  file->text = std::move(text);
  files_.push_back(std::move(file));
  return SourceId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const SourceMap::File& SourceMap::file(SourceId id) const {
  const auto index = static_cast<std::size_t>(id);
  assert(index < files_.size());
  return *files_[index];
}

const std::string& SourceMap::name(SourceId id) const {
  return file(id).name;
}

std::string_view SourceMap::text(SourceId id) const {
  return file(id).text;
}

Position SourceMap::position(SourceId id, std::uint32_t byte) const {
  const File& source = file(id);
  const auto size = static_cast<std::uint32_t>(source.text.size());
  byte = std::min(byte, size);
  const auto next = std::upper_bound(source.line_begins.begin(), source.line_begins.end(), byte);
  const auto line = static_cast<std::uint32_t>(next - source.line_begins.begin());
  const std::string_view text = source.text;
  std::uint32_t begin = source.line_begins[line - 1];
  // The mark stands before the first column, and a place inside it is that column.
  if (begin == 0 && text.starts_with(byte_order_mark)) begin = 3;
  if (byte <= begin) return {line, 1};
  const std::string_view before = text.substr(begin, byte - begin);
  const auto columns = std::count_if(before.begin(), before.end(), begins_code_point);
  return {line, static_cast<std::uint32_t>(columns) + 1};
}

std::string_view SourceMap::line_text(SourceId id, std::uint32_t line) const {
  const File& source = file(id);
  if (line == 0 || line > source.line_begins.size()) return {};
  const std::size_t begin = source.line_begins[line - 1];
  const std::size_t end =
      line < source.line_begins.size() ? source.line_begins[line] : source.text.size();
  std::string_view text = std::string_view(source.text).substr(begin, end - begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (begin == 0 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return text;
}

}  // namespace modcore::source
