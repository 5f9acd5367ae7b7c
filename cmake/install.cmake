# `cmake --install` and find_package(sca): the layers that other projects may stand on.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(SCA_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/sca")
get_property(layers GLOBAL PROPERTY SCA_INSTALLED_LAYERS)

install(TARGETS ${layers} EXPORT sca
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sca"
  FILE_SET of_sources DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sca"
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sca")
install(EXPORT sca NAMESPACE sca:: FILE sca-targets.cmake DESTINATION "${SCA_PACKAGE_DIR}")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/sca-config.cmake.in"
  "${PROJECT_BINARY_DIR}/sca-config.cmake" INSTALL_DESTINATION "${SCA_PACKAGE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/sca-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/sca-config.cmake"
  "${PROJECT_BINARY_DIR}/sca-config-version.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/dependencies.cmake"
  DESTINATION "${SCA_PACKAGE_DIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/cmake/compat" DESTINATION "${SCA_PACKAGE_DIR}")

if(TARGET sca_cli)
  install(TARGETS sca_cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
