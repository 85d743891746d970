// Lookups in the sparse offset map, by binary search.
#include "text/offset_map.hpp"

#include <algorithm>

#include "support/utf8.hpp"

namespace modcore::text {
namespace {

// The last mark whose position is not above `at`.
template <class Marks, class Member>
std::size_t last_not_above(const Marks& marks, Member member, std::uint32_t at) noexcept {
  const auto after = std::upper_bound(
      marks.begin(), marks.end(), at,
      [member](std::uint32_t value, const auto& mark) { return value < mark.*member; });
  return static_cast<std::size_t>(after - marks.begin()) - 1;  // the first mark is at 0
}

// Whether the stretch between two marks keeps its length.
template <class Mark>
bool in_step(const Mark& begin, const Mark& end) noexcept {
  return end.view - begin.view == end.original - begin.original;
}

}  // namespace

OffsetMap::Mark OffsetMap::mark_after(std::size_t index) const noexcept {
  if (index + 1 < marks_.size()) return marks_[index + 1];
  return {static_cast<std::uint32_t>(view_size_), static_cast<std::uint32_t>(original_.size())};
}

std::uint32_t OffsetMap::original_begin(std::uint32_t view) const noexcept {
  if (view >= view_size_) return static_cast<std::uint32_t>(original_.size());
  Mark mark;
  if (!marks_.empty()) {
    const std::size_t index = last_not_above(marks_, &Mark::view, view);
    mark = marks_[index];
    if (!in_step(mark, mark_after(index))) return mark.original;
  }
  std::uint32_t at = mark.original + (view - mark.view);
  while (at > mark.original && utf8::is_continuation(original_[at])) --at;
  return at;
}

std::uint32_t OffsetMap::original_end(std::uint32_t view) const noexcept {
  if (view >= view_size_) return static_cast<std::uint32_t>(original_.size());
  Mark mark;
  Mark next = mark_after(0);  // without marks: the end
  if (!marks_.empty()) {
    const std::size_t index = last_not_above(marks_, &Mark::view, view);
    mark = marks_[index];
    next = mark_after(index);
    if (view == mark.view) return mark.original;
    if (!in_step(mark, next)) return original_begin(next.view);
  }
  std::uint32_t at = mark.original + (view - mark.view);
  while (at < next.original && utf8::is_continuation(original_[at])) ++at;
  return at < next.original ? at : original_begin(next.view);
}

Range OffsetMap::to_original(Range view) const noexcept {
  const std::uint32_t begin = original_begin(view.begin);
  return {begin, view.end > view.begin ? std::max(begin, original_end(view.end)) : begin};
}

Range OffsetMap::to_view(Range original) const noexcept {
  if (marks_.empty()) return original;
  const auto place = [&](std::uint32_t at, bool end) {
    if (at >= original_.size()) return static_cast<std::uint32_t>(view_size_);
    const std::size_t index = last_not_above(marks_, &Mark::original, at);
    const Mark mark = marks_[index];
    const Mark next = mark_after(index);
    if (in_step(mark, next)) return mark.view + (at - mark.original);
    return end && at > mark.original ? next.view : mark.view;
  };
  return {place(original.begin, false), place(original.end, true)};
}

}  // namespace modcore::text
