// List files: one item a line, comments from `#` at the beginning of a line.
#include <algorithm>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/allowance_reader.hpp"
#include "parse/parse.hpp"
#include "parse/yaml_source.hpp"

namespace modcore::parse {
namespace {

constexpr std::size_t longest_file = std::size_t{8} << 20U;
constexpr std::size_t longest_item = 1000;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

class ListReader {
 public:
  ListReader(const YamlSource& source, diag::Sink& sink) : source_(source), sink_(sink) {}

  std::vector<ast::Name> read() {
    const std::string_view text = source_.text;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      line(begin, end);
      begin = end + 1;
    }
    return std::move(items_);
  }

 private:
  void line(std::size_t begin, std::size_t end) {
    while (begin < end && is_blank(source_.text[begin])) ++begin;
    while (end > begin && is_blank(source_.text[end - 1])) --end;
    if (begin == end || source_.text[begin] == '#') return;
    const auto span =
        source_.span(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    std::string_view item = std::string_view(source_.text).substr(begin, end - begin);
    if (item.starts_with("\\#")) item.remove_prefix(1);
    if (item.size() > longest_item) {
      sink_.report(diag::list_file_bad_line, span,
                   {fmt::format("it is longer than {} bytes", longest_item)});
      return;
    }
    if (item.find(" # ") != std::string_view::npos) {
      sink_.report(diag::list_file_bad_line, span, {"a comment has a line of its own"});
      return;
    }
    items_.push_back({std::string(item), span});
  }

  const YamlSource& source_;
  diag::Sink& sink_;
  std::vector<ast::Name> items_;
};

}  // namespace

std::vector<ast::Name> parse_list(const source::SourceMap& sources, source::SourceId id,
                                  diag::Sink& sink) {
  YamlSource source;
  source.id = id;
  source.original = sources.text(id);
  if (source.original.size() > longest_file) {
    sink.report(diag::limit_exceeded, {id, 0, 0},
                {"the list", fmt::format("{} MiB", longest_file >> 20U)});
    return {};
  }
  if (!clean(source, sink)) return {};
  read_list_allowances(sources, id, sink);
  return ListReader(source, sink).read();
}

}  // namespace modcore::parse
