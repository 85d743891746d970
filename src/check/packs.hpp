// Macros and lists of each pack, after overrides.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/fields.hpp"
#include "check/items.hpp"
#include "check/policy.hpp"
#include "check/report.hpp"
#include "ir/rule_set.hpp"

namespace modcore::checker {

// What the last override said of an item.
struct ItemChange {
  bool removes = false;
  Span where;
};

// An item as a group has it, and ir::meaning() of it there.
struct MeantItem {
  ir::Item item;
  std::string meaning;
};

struct List {
  const ast::ListDeclaration* declaration = nullptr;
  ast::ItemKind kind = ast::ItemKind::phrases;
  std::vector<ast::Name> items;
  std::map<std::string, ItemChange> changes;  // by what their items mean
  bool used = false;
  // What its items are to groups; only where there was nothing to report.
  std::map<ItemOptions, std::vector<MeantItem>> made;
};

struct Macro {
  enum class State : std::uint8_t { fresh, being_checked, checked };
  const ast::Macro* declaration = nullptr;
  const ast::Expr* body = nullptr;  // the override's, if there is one
  std::optional<Span> replaced;     // by the override there
  State state = State::fresh;
  std::optional<ir::Expr> meaning;  // once checked; empty after an error
  bool used = false;
};

struct Pack {
  std::map<std::string, List, std::less<>> lists;
  std::map<std::string, Macro, std::less<>> macros;
  bool has_rules = false;  // false: it only lends its lists
  // Macros whose meaning is being found, each with the place that asks for it.
  std::vector<std::pair<const Macro*, Span>> being_checked;
};
using Packs = std::map<std::string, Pack, std::less<>>;

// Declarations of all rule files with the policy's overrides applied, and lists
// from other packs filled in.
[[nodiscard]] Packs gather_packs(const ast::Bundle& bundle, const Policy& policy,
                                 const FieldNames& fields, diag::Sink& sink);

void report_unused(const Packs& packs, diag::Sink& sink);

[[nodiscard]] std::string_view to_string(ast::ItemKind kind) noexcept;

}  // namespace modcore::checker
