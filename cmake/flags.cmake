# Flags of our own code. Third-party headers are SYSTEM (cmake/dependencies.cmake) and never warn.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# -O3 costs build time and buys nothing here: the time goes to MPFR and to FFTW.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# Optimising instrumented code takes more time than running it unoptimised (measured: a vectorised kernel 31 s -> 6 s, a
# judge 10 s -> 5 s), and can only hide from the sanitizers; kernels/ alone is optimised a little. -g1 keeps line
# numbers for their reports.
set(CMAKE_CXX_FLAGS_SANITIZED "-O0 -g1 -fno-omit-frame-pointer")

# A contracted a*b+c rounds once where the bounds in theory/ count twice; only a kernel that declares
# its own arithmetic may ask for it, per source.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -ffp-contract=off)

# What a file keeps to itself may be named as a variable in another that is compiled with it; g++ can still tell where a
# variable hides another.
if(SCA_UNITY)
  add_compile_options(-Wno-shadow)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wshadow=local)
  endif()
endif()

if(SCA_SANITIZE)
  add_compile_options(-fsanitize=${SCA_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SCA_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports uninitialised and out-of-bounds uses that its own instrumentation introduces.
    add_compile_options(-Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow)
  endif()
endif()

# Whatever is built below the calling directory is built without them.
macro(sca_without_sanitizers)
  foreach(property COMPILE_OPTIONS LINK_OPTIONS)
    get_directory_property(options ${property})
    list(FILTER options EXCLUDE REGEX "sanitize")
    set_property(DIRECTORY PROPERTY ${property} "${options}")
  endforeach()
endmacro()
