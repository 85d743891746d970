#include "lint/style/list_order.hpp"

#include <algorithm>

namespace modcore::lint::style {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

unsigned char byte_of(char c) { return static_cast<unsigned char>(lower(c)); }

}  // namespace

bool stands_before(std::string_view a, std::string_view b) {
  const auto less = [](char x, char y) { return byte_of(x) < byte_of(y); };
  if (std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less)) return true;
  if (std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end(), less)) return false;
  return a < b;
}

}  // namespace modcore::lint::style
