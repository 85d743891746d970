// "Did you mean": the closest of the names in scope.
#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "diag/sink.hpp"

namespace modcore::diag {
namespace {

// Differences that people do not see: case, and `-` for `_`.
std::string canonical(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return result;
}

// Edits (insert, delete, replace, swap of neighbours) from a to b, or limit + 1 if more.
std::size_t distance_up_to(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& names) {
  constexpr std::size_t longest_name = 100;  // nobody mistypes a longer one
  if (name.size() > longest_name) return {};
  const std::string wanted = canonical(name);
  std::size_t best_distance = wanted.size() / 3;
  std::string_view best;
  for (const std::string_view candidate : names) {
    if (candidate.empty() || candidate.size() > longest_name) continue;
    const std::size_t distance = distance_up_to(wanted, canonical(candidate), best_distance);
    if (distance > best_distance) continue;
    if (best.empty() || distance < best_distance || candidate < best) best = candidate;
    best_distance = distance;
  }
  return best;
}

}  // namespace modcore::diag
