# The package in the build folder: Python files are links, so an edit needs no build.
set(package "${PROJECT_BINARY_DIR}/python/modcore")
file(MAKE_DIRECTORY "${package}")
file(GLOB python_files CONFIGURE_DEPENDS
  "${CMAKE_CURRENT_SOURCE_DIR}/src/modcore/*.py" "${CMAKE_CURRENT_SOURCE_DIR}/src/modcore/*.pyi"
  "${CMAKE_CURRENT_SOURCE_DIR}/src/modcore/py.typed")
foreach(file IN LISTS python_files)
  get_filename_component(name "${file}" NAME)
  file(CREATE_LINK "${file}" "${package}/${name}" SYMBOLIC)
endforeach()
set_target_properties(modcore_python PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${package}")

if(MODCORE_INSTALL)
  set(MODCORE_PYTHON_INSTALL_DIR "${CMAKE_INSTALL_LIBDIR}/python3/dist-packages" CACHE STRING
    "Where the Python package is installed, below the prefix")
  file(RELATIVE_PATH library_from_package
    "/${MODCORE_PYTHON_INSTALL_DIR}/modcore" "/${CMAKE_INSTALL_LIBDIR}")
  set_target_properties(modcore_python PROPERTIES INSTALL_RPATH "$ORIGIN/${library_from_package}")
  install(FILES ${python_files} DESTINATION "${MODCORE_PYTHON_INSTALL_DIR}/modcore")
  install(TARGETS modcore_python LIBRARY DESTINATION "${MODCORE_PYTHON_INSTALL_DIR}/modcore")
endif()
