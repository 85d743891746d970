// Comments of rule files that allow findings: `# modcore: allow M306 reason="..."`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <modcore/diagnostic.hpp>

#include "source/source_map.hpp"

namespace modcore::diag {

struct AllowedId {
  std::string text;  // an id or a name, as written
  source::Span span;
  bool used = false;
};

struct Allowance {
  source::Span comment;  // from its `#` to the end of its line
  source::Span covered;  // findings that begin in here are allowed
  std::vector<AllowedId> ids;
  std::string reason;  // empty: it allows nothing
};

// What the comments of all files allow.
class Allowances {
 public:
  explicit Allowances(const source::SourceMap& sources) : sources_(sources) {}

  void add(Allowance allowance);
  // Those of another reader of the same sources.
  void add(Allowances&& others);
  // Not all that could be found in this source is looked for: its comments may stay
  // without use.
  void excuse(source::SourceId source) { excused_.insert(source); }

  // Marks what is allowed as suppressed; errors never are.
  void settle(std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] bool empty() const noexcept { return by_file_.empty(); }
  [[nodiscard]] bool is_excused(const Allowance& allowance) const {
    return excused_.contains(allowance.comment.source);
  }
  // By file and place.
  [[nodiscard]] std::vector<const Allowance*> all() const;

 private:
  const source::SourceMap& sources_;
  // By the name of the file, then by the place of the comment.
  std::map<std::string, std::map<std::uint32_t, Allowance>, std::less<>> by_file_;
  std::set<source::SourceId> excused_;
};

}  // namespace modcore::diag
