# What every target of the project is compiled with.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# No fused multiply-add the source does not ask for: results must not depend on what a compiler
# happens to contract. Never -ffast-math.
#
# level  how far a release build optimises: -O1 for what waits for people and files, which compiles
#        in two thirds of the time of -O2; -O2 for what computes. Kernels get -O3 (src/CMakeLists.txt).
function(gradus_compile_options target level)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE
    $<$<CONFIG:Release>:${level}>
    -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${GRADUS_WARNINGS_AS_ERRORS}>:-Werror>)
endfunction()
