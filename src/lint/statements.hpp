// The atoms of typed conditions, and which of them cannot be true together.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ir/rule_set.hpp"
#include "lint/formula.hpp"
#include "lint/subject.hpp"

namespace modcore::lint {

// Which patterns find what others find: ids of equal patterns are equal, and
// `wider(a, b)` says that every post that `a` matches `b` matches as well.
class PatternOrder {
 public:
  virtual ~PatternOrder() = default;
  [[nodiscard]] virtual ir::PatternId alike(ir::PatternId pattern) const { return pattern; }
  [[nodiscard]] virtual bool wider(ir::PatternId narrow, ir::PatternId wide) const {
    return narrow == wide;
  }
};

// Turns conditions into formulas over shared atoms.
class Statements {
 public:
  // Both must outlive it.
  Statements(const ir::RuleSet& rules, const PatternOrder& order) : rules_(rules), order_(order) {}

  [[nodiscard]] Formula of(const ir::Expr& condition);
  // That the rule fires: `when` is true and no exemption is.
  [[nodiscard]] Formula fires(const ir::Rule& rule);
  // That the set that a `subset of` asks about is empty.
  [[nodiscard]] Formula nothing_in(const ir::Expr& set);
  // That the post's language is one of the words, case ignored.
  [[nodiscard]] Formula language_is(const std::vector<std::string>& words);

  [[nodiscard]] const std::vector<Atom>& atoms() const noexcept { return atoms_; }
  [[nodiscard]] const std::vector<Subject>& subjects() const noexcept { return subjects_; }
  // Whether an atom that is `truth` shuts out that another one is `other_truth`.
  [[nodiscard]] bool clash(AtomId atom, bool truth, AtomId other, bool other_truth) const;

 private:
  // What an atom says of the text of a post: that a pattern is found, or a link.
  struct Claim {
    enum class What : std::uint8_t { nothing, pattern, links };
    What what = What::nothing;
    bool there = false;
    std::vector<ir::PatternUse> uses;  // all of them are there; if not there, the only one
    ir::FieldSet fields;               // of links
  };

  [[nodiscard]] Formula threshold(const ir::Expr& expr);
  [[nodiscard]] Formula relation(const ir::Expr& expr);
  [[nodiscard]] Formula membership(const ir::Expr& expr);
  [[nodiscard]] Formula coalesce(const ir::Expr& expr);
  [[nodiscard]] Formula matched(const ir::PatternUse& use);
  [[nodiscard]] Formula opaque(const ir::Expr& expr);
  [[nodiscard]] Formula missing(const ir::Expr& subject);
  [[nodiscard]] Formula add(const ir::Expr& subject, Atom atom);

  [[nodiscard]] SubjectId subject_of(const ir::Expr& expr);
  [[nodiscard]] std::string key_of(const ir::Expr& expr) const;
  [[nodiscard]] bool can_be_missing(const ir::Expr& expr) const;
  [[nodiscard]] Claim claim(AtomId atom, bool truth) const;
  [[nodiscard]] bool implies(const Claim& there, const Claim& absent) const;
  [[nodiscard]] bool only_domains(ir::PatternId pattern) const;
  [[nodiscard]] bool has_regex(ir::PatternId pattern) const;

  const ir::RuleSet& rules_;
  const PatternOrder& order_;
  std::vector<Atom> atoms_;
  std::vector<Subject> subjects_;
  std::map<std::string, SubjectId> subject_numbers_;
  std::map<std::string, AtomId> atom_numbers_;
  std::vector<std::array<Claim, 2>> claims_;  // of atoms, false and true
};

}  // namespace modcore::lint
