# Hyperscan::hs from libhs: Hyperscan 5.4 or Vectorscan, which both install
# libhs.pc. Installed beside modcore-config.cmake, for static consumers.
include(FindPackageHandleStandardArgs)
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(HYPERSCAN QUIET IMPORTED_TARGET libhs)
endif()
find_package_handle_standard_args(Hyperscan
  REQUIRED_VARS HYPERSCAN_LINK_LIBRARIES VERSION_VAR HYPERSCAN_VERSION
  REASON_FAILURE_MESSAGE "install libhyperscan-dev or libvectorscan-dev")
if(Hyperscan_FOUND AND NOT TARGET Hyperscan::hs)
  add_library(Hyperscan::hs INTERFACE IMPORTED)
  target_link_libraries(Hyperscan::hs INTERFACE PkgConfig::HYPERSCAN)
endif()
