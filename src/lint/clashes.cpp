// What atoms about the text of a post say of each other.
#include <algorithm>

#include "lint/statements.hpp"

namespace modcore::lint {

using ir::Expr;
using ir::Function;
using ir::Op;
using Kind = Atom::Kind;

namespace {

constexpr bool within(ir::FieldSet narrow, ir::FieldSet wide) {
  return (narrow.bits & ~wide.bits) == 0;
}

// `urls` are the links of title and own text.
ir::FieldSet link_fields(ir::FieldSet fields) {
  if (fields.has(ir::TextField::urls)) fields.add(ir::text_fields());
  return fields;
}

bool is_call(const Expr& expr, Function function) {
  return expr.op == Op::call && expr.function == function;
}

}  // namespace

Statements::Claim Statements::claim(AtomId id, bool truth) const {
  const Atom& atom = atoms_[id];
  const Subject& subject = subjects_[atom.subject];
  const Expr& expr = subject.expr;
  Claim claim;
  if (expr.op != Op::call || atom.kind == Kind::missing) return claim;
  const Bounds bounds = bounds_of(subject, atom, truth);
  const bool counts = is_call(expr, Function::count) || is_call(expr, Function::distinct);
  const bool finds = is_call(expr, Function::near) || is_call(expr, Function::followed_by) ||
                     is_call(expr, Function::disguised);
  const bool places = is_call(expr, Function::first) || is_call(expr, Function::last);
  if ((counts && (bounds.at_least_one || bounds.at_most_zero)) || (finds && truth) || places) {
    claim.what = Claim::What::pattern;
    claim.there = !bounds.at_most_zero || places;
    claim.uses = expr.uses;
    return claim;
  }
  const bool hosts = is_call(expr, Function::hosts) || is_call(expr, Function::domains);
  const bool links = is_call(expr, Function::links);
  const bool some = (links && bounds.at_least_one) || (hosts && atom.kind == Kind::holds && truth) ||
                    (hosts && atom.kind == Kind::within && !truth) ||
                    (is_call(expr, Function::misleading_link) && truth);
  const bool none = (links && bounds.at_most_zero) || (hosts && atom.kind == Kind::nothing && truth);
  if (!some && !none) return claim;
  claim.what = Claim::What::links;
  claim.there = some;
  claim.fields = link_fields(expr.fields);
  return claim;
}

bool Statements::only_domains(ir::PatternId id) const {
  const auto& items = rules_.patterns[static_cast<std::size_t>(id)].items;
  return !items.empty() && std::ranges::all_of(items, [](const ir::Item& item) {
    return std::holds_alternative<ir::DomainItem>(item.what);
  });
}

// Whether the one, which says that something is there, makes the other wrong,
// which says that it is not.
bool Statements::implies(const Claim& there, const Claim& absent) const {
  if (absent.what == Claim::What::links) {
    if (there.what == Claim::What::links) return within(there.fields, absent.fields);
    return std::ranges::any_of(there.uses, [&](const ir::PatternUse& use) {
      return only_domains(use.pattern) && within(link_fields(use.fields), absent.fields);
    });
  }
  if (there.what != Claim::What::pattern || absent.uses.empty()) return false;
  const ir::PatternUse& lost = absent.uses.front();
  return std::ranges::any_of(there.uses, [&](const ir::PatternUse& use) {
    return within(use.fields, lost.fields) && order_.wider(use.pattern, lost.pattern);
  });
}

bool Statements::clash(AtomId atom, bool truth, AtomId other, bool other_truth) const {
  const Claim& one = claims_[atom][truth ? 1 : 0];
  const Claim& two = claims_[other][other_truth ? 1 : 0];
  if (one.what == Claim::What::nothing || two.what == Claim::What::nothing) return false;
  if (one.there == two.there || atoms_[atom].subject == atoms_[other].subject) return false;
  return one.there ? implies(one, two) : implies(two, one);
}

}  // namespace modcore::lint
