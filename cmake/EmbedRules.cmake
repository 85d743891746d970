# Writes a C++ file that holds rules/ as byte arrays. Run by the build:
#   cmake -DROOT=<rules> -DOUTPUT=<file.cpp> -P EmbedRules.cmake
file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/*.yaml" "${ROOT}/*.txt")
list(FILTER files EXCLUDE REGEX "\\.test\\.yaml$")
list(SORT files)

set(arrays "")
set(rows "")
set(number 0)
foreach(file IN LISTS files)
  # Hexadecimal, because CMake strings cannot hold every byte that YAML can.
  file(READ "${ROOT}/${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," numbers "${bytes}")
  string(REGEX REPLACE "(0x0a,)" "\\1\n" numbers "${numbers}")
  string(APPEND arrays "constexpr unsigned char file_${number}[] = {\n${numbers}0};\n")
  string(APPEND rows "    {\"${file}\", file_${number}, sizeof(file_${number}) - 1},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUTPUT}.new" "// Generated from rules/ when the library is built.
#include <cstddef>
#include <vector>

#include \"load/load.hpp\"

namespace modcore::load {
namespace {

struct Bytes {
  std::string_view path;
  const unsigned char* begin;
  std::size_t size;
};

${arrays}
constexpr Bytes table[] = {
${rows}    {{}, nullptr, 0}};

std::vector<EmbeddedFile> as_text() {
  std::vector<EmbeddedFile> files;
  for (const Bytes& file : table) {
    if (file.begin == nullptr) continue;
    files.push_back({file.path, {reinterpret_cast<const char*>(file.begin), file.size}});
  }
  return files;
}

}  // namespace

std::span<const EmbeddedFile> embedded_files() {
  static const std::vector<EmbeddedFile> files = as_text();
  return files;
}

}  // namespace modcore::load
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
