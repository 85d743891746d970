# Writes a C++ file that holds the word lists as text. Run by the build:
#   cmake -DROOT=<folder> -DOUTPUT=<file.cpp> -P EmbedWords.cmake
set(rows "")
foreach(language en fr pl)
  file(READ "${ROOT}/${language}.txt" words)
  string(APPEND rows "    {\"${language}\", R\"(${words})\"sv},\n")
endforeach()
file(WRITE "${OUTPUT}.new" "// Generated from src/lint/words when the library is built.
#include <array>
#include <string_view>

#include \"lint/word_lists.hpp\"

namespace modcore::lint {

using namespace std::string_view_literals;  // which know their length

std::span<const EmbeddedWords> embedded_words() noexcept {
  static constexpr std::array<EmbeddedWords, 3> lists{{
${rows}  }};
  return lists;
}

}  // namespace modcore::lint
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
