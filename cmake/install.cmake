# cmake --install puts the library where find_package(gradus) and pkg-config find it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

target_include_directories(gradus PUBLIC $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
install(TARGETS gradus EXPORT gradus_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/gradus DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/gradus)
install(EXPORT gradus_targets NAMESPACE gradus:: FILE gradus-targets.cmake
        DESTINATION ${package_folder})
configure_package_config_file(cmake/gradus-config.cmake.in
  ${PROJECT_BINARY_DIR}/gradus-config.cmake INSTALL_DESTINATION ${package_folder})
# Before 1.0 every minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/gradus-config-version.cmake
  COMPATIBILITY SameMinorVersion)
configure_file(cmake/gradus.pc.in ${PROJECT_BINARY_DIR}/gradus.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/gradus-config.cmake
              ${PROJECT_BINARY_DIR}/gradus-config-version.cmake DESTINATION ${package_folder})
install(FILES ${PROJECT_BINARY_DIR}/gradus.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
