# Two precompiled headers of third-party code only. Boost.Multiprecision, GoogleTest and RapidCheck are a third to a half
# of a file's compile time (measured with g++: a file of evidence/ 7.4 s -> 4.2 s, one without Boost 2.0 s -> 1.3 s, a
# test 10.0 s -> 5.8 s). clang reads of one what a file uses and no more, so there it holds more (7.8 s -> 5.2 s). Not for
# what is compiled with OpenMP, whose _OPENMP makes them unfit. The tidy preset turns them off and finds the file that
# forgot an include.
#
#   sca_precompile(target)        numbers
#   sca_precompile_test(target)   numbers, GoogleTest, RapidCheck
set(SCA_PCH_HEADERS
  <algorithm> <array> <cmath> <cstddef> <functional> <optional> <span> <stdexcept> <string> <string_view>
  <utility> <vector>
  <boost/multiprecision/gmp.hpp> <boost/multiprecision/mpfr.hpp> <boost/multiprecision/mpfi.hpp>)

set(SCA_PCH_LIBRARIES sca::deps::boost sca::deps::mpfi)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  list(APPEND SCA_PCH_HEADERS <fmt/format.h> <nlohmann/json.hpp>)
  list(APPEND SCA_PCH_LIBRARIES sca::deps::fmt sca::deps::json)
endif()

function(_sca_pch_target name headers)
  file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/pch/${name}.cpp" CONTENT "// Carries a precompiled header.\n")
  add_library(${name} OBJECT "${PROJECT_BINARY_DIR}/pch/${name}.cpp")
  target_link_libraries(${name} PRIVATE ${ARGN})
  target_precompile_headers(${name} PRIVATE ${headers})
endfunction()

if(SCA_PCH)
  _sca_pch_target(sca_pch "${SCA_PCH_HEADERS}" ${SCA_PCH_LIBRARIES})
  if(SCA_TESTS)
    _sca_pch_target(sca_pch_test "${SCA_PCH_HEADERS};<gtest/gtest.h>;<rapidcheck.h>"
      ${SCA_PCH_LIBRARIES} sca::deps::gtest sca::deps::rapidcheck)
  endif()
endif()

function(_sca_reuse_pch target pch)
  get_target_property(type ${target} TYPE)
  if(SCA_PCH AND NOT type STREQUAL "INTERFACE_LIBRARY")
    target_precompile_headers(${target} REUSE_FROM ${pch})
  endif()
endfunction()

function(sca_precompile target)
  _sca_reuse_pch(${target} sca_pch)
endfunction()

function(sca_precompile_test target)
  _sca_reuse_pch(${target} sca_pch_test)
endfunction()
