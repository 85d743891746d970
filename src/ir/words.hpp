// Words and phrases as an item has them once (a|b) is expanded: each word once, and
// the rows that they make. An item may be thousands of rows of a few dozen words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace modcore::ir {

// A word with wildcards: its parts stand in this order with anything between
// them. "promocj*" has parts {"promocj", ""}, "*coin" {"", "coin"}, "cr*pto"
// {"cr", "pto"}, a plain word one part, any word {"", ""} (never alone in an item).
// Each part at each level of folding.
struct WordPattern {
  std::vector<std::string> exact;
  std::vector<std::string> cased;
  std::vector<std::string> accents;
  bool operator==(const WordPattern&) const = default;
};
// Between `minimum` and `maximum` words of any kind.
struct Gap {
  std::uint16_t minimum = 0;
  std::uint16_t maximum = 0;
  bool operator==(const Gap&) const = default;
};

struct WordRows {
  std::vector<WordPattern> words;
  std::vector<Gap> gaps;
  std::vector<std::uint32_t> elements;  // of all rows: number_of_word() or number_of_gap()
  std::vector<std::uint32_t> ends;      // of each row, in `elements`

  [[nodiscard]] static constexpr std::uint32_t number_of_word(std::size_t index) noexcept {
    return static_cast<std::uint32_t>(index) << 1U;
  }
  [[nodiscard]] static constexpr std::uint32_t number_of_gap(std::size_t index) noexcept {
    return (static_cast<std::uint32_t>(index) << 1U) | 1U;
  }
  [[nodiscard]] static constexpr bool is_gap(std::uint32_t number) noexcept { return (number & 1U) != 0; }
  [[nodiscard]] static constexpr std::size_t index_of(std::uint32_t number) noexcept { return number >> 1U; }

  // To be called behind the elements of each row.
  void end_row() { ends.push_back(static_cast<std::uint32_t>(elements.size())); }
};

class WordElement {
 public:
  WordElement(const WordRows& rows, std::uint32_t number) noexcept : rows_(&rows), number_(number) {}
  // Null for a gap.
  [[nodiscard]] const WordPattern* word() const noexcept {
    return WordRows::is_gap(number_) ? nullptr : &rows_->words[WordRows::index_of(number_)];
  }
  // Null for a word.
  [[nodiscard]] const Gap* gap() const noexcept {
    return WordRows::is_gap(number_) ? &rows_->gaps[WordRows::index_of(number_)] : nullptr;
  }
  // The same for the same element of the same item.
  [[nodiscard]] std::uint32_t number() const noexcept { return number_; }

 private:
  const WordRows* rows_;
  std::uint32_t number_;
};

// Over what has operator[].
template <typename View, typename Value>
class IndexIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Value;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = Value;
  IndexIterator() = default;
  IndexIterator(const View& view, std::size_t at) : view_(view), at_(at) {}
  Value operator*() const { return view_[at_]; }
  IndexIterator& operator++() { return ++at_, *this; }
  IndexIterator operator++(int) { return {view_, at_++}; }
  bool operator==(const IndexIterator& other) const noexcept { return at_ == other.at_; }

 private:
  View view_{};
  std::size_t at_ = 0;
};

// Words in order. Never begins or ends with a gap, no two gaps side by side. A view
// of Alternatives that are kept elsewhere.
class WordSequence {
 public:
  using Iterator = IndexIterator<WordSequence, WordElement>;
  WordSequence() = default;
  WordSequence(const WordRows& rows, std::uint32_t begin, std::uint32_t end)
      : rows_(&rows), begin_(begin), end_(end) {}
  [[nodiscard]] std::size_t size() const noexcept { return end_ - begin_; }
  [[nodiscard]] bool empty() const noexcept { return end_ == begin_; }
  [[nodiscard]] WordElement operator[](std::size_t at) const noexcept {
    return {*rows_, rows_->elements[begin_ + at]};
  }
  [[nodiscard]] WordElement front() const noexcept { return (*this)[0]; }
  [[nodiscard]] Iterator begin() const noexcept { return {*this, 0}; }
  [[nodiscard]] Iterator end() const noexcept { return {*this, size()}; }
  [[nodiscard]] const WordRows& rows() const noexcept { return *rows_; }

 private:
  const WordRows* rows_ = nullptr;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

// Immutable: copies are the same.
class Alternatives {
 public:
  struct View {
    const WordRows* rows = nullptr;
    [[nodiscard]] WordSequence operator[](std::size_t at) const noexcept {
      return {*rows, at == 0 ? 0 : rows->ends[at - 1], rows->ends[at]};
    }
  };
  using Iterator = IndexIterator<View, WordSequence>;

  Alternatives() = default;
  explicit Alternatives(WordRows rows) : rows_(std::make_shared<const WordRows>(std::move(rows))) {}

  [[nodiscard]] std::size_t size() const noexcept { return rows_ ? rows_->ends.size() : 0; }
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }
  [[nodiscard]] WordSequence operator[](std::size_t at) const noexcept { return View{rows_.get()}[at]; }
  [[nodiscard]] WordSequence front() const noexcept { return (*this)[0]; }
  [[nodiscard]] Iterator begin() const noexcept { return {View{rows_.get()}, 0}; }
  [[nodiscard]] Iterator end() const noexcept { return {View{rows_.get()}, size()}; }
  [[nodiscard]] const WordRows& rows() const noexcept {
    static const WordRows none;
    return rows_ ? *rows_ : none;
  }

 private:
  std::shared_ptr<const WordRows> rows_;
};

}  // namespace modcore::ir
