# Every package comes from the system. A missing one is named with the Debian package that has it;
# script/bootstrap installs them all.
function(gradus_require package debian_package)
  find_package(${package} QUIET ${ARGN})
  if(NOT ${package}_FOUND)
    gradus_missing(${package} ${debian_package})
  endif()
endfunction()

function(gradus_missing package debian_package)
  message(FATAL_ERROR "gradus needs ${package}. On Debian or Ubuntu:\n"
                      "  sudo apt-get install ${debian_package}\n"
                      "or let script/bootstrap install everything.")
endfunction()

# Macros, not functions, would leak; imported targets must be global to be seen everywhere.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

gradus_require(Threads libc6-dev)
gradus_require(ZLIB zlib1g-dev)
gradus_require(PNG libpng-dev)
gradus_require(JPEG libjpeg-dev)
gradus_require(hwy libhwy-dev)
gradus_require(fmt libfmt-dev)
gradus_require(nlohmann_json nlohmann-json3-dev)
if(GRADUS_BUILD_CLI)
  gradus_require(CLI11 libcli11-dev)
  gradus_require(tomlplusplus libtomlplusplus-dev)
  gradus_require(CURL libcurl4-openssl-dev 7.85)
endif()
if(GRADUS_BUILD_CLI OR GRADUS_BUILD_TESTS)
  gradus_require(OpenSSL libssl-dev COMPONENTS Crypto)
  find_path(GRADUS_ARB_INCLUDE arb.h PATH_SUFFIXES flint)
  find_library(GRADUS_ARB_LIBRARY NAMES flint-arb arb)
  find_library(GRADUS_FLINT_LIBRARY NAMES flint)
  if(NOT GRADUS_ARB_INCLUDE OR NOT GRADUS_ARB_LIBRARY OR NOT GRADUS_FLINT_LIBRARY)
    gradus_missing(Arb libflint-arb-dev)
  endif()
  add_library(gradus_arb INTERFACE)
  target_include_directories(gradus_arb SYSTEM INTERFACE ${GRADUS_ARB_INCLUDE})
  target_link_libraries(gradus_arb INTERFACE ${GRADUS_ARB_LIBRARY} ${GRADUS_FLINT_LIBRARY})
endif()
if(GRADUS_BUILD_TESTS)
  gradus_require(GTest libgtest-dev)
endif()
if(GRADUS_BENCHMARKS)
  gradus_require(benchmark libbenchmark-dev)
endif()

# The declarations of fmt alone. Its bodies are part of the library (src/core/fmt_bodies.cpp).
add_library(gradus_fmt INTERFACE)
target_include_directories(gradus_fmt SYSTEM INTERFACE
  $<TARGET_PROPERTY:fmt::fmt-header-only,INTERFACE_INCLUDE_DIRECTORIES>)
