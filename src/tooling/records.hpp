// Posts out of files, one after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <modcore/corpus.hpp>

namespace modcore::tooling {

struct Record {
  std::string_view file;
  std::uint64_t line = 0;
  std::string_view text;     // a post in JSON, or the body of one
  std::string_view problem;  // why it cannot be read
};

struct RecordSource {
  std::vector<std::string> files;
  std::vector<FieldName> names;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

// Visits every record that is not blank; says what is wrong with a file, or nothing.
// Stops at the first file that cannot be read.
[[nodiscard]] std::string for_each_record(const RecordSource& source, const Engine& engine,
                                          const std::function<void(const Record&)>& visit);

}  // namespace modcore::tooling
