# What goes into the extension as an archive, symbols hidden: every library of
# these that the system has in a form that a shared object takes. Debian compiles
# the archives of Hyperscan and yaml-cpp for programs; they fit nevertheless where
# libstdc++ is linked in too and nothing but the entry is exported: all that they
# refer to is then the extension's own. The others stay shared, and lie beside it.
find_package(PkgConfig REQUIRED)
set(modcore_archive_options -static-libstdc++ "LINKER:--exclude-libs,ALL"
  "LINKER:--version-script=${CMAKE_CURRENT_SOURCE_DIR}/exports.map")
set(modcore_archive_support "${CMAKE_CURRENT_SOURCE_DIR}/src/_core/stand_ins.cpp")
set(modcore_archives "")

function(modcore_link_archive target module file)
  pkg_check_modules(${module} QUIET ${module})
  find_library(archive_${module} NAMES ${file} HINTS ${${module}_LIBRARY_DIRS} ${${module}_LIBDIR})
  if(NOT archive_${module})
    return()
  endif()
  try_compile(fits_${module}
    SOURCES "${modcore_archive_support}"
    COMPILE_DEFINITIONS -fPIC
    LINK_OPTIONS -shared ${modcore_archive_options}
    LINK_LIBRARIES -Wl,--whole-archive "${archive_${module}}" -Wl,--no-whole-archive)
  if(NOT fits_${module})
    return()
  endif()
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} INTERFACE ${${module}_INCLUDE_DIRS})
  target_link_libraries(${target} INTERFACE "${archive_${module}}")
  set(modcore_archives ${modcore_archives} ${file} PARENT_SCOPE)
endfunction()

modcore_link_archive(Hyperscan::hs libhs libhs.a)
modcore_link_archive(PkgConfig::YAMLCPP yaml-cpp libyaml-cpp.a)
modcore_link_archive(PkgConfig::PCRE2 libpcre2-8 libpcre2-8.a)
modcore_link_archive(PkgConfig::XXHASH libxxhash libxxhash.a)
message(STATUS "modcore: linked into the extension: ${modcore_archives}")
