#include "tooling/excerpt.hpp"

#include <algorithm>

#include "support/utf8.hpp"

namespace modcore::tooling {
namespace {

constexpr std::size_t longest = 480;   // bytes of an excerpt
constexpr std::size_t before = 160;    // of them before the first evidence

}  // namespace

std::string excerpt(std::string_view text, std::string_view field, std::vector<Evidence>& evidence) {
  std::size_t first = text.size();
  for (const Evidence& one : evidence) {
    if (one.field == field) first = std::min(first, one.begin);
  }
  if (first == text.size()) first = 0;
  const std::size_t wanted = text.size() <= longest || first <= before ? 0 : first - before;
  const std::size_t begin = utf8::floor_boundary(text, wanted);
  const std::size_t end = utf8::floor_boundary(text, std::min(text.size(), begin + longest));
  const std::string_view lead = begin > 0 ? "… " : "";
  std::erase_if(evidence, [&](const Evidence& one) {
    return one.field == field && (one.begin < begin || one.end > end || one.begin > one.end);
  });
  for (Evidence& one : evidence) {
    if (one.field != field) continue;
    one.begin = one.begin - begin + lead.size();
    one.end = one.end - begin + lead.size();
  }
  std::string out(lead);
  out += text.substr(begin, end - begin);
  if (end < text.size()) out += " …";
  return out;
}

}  // namespace modcore::tooling
