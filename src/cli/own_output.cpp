#include "cli/own_output.hpp"

#include "cli/output.hpp"

namespace modcore::cli {

std::vector<std::string> take_outputs(CommonOptions& options, std::string_view format) {
  std::vector<std::string> files;
  std::vector<std::string> others;
  for (const std::string& output : options.outputs) {
    const std::size_t equals = output.find('=');
    if (output.substr(0, equals) != format) {
      others.push_back(output);
    } else {
      files.push_back(equals == std::string::npos ? "-" : output.substr(equals + 1));
    }
  }
  options.outputs = std::move(others);
  return files;
}

void write_own(const std::vector<std::string>& files, const std::string& text,
               const std::vector<std::string>& read) {
  for (const std::string& file : files) {
    std::vector<Output> outputs = open_outputs({"text=" + file}, {Format::text}, Format::text, ColorWhen::never, read);
    outputs.front().write(text);
  }
}

}  // namespace modcore::cli
