# sca_build_info(target)   what a provenance line needs to know of the build:
#   #include "build_info.hpp"   sca::build::commit
# The commit is read when the history moves (git's logs/HEAD), so that a build with nothing to do asks
# nothing. Included as a script, it writes the source file.
function(sca_build_info target)
  set(directory "${PROJECT_BINARY_DIR}/build_info")
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  set(compiler "${CMAKE_CXX_COMPILER_ID}")
  string(REPLACE "GNU" "g++" compiler "${compiler}")
  string(REPLACE "Clang" "clang++" compiler "${compiler}")
  string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}" flags)
  if(SCA_SANITIZE)
    string(APPEND flags " -fsanitize=${SCA_SANITIZE}")
  endif()
  configure_file("${PROJECT_SOURCE_DIR}/cmake/build_info.hpp.in" "${directory}/build_info.hpp" COPYONLY)

  execute_process(COMMAND git rev-parse --git-path logs/HEAD WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    OUTPUT_VARIABLE history OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  cmake_path(ABSOLUTE_PATH history BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
  if(NOT EXISTS "${history}" OR IS_DIRECTORY "${history}")
    set(history "")
  endif()
  set(template "${PROJECT_SOURCE_DIR}/cmake/build_info.cpp.in")
  add_custom_command(OUTPUT "${directory}/build_info.cpp" VERBATIM
    COMMAND ${CMAKE_COMMAND} "-DSOURCE=${PROJECT_SOURCE_DIR}" "-DTEMPLATE=${template}"
      "-DOUTPUT=${directory}/build_info.cpp" "-DVERSION=${PROJECT_VERSION}"
      "-DCOMPILER=${compiler} ${CMAKE_CXX_COMPILER_VERSION}" "-DFLAGS=${flags} -ffp-contract=off"
      -P "${PROJECT_SOURCE_DIR}/cmake/build_info.cmake"
    DEPENDS ${history} "${template}" COMMENT "Generating build_info.cpp")
  target_sources(${target} PRIVATE "${directory}/build_info.cpp")
  set_source_files_properties("${directory}/build_info.cpp" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${directory}>")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  execute_process(COMMAND git rev-parse --short=7 HEAD WORKING_DIRECTORY "${SOURCE}"
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    set(COMMIT "unknown")
  endif()
  configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
  file(TOUCH_NOCREATE "${OUTPUT}")  # newer than the history even when the text is the same
endif()
