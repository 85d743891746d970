# What `cmake --install` gives: headers, library, modcore.pc, the CMake package
# and the command.
include(CMakePackageConfigHelpers)

set(modcore_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/modcore")

install(TARGETS modcore EXPORT modcore-targets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/modcore"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")

if(TARGET modcore_cli)
  # The command finds its library wherever the prefix is moved.
  file(RELATIVE_PATH modcore_lib_from_bin
    "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
  set_target_properties(modcore_cli PROPERTIES INSTALL_RPATH "$ORIGIN/${modcore_lib_from_bin}")
  install(TARGETS modcore_cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  if(NOT CMAKE_CROSSCOMPILING)
    set(made "${PROJECT_BINARY_DIR}/command")
    install(FILES "${made}/modcore.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
    install(FILES "${made}/modcore.bash" RENAME modcore
      DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
    install(FILES "${made}/_modcore" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
    install(FILES "${made}/modcore.fish"
      DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
  endif()
endif()

install(EXPORT modcore-targets NAMESPACE modcore:: DESTINATION "${modcore_package_dir}")
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/modcore-config.cmake.in"
  "${PROJECT_BINARY_DIR}/modcore-config.cmake"
  INSTALL_DESTINATION "${modcore_package_dir}" NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/modcore-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/modcore-config.cmake"
  "${PROJECT_BINARY_DIR}/modcore-config-version.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindHyperscan.cmake"
  DESTINATION "${modcore_package_dir}")

# A shared library brings its dependencies along; a static one leaves them to
# the consumer's link.
file(RELATIVE_PATH modcore_prefix_from_pc
  "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" modcore_prefix_from_pc "${modcore_prefix_from_pc}")
set(modcore_pc_requires "libhs libpcre2-8 yaml-cpp libpsl libidn2 libxxhash fmt")
set(modcore_pc_libs "-ldate-tz -pthread")
if(BUILD_SHARED_LIBS)
  set(modcore_pc_dependencies "Requires.private: ${modcore_pc_requires}\nLibs.private: ${modcore_pc_libs}")
  set(modcore_pc_extra_libs "")
  set(modcore_pc_extra_cflags "")
else()
  set(modcore_pc_dependencies "Requires: ${modcore_pc_requires}")
  set(modcore_pc_extra_libs " ${modcore_pc_libs}")
  set(modcore_pc_extra_cflags " -DMODCORE_STATIC")
endif()
configure_file("${PROJECT_SOURCE_DIR}/cmake/modcore.pc.in" "${PROJECT_BINARY_DIR}/modcore.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/modcore.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/modcore")
