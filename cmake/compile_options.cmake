# What every target of the project is compiled with.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# No fused multiply-add the source does not ask for: results must not depend on what a compiler
# happens to contract. Never -ffast-math.
function(gradus_compile_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE
    $<$<CONFIG:Release>:-O2>  # enough for all but kernels, and twice as fast to compile
    -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${GRADUS_WARNINGS_AS_ERRORS}>:-Werror>)
endfunction()
