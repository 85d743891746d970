// The option `--map`.
#pragma once

#include <string>
#include <vector>

#include <modcore/corpus.hpp>

namespace modcore::cli {

// "body=text,author.name=user". Throws Failure for what is not of this form.
[[nodiscard]] std::vector<FieldName> field_names(const std::string& option);

}  // namespace modcore::cli
