#include "runtime/text_pool.hpp"

#include <algorithm>

#include "text/fold.hpp"

namespace modcore::runtime {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

std::string_view TextPool::folded(std::string_view raw) {
  if (!std::ranges::all_of(raw, is_ascii)) return text() = text::fold(raw, text::Level::case_);
  if (std::ranges::none_of(raw, is_upper)) return raw;
  std::string& lower = text();
  lower.resize(raw.size());
  std::ranges::transform(raw, lower.begin(), [](char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

}  // namespace modcore::runtime
