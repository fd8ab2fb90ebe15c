# Compiles the sources of a target several at once, those of a folder together: what they include
# is read once for all of them, and that is two thirds of the work of compiling one. A changed line
# compiles its group again. Files with options of their own stay alone.
option(GRADUS_COMPILE_TOGETHER "Compile several files at once: less than half of the time from nothing" ON)

# size  how many files make a group
function(gradus_compile_together target size)
  if(NOT GRADUS_COMPILE_TOGETHER)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_filename_component(folder "${source}" DIRECTORY)
    string(MAKE_C_IDENTIFIER "${folder}" room)
    if(NOT DEFINED num_in_${room})
      set(num_in_${room} 0)
    endif()
    math(EXPR group "${num_in_${room}} / ${size}")
    math(EXPR num_in_${room} "${num_in_${room}} + 1")
    set_property(SOURCE ${source} PROPERTY UNITY_GROUP ${room}_${group})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # A name may be hidden by one of another file of its group. Where files are compiled one by one
  # (the presets asan and dev) the warning tells what matters.
  target_compile_options(${target} PRIVATE -Wno-shadow)
endfunction()
