// Reads a file again as long as each accident found in it can be stepped over, so
// that one run shows them all.
#include "parse/yaml_tree.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "diag/catalogue.hpp"
#include "parse/yaml_events.hpp"
#include "parse/yaml_source.hpp"
#include "parse/yaml_traps.hpp"

namespace modcore::parse {
namespace {

// Each try reads the file from its beginning.
int most_tries(std::size_t bytes) {
  return bytes < (std::size_t{256} << 10U) ? 50 : 3;
}

class Finisher {
 public:
  explicit Finisher(const YamlSource& source) : source_(source) {}

  // Moves a tree from the parser's text to the file, and marks what was overwritten.
  void finish(YamlNode& node) const {
    for (YamlNode& item : node.items) finish(item);
    for (YamlEntry& entry : node.entries) {
      finish(entry.key);
      finish(entry.value);
    }
    if (node.is_scalar()) {
      node.reported = node.reported || was_overwritten(node.span);
      node.map.shift(source_.offset);
    }
    node.span = source_.span(node.span.begin, node.span.end);
  }

 private:
  [[nodiscard]] bool was_overwritten(source::Span span) const {
    return std::any_of(source_.overwritten.begin(), source_.overwritten.end(),
                       [span](source::Span o) { return o.begin < span.end && span.begin < o.end; });
  }

  const YamlSource& source_;
};

}  // namespace

source::Span YamlNode::span_of(std::size_t begin, std::size_t end) const {
  const std::uint32_t first = map.begin_of(static_cast<std::uint32_t>(begin));
  const std::uint32_t last = begin < end ? map.end_of(static_cast<std::uint32_t>(end)) : first;
  return {span.source, first, std::max(first, last)};
}

const YamlEntry* YamlNode::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [key](const YamlEntry& entry) { return entry.key.text == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::optional<YamlNode> read_yaml(const source::SourceMap& sources, source::SourceId id,
                                  diag::Sink& sink, const YamlLimits& limits) {
  YamlSource source;
  source.id = id;
  source.original = sources.text(id);
  if (source.original.size() > limits.file_bytes) {
    sink.report(diag::limit_exceeded, {id, 0, 0},
                {"the file", fmt::format("{} MiB", limits.file_bytes >> 20U)});
    return std::nullopt;
  }
  if (!clean(source, sink)) return std::nullopt;
  YamlAttempt attempt;
  for (int tries = most_tries(source.text.size()); tries > 0; --tries) {
    attempt = parse_yaml_events(source.text, limits);
    if (!attempt.failure) break;
    const AfterFailure then = report_failure(source, attempt, limits, sink);
    if (then == AfterFailure::keep_tree) break;
    if (then == AfterFailure::give_up || tries == 1) return std::nullopt;
  }
  report_accidents(source, attempt, sink);
  if (!attempt.unclosed.empty()) return std::nullopt;  // it swallowed the keys that follow
  Finisher(source).finish(attempt.root);
  return std::move(attempt.root);
}

}  // namespace modcore::parse
