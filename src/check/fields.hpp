// Fields by name: the standard ones and those of the host.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.hpp"
#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

struct Field {
  ir::Type type{};
  ir::FieldSet fields;                     // what is searched; empty: cannot be
  std::optional<std::uint16_t> attribute;  // what is compared
};

// The attributes that contexts, rule files and the API declare, sorted by name.
[[nodiscard]] std::vector<ir::HostAttribute> host_attributes(const ast::Bundle& bundle,
                                                             const Options& options,
                                                             diag::Sink& sink);

class FieldNames {
 public:
  explicit FieldNames(const std::vector<ir::HostAttribute>& attributes);

  [[nodiscard]] std::optional<Field> find(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string_view>& all() const noexcept { return all_; }
  // Fields to search, as `in:` names them. Reports each that is none.
  [[nodiscard]] std::optional<ir::FieldSet> text_fields(const Reporter& report,
                                                        const std::vector<ast::Name>& names) const;

 private:
  std::map<std::string_view, Field> host_;
  std::vector<std::string_view> all_;
};

}  // namespace modcore::checker
