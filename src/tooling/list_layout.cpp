#include "tooling/list_layout.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "lint/style/list_order.hpp"

namespace modcore::tooling {
namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t begin = line.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(blanks) - begin + 1);
}

// An item with the remarks to modcore above it.
struct Item {
  std::vector<std::string_view> remarks;
  std::string_view text;
};

class ListFormatter {
 public:
  explicit ListFormatter(std::string_view end) : end_(end) {}

  void line(std::string_view text) {
    if (text.starts_with("# modcore:")) {
      pending_.push_back(text);
    } else if (text.empty() || text.starts_with('#')) {
      close_paragraph();
      if (!text.empty() || !blank_) write(text);
      blank_ = text.empty();
    } else {
      items_.push_back({std::exchange(pending_, {}), text});
    }
  }

  std::string take() {
    close_paragraph();
    while (out_.ends_with(std::string(end_) + std::string(end_)))
      out_.resize(out_.size() - end_.size());
    if (out_ == end_) out_.clear();
    return std::move(out_);
  }

 private:
  void close_paragraph() {
    std::ranges::stable_sort(items_, [](const Item& a, const Item& b) {
      return lint::style::stands_before(a.text, b.text);
    });
    for (const Item& item : items_) {
      for (const std::string_view remark : item.remarks) write(remark);
      write(item.text);
    }
    if (!items_.empty()) blank_ = false;
    items_.clear();
    for (const std::string_view remark : std::exchange(pending_, {})) {
      write(remark);
      blank_ = false;
    }
  }

  void write(std::string_view text) {
    out_ += text;
    out_ += end_;
  }

  std::string_view end_;
  std::string out_;
  std::vector<Item> items_;
  std::vector<std::string_view> pending_;
  bool blank_ = true;  // was the last line blank, or is this the beginning?
};

}  // namespace

std::string format_list(std::string_view text) {
  const bool marked = text.starts_with(mark);
  if (marked) text.remove_prefix(mark.size());
  const bool windows = text.find("\r\n") != std::string_view::npos;
  ListFormatter formatter(windows ? "\r\n" : "\n");
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    formatter.line(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return (marked ? std::string(mark) : "") + formatter.take();
}

}  // namespace modcore::tooling
