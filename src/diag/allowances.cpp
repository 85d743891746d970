#include "diag/allowances.hpp"

#include <algorithm>

namespace modcore::diag {
namespace {

// A finding between two places is allowed at either of them.
bool covers(const Allowance& allowance, const Diagnostic& d) {
  const auto inside = [&](const Location& where) {
    return where.file == d.where.file && where.begin >= allowance.covered.begin &&
           where.begin < allowance.covered.end;
  };
  return inside(d.where) || std::ranges::any_of(d.labels, [&](const Label& label) {
           return inside(label.where);
         });
}

AllowedId* id_for(Allowance& allowance, const Diagnostic& d) {
  if (!covers(allowance, d)) return nullptr;
  for (AllowedId& id : allowance.ids) {
    if (id.text == d.id || id.text == d.name) return &id;
  }
  return nullptr;
}

}  // namespace

void Allowances::add(Allowance allowance) {
  auto& comments = by_file_[sources_.name(allowance.comment.source)];
  comments.emplace(allowance.comment.begin, std::move(allowance));
}

void Allowances::add(Allowances&& others) {
  for (auto& [file, comments] : others.by_file_) by_file_[file].merge(comments);
  others.by_file_.clear();
  excused_.merge(others.excused_);
}

void Allowances::settle(std::vector<Diagnostic>& diagnostics) {
  if (by_file_.empty()) return;
  for (Diagnostic& d : diagnostics) {
    const auto file = by_file_.find(d.where.file);
    if (file == by_file_.end() || d.severity == Severity::error) continue;
    for (auto& [place, allowance] : file->second) {
      AllowedId* id = allowance.reason.empty() ? nullptr : id_for(allowance, d);
      if (id == nullptr) continue;
      id->used = true;
      d.suppressed = true;
      d.justification = allowance.reason;
    }
  }
}

std::vector<const Allowance*> Allowances::all() const {
  std::vector<const Allowance*> found;
  for (const auto& [file, comments] : by_file_) {
    for (const auto& [place, allowance] : comments) found.push_back(&allowance);
  }
  return found;
}

}  // namespace modcore::diag
