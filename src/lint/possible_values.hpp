// The values that one thing may still have, after what is said of it.
#pragma once

#include <limits>
#include <optional>
#include <set>
#include <string>

#include "ir/rule_set.hpp"

namespace modcore::lint {

// An interval without some points, or a set of words.
class PossibleValues {
 public:
  // All that the type and the function allow.
  explicit PossibleValues(const ir::Expr& subject);

  // Leaves only the values for which `value op limit` is as said.
  void restrict(ir::Op op, double limit, bool truth);
  // Leaves only those of the words, or only others.
  void restrict(const std::set<std::string>& words, bool truth);

  [[nodiscard]] bool empty() const;

 private:
  void below(double limit, bool open);
  void above(double limit, bool open);
  [[nodiscard]] bool no_word_left() const;

  double low_ = -std::numeric_limits<double>::infinity();
  double high_ = std::numeric_limits<double>::infinity();
  bool low_open_ = false;
  bool high_open_ = false;
  bool discrete_ = true;  // whole numbers: bounds are never open
  std::set<double> excluded_;
  std::optional<std::set<std::string>> allowed_;
  std::set<std::string> forbidden_;
};

}  // namespace modcore::lint
