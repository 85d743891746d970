#include "tooling/pages.hpp"

#include <algorithm>
#include <string>

#include <modcore/tooling.hpp>

namespace modcore {

std::string_view diagnostic_page(std::string_view id) {
  const auto pages = tooling::embedded_pages();
  const auto found = std::ranges::find(pages, std::string(id) + ".md", &load::EmbeddedFile::path);
  return found == pages.end() ? std::string_view() : found->text;
}

}  // namespace modcore
