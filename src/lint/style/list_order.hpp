// The order of the items of a list file, for those who sort it and those who check it.
#pragma once

#include <string_view>

namespace modcore::lint::style {

// By bytes; the case of Latin letters counts only where nothing else differs.
[[nodiscard]] bool stands_before(std::string_view a, std::string_view b);

}  // namespace modcore::lint::style
