# A wheel brings the libraries that the extension needs, in modcore/libs, and
# finds them there. They are found for one another by RPATH, which unlike RUNPATH
# counts for the libraries of libraries too.
set_target_properties(modcore_python PROPERTIES INSTALL_RPATH "$ORIGIN/libs")
target_link_options(modcore_python PRIVATE "LINKER:--disable-new-dtags")
install(TARGETS modcore_python COMPONENT python LIBRARY DESTINATION modcore)
# While it installs, CMAKE_BINARY_DIR is wherever it was called from.
install(CODE "set(extension \"$<TARGET_FILE:modcore_python>\")
set(folder \"${CMAKE_CURRENT_BINARY_DIR}/libs\")" COMPONENT python)
install(CODE [[
  file(MAKE_DIRECTORY "${folder}")
  file(GET_RUNTIME_DEPENDENCIES MODULES "${extension}"
    RESOLVED_DEPENDENCIES_VAR libraries
    # What every manylinux system has.
    PRE_EXCLUDE_REGEXES "^lib(c|m|dl|rt|pthread|stdc\\+\\+|gcc_s)\\.so" "^ld-linux")
  foreach(library IN LISTS libraries)
    # By the name that the loader asks for; a wheel cannot hold links.
    get_filename_component(name "${library}" NAME)
    file(COPY_FILE "${library}" "${folder}/${name}")
    file(INSTALL "${folder}/${name}" DESTINATION "${CMAKE_INSTALL_PREFIX}/modcore/libs")
  endforeach()
]] COMPONENT python)
