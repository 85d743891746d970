#include "lint/possible_values.hpp"

#include <algorithm>

namespace modcore::lint {

using ir::Op;
using ir::Type;

namespace {

Op opposite(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater_equal;
    case Op::less_equal:
      return Op::greater;
    case Op::greater:
      return Op::less_equal;
    case Op::greater_equal:
      return Op::less;
    case Op::equal:
      return Op::not_equal;
    default:
      return Op::equal;
  }
}

}  // namespace

PossibleValues::PossibleValues(const ir::Expr& subject) {
  discrete_ = subject.type != Type::number;
  if (subject.type == Type::enumeration) {
    const auto words = subject.op == Op::call ? ir::weekdays() : ir::message_kinds();
    allowed_ = std::set<std::string>(words.begin(), words.end());
  }
  // Functions count, or measure a share.
  if (subject.op != Op::call) return;
  if (subject.type == Type::integer || subject.type == Type::number) low_ = 0;
  if (subject.type == Type::number) high_ = 1;
  if (subject.function == ir::Function::hour) high_ = 23;
}

void PossibleValues::restrict(Op op, double limit, bool truth) {
  switch (truth ? op : opposite(op)) {
    case Op::less:
      below(limit, true);
      return;
    case Op::less_equal:
      below(limit, false);
      return;
    case Op::greater:
      above(limit, true);
      return;
    case Op::greater_equal:
      above(limit, false);
      return;
    case Op::equal:
      below(limit, false);
      above(limit, false);
      return;
    default:
      excluded_.insert(limit);
  }
}

void PossibleValues::restrict(const std::set<std::string>& words, bool truth) {
  if (!truth) {
    forbidden_.insert(words.begin(), words.end());
    return;
  }
  std::set<std::string> both;
  for (const std::string& word : words) {
    if (!allowed_ || allowed_->contains(word)) both.insert(word);
  }
  allowed_ = std::move(both);
}

void PossibleValues::below(double limit, bool open) {
  if (discrete_ && open) limit -= 1;
  if (limit > high_ || (limit == high_ && !open)) return;
  high_ = limit;
  high_open_ = open && !discrete_;
}

void PossibleValues::above(double limit, bool open) {
  if (discrete_ && open) limit += 1;
  if (limit < low_ || (limit == low_ && !open)) return;
  low_ = limit;
  low_open_ = open && !discrete_;
}

bool PossibleValues::no_word_left() const {
  return allowed_ && std::ranges::all_of(*allowed_, [this](const std::string& word) {
           return forbidden_.contains(word);
         });
}

bool PossibleValues::empty() const {
  if (no_word_left() || low_ > high_) return true;
  if (!discrete_) {
    return low_ == high_ && (low_open_ || high_open_ || excluded_.contains(low_));
  }
  if (high_ - low_ >= static_cast<double>(excluded_.size())) return false;
  for (double value = low_; value <= high_; ++value) {
    if (!excluded_.contains(value)) return false;
  }
  return true;
}

}  // namespace modcore::lint
