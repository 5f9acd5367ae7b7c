# Who may use whom. This file is the rule and its enforcement:
#   sca_layer()           refuses a forbidden USES at configure time;
#   sca_check_includes()  holds every `#include "layer/..."` to the same table, at configure time and
#                         as a test (`cmake -DSCA_ROOT=DIR -P cmake/layers.cmake`).
# The reference and the kernels never meet below evidence: a shared helper would be a shared bug.

cmake_policy(VERSION 3.25)

set(SCA_LAYERS theory reference kernels evidence proofs_numeric experiments bench cli)

set(SCA_MAY_USE_theory)
set(SCA_MAY_USE_reference       theory)
set(SCA_MAY_USE_kernels         theory)
set(SCA_MAY_USE_evidence        theory reference kernels)
set(SCA_MAY_USE_proofs_numeric  theory reference evidence kernels)
set(SCA_MAY_USE_experiments     theory reference evidence kernels)
set(SCA_MAY_USE_bench           theory reference evidence kernels)
set(SCA_MAY_USE_cli             theory reference kernels evidence proofs_numeric experiments bench)

# Stops unless the table lets `layer` use `used`; `where` is what the message points at.
function(sca_require_permission layer used where)
  if(NOT layer IN_LIST SCA_LAYERS)
    message(FATAL_ERROR "${where}: unknown layer '${layer}': add it to the table in cmake/layers.cmake")
  endif()
  if(NOT used STREQUAL layer AND NOT used IN_LIST SCA_MAY_USE_${layer})
    message(FATAL_ERROR "${where}: layer '${layer}' may not use '${used}': see cmake/layers.cmake")
  endif()
endfunction()

# sca_layer(name [NO_INSTALL] SOURCES ... HEADERS ... USES layer... LINKS target...)
#
# Makes a target with the alias sca::<name>: a static library, or an INTERFACE one without SOURCES.
# Its headers are included from the repository's root ("theory/readout.hpp"), each must compile alone (the target
# all_verify_interface_header_sets), and they install under include/sca/.
function(sca_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_INSTALL" "" "SOURCES;HEADERS;USES;LINKS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "sca_layer(${name}): unexpected '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  foreach(used IN LISTS arg_USES)
    sca_require_permission(${name} ${used} "sca_layer(${name} USES ${used})")
  endforeach()
  foreach(link IN LISTS arg_LINKS)
    if(link MATCHES "^sca(::|_)([a-z_]+)$" AND CMAKE_MATCH_2 IN_LIST SCA_LAYERS)
      message(FATAL_ERROR "sca_layer(${name} LINKS ${link}): name layers under USES (cmake/layers.cmake)")
    endif()
  endforeach()

  set(target sca_${name}_layer)  # not sca_<name>: the command itself is called sca_cli
  set(scope PUBLIC)
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  sca_group_by_directory(${target})
  add_library(sca::${name} ALIAS ${target})
  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${arg_HEADERS})
  target_compile_features(${target} ${scope} cxx_std_20)
  list(TRANSFORM arg_USES PREPEND sca:: OUTPUT_VARIABLE uses)
  target_link_libraries(${target} ${scope} ${uses} ${arg_LINKS})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME sca_${name} EXPORT_NAME ${name} VERIFY_INTERFACE_HEADER_SETS ON)
  if(NOT arg_NO_INSTALL)
    set_property(GLOBAL APPEND PROPERTY SCA_INSTALLED_LAYERS ${target})
  endif()
endfunction()

# Where SCA_UNITY is on, compiles at most sixteen of the target's files of one directory as one: small files on heavy
# headers take a third of the time so. A directory's groups are the same in every preset, whatever else is in the target
# there: names that collide in one preset collide in all.
function(sca_group_by_directory target)
  get_target_property(type ${target} TYPE)
  if(NOT SCA_UNITY OR type STREQUAL "INTERFACE_LIBRARY")
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_source_file_property(alone "${source}" SKIP_UNITY_BUILD_INCLUSION)
    if(NOT alone)
      cmake_path(GET source PARENT_PATH directory)
      cmake_path(RELATIVE_PATH directory BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
      math(EXPR group "0${count_${directory}} / 16")
      math(EXPR count_${directory} "0${count_${directory}} + 1")
      string(MAKE_C_IDENTIFIER "${directory}_${group}" name)
      set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${name}")
    endif()
  endforeach()
endfunction()

# Every source (except main.cpp) and header below the calling directory, in SOURCES and HEADERS.
macro(sca_glob)
  file(GLOB_RECURSE SOURCES CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  file(GLOB_RECURSE HEADERS CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.hpp")
  list(FILTER SOURCES EXCLUDE REGEX "/main\\.cpp$")
endmacro()

# Holds the sources below `root` to the table. Tests may include any layer: they judge.
function(sca_check_includes root)
  foreach(layer IN LISTS SCA_LAYERS)
    file(GLOB_RECURSE files "${root}/${layer}/*.[ch]pp" "${root}/${layer}/*.h" "${root}/${layer}/*.cu*")
    foreach(file IN LISTS files)
      file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[\"<]")
      foreach(line IN LISTS lines)
        if(line MATCHES "[\"<](\\.\\./)*([a-z_]+)/" AND CMAKE_MATCH_2 IN_LIST SCA_LAYERS)
          cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${root}" OUTPUT_VARIABLE where)
          sca_require_permission(${layer} ${CMAKE_MATCH_2} "${where}")
        endif()
      endforeach()
    endforeach()
  endforeach()
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  sca_check_includes("${SCA_ROOT}")
endif()
