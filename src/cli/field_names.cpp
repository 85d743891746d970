#include "cli/field_names.hpp"

#include "cli/failure.hpp"

namespace modcore::cli {

std::vector<FieldName> field_names(const std::string& option) {
  auto names = parse_field_names(option);
  if (!names) throw Failure(ExitCode::usage, "--map: write FIELD=COLUMN, several with commas between them");
  return *std::move(names);
}

}  // namespace modcore::cli
