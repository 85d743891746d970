# Writes a C++ file that holds the files of a folder as byte arrays. Run by the build:
#   cmake -DROOT=<folder> -DENDINGS=<yaml,txt> -DLAYER=<load> -DFUNCTION=<name> -DHEADER=<file.hpp>
#         -DOUTPUT=<file.cpp> -P EmbedFiles.cmake
string(REPLACE "," ";" endings "${ENDINGS}")
list(TRANSFORM endings PREPEND "${ROOT}/*.")
file(GLOB_RECURSE files RELATIVE "${ROOT}" ${endings})
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

file(WRITE "${OUTPUT}.new" "// Generated when the library is built.
#include <cstddef>
#include <vector>

#include \"${HEADER}\"

namespace modcore::${LAYER} {
namespace {

struct Bytes {
  std::string_view path;
  const unsigned char* begin;
  std::size_t size;
};

${arrays}
constexpr Bytes table[] = {
${rows}    {{}, nullptr, 0}};

std::vector<modcore::load::EmbeddedFile> as_text() {
  std::vector<modcore::load::EmbeddedFile> files;
  for (const Bytes& file : table) {
    if (file.begin == nullptr) continue;
    files.push_back({file.path, {reinterpret_cast<const char*>(file.begin), file.size}});
  }
  return files;
}

}  // namespace

std::span<const modcore::load::EmbeddedFile> ${FUNCTION}() {
  static const std::vector<modcore::load::EmbeddedFile> files = as_text();
  return files;
}

}  // namespace modcore::${LAYER}
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
