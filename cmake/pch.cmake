# Two precompiled headers of third-party code only, for the targets whose every file is about numbers:
# Boost.Multiprecision is half of such a file's compile time (measured: 3.7 s -> 2.1 s, a test 5.2 s ->
# 2.4 s; a file that does not include Boost gets slower, so this is not for evidence/ and cli/). The tidy
# preset turns them off and finds the file that forgot an include.
#
#   sca_precompile(target)        numbers
#   sca_precompile_test(target)   numbers, GoogleTest, RapidCheck
set(SCA_PCH_HEADERS
  <algorithm> <array> <cmath> <cstddef> <functional> <optional> <span> <stdexcept> <string> <string_view>
  <utility> <vector>
  <boost/multiprecision/gmp.hpp> <boost/multiprecision/mpfr.hpp> <boost/multiprecision/mpfi.hpp>)

function(_sca_pch_target name headers)
  file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/pch/${name}.cpp" CONTENT "// Carries a precompiled header.\n")
  add_library(${name} OBJECT "${PROJECT_BINARY_DIR}/pch/${name}.cpp")
  target_link_libraries(${name} PRIVATE ${ARGN})
  target_precompile_headers(${name} PRIVATE ${headers})
endfunction()

if(SCA_PCH)
  _sca_pch_target(sca_pch "${SCA_PCH_HEADERS}" sca::deps::boost sca::deps::mpfi)
  if(SCA_TESTS)
    _sca_pch_target(sca_pch_test "${SCA_PCH_HEADERS};<gtest/gtest.h>;<rapidcheck.h>"
      sca::deps::boost sca::deps::mpfi sca::deps::gtest sca::deps::rapidcheck)
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
