#include "runtime/text_compare.hpp"

#include "text/hosts.hpp"

namespace modcore::runtime {

namespace {

bool holds_parent(std::string_view host, Texts sorted) {
  for (;;) {
    if (std::ranges::binary_search(sorted, host)) return true;
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    host.remove_prefix(dot + 1);
  }
}

}  // namespace

bool is_member(std::string_view text, Texts set, bool domains, bool sorted) {
  if (sorted) return domains ? holds_parent(text, set) : std::ranges::binary_search(set, text);
  return std::ranges::any_of(set, [&](std::string_view item) {
    return domains ? text::host_under(text, item) : text == item;
  });
}

}  // namespace modcore::runtime
