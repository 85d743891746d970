// Runs the code of conditions over the facts, measures and matches of one post.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "program/image.hpp"
#include "runtime/facts.hpp"
#include "runtime/matcher.hpp"
#include "runtime/post_text.hpp"
#include "runtime/text_pool.hpp"
#include "runtime/value.hpp"

namespace modcore::runtime {

// The image must have been verified. What it refers to must outlive it.
class Evaluator {
 public:
  Evaluator(const program::Image& image, Facts& facts, PostText& text, Matcher& matcher,
            TextPool& pool);

  // Forgets what was computed for the last post.
  void start_post() noexcept { ++epoch_; }

  // The value of a condition. Values that are texts or sets live until the next post.
  [[nodiscard]] Value run(const program::Fragment& fragment);

  // The same, taking no shortcut: values[i] is what instruction `begin + i` left.
  void trace(const program::Fragment& fragment, std::vector<Value>& values);

  // The names of the missing attributes and fields that made the condition
  // unknown, given its trace.
  void add_missing(const program::Fragment& fragment, const std::vector<Value>& values,
                   std::set<std::string, std::less<>>& names);

 private:
  template <bool tracing>
  Value execute(const program::Fragment& fragment, std::vector<Value>* values);

  void step(const program::Instruction& instruction);
  void push_constant(const program::Instruction& instruction);
  void compare(const program::Instruction& instruction);
  void compare_texts(const program::Instruction& instruction);
  void arithmetic(const program::Instruction& instruction);
  void ask_matcher(const program::Instruction& instruction);
  [[nodiscard]] Value at_least(std::uint32_t operands);
  [[nodiscard]] Value measured(std::uint32_t index, std::optional<double> limit);
  [[nodiscard]] std::optional<double> limit_behind(std::uint32_t at, std::uint32_t end) const;
  [[nodiscard]] Value measure(const program::Measure& measure, std::optional<double> limit);
  [[nodiscard]] Value host_list(const program::Measure& measure);
  [[nodiscard]] Value local_hour(std::int64_t time) const;
  [[nodiscard]] Value local_weekday(std::int64_t time) const;
  [[nodiscard]] Value local_time(std::int64_t time) const;
  [[nodiscard]] std::string_view text_operand(Value value, bool fold, bool ready);
  [[nodiscard]] std::span<const std::string_view> set_operand(Value value, bool fold, bool ready);
  [[nodiscard]] Value text_relation(const program::Instruction& instruction, Value left, Value right);
  [[nodiscard]] Value set_relation(const program::Instruction& instruction, Value left, Value right);

  void push(Value value) noexcept { *top_++ = value; }
  [[nodiscard]] Value pop() noexcept { return *--top_; }
  [[nodiscard]] Value& top() noexcept { return top_[-1]; }

  // Replaces the operands by what `operation` makes of them; missing if one is.
  template <typename Operation>
  void unary(const Operation& operation) {
    if (top().known()) top() = operation(top());
  }
  template <typename Operation>
  void binary(const Operation& operation) {
    const Value right = pop();
    top() = top().known() && right.known() ? operation(top(), right) : Value();
  }

  struct Memo {
    std::uint64_t epoch = 0;          // of the post that `value` is of
    std::uint64_t limited_epoch = 0;  // of the post that it was measured of up to a limit
    Value value;
  };

  const program::Image& image_;
  Facts& facts_;
  PostText& text_;
  Matcher& matcher_;
  TextPool& pool_;
  std::vector<Value> stack_;
  Value* top_ = nullptr;
  std::uint64_t epoch_ = 0;
  std::vector<Memo> memos_;  // by measure
};

// The fields of a function that the host did not pass, by name.
void add_missing_fields(const program::Image& image, ir::FieldSet fields, Facts& facts,
                        std::set<std::string, std::less<>>& names);

}  // namespace modcore::runtime
