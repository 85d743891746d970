# Warnings, sanitizers and ccache for modcore's own targets; nothing leaks to a
# parent project.
if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(MODCORE_CCACHE ccache)
  if(MODCORE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${MODCORE_CCACHE}")
  endif()
endif()

add_library(modcore_build_options INTERFACE)
target_compile_options(modcore_build_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
  -Wold-style-cast -Wcast-qual -Woverloaded-virtual -Wnull-dereference
  $<$<BOOL:${MODCORE_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns of members that carry a default initialiser, and its analyses of
  # null-dereference, initialisation and overlap (GCC bug 105651) report inlined
  # standard library code.
  target_compile_options(modcore_build_options INTERFACE
    -Wno-missing-field-initializers -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(MODCORE_FUZZ)
  target_compile_options(modcore_build_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(MODCORE_SANITIZE)
  target_compile_options(modcore_build_options INTERFACE
    -fsanitize=${MODCORE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(modcore_build_options INTERFACE -fsanitize=${MODCORE_SANITIZE})
endif()
