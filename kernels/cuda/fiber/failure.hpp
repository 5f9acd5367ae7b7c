#pragma once

#include <cstdarg>

namespace sca::kernels::cuda::fiber {

/// The first thing that went wrong in a launch. A buffer and no std::string: MemorySanitizer cannot follow
/// the C++ library.
struct Failure {
  bool seen = false;
  char text[512] = "";

  /// Later ones are consequences, and left out.
  void record(const char* format, ...) __attribute__((format(printf, 2, 3)));
  void record_list(const char* format, std::va_list arguments);
};

/// errors   Fault, always: with the text
[[noreturn]] void raise(const Failure& failure);

/// What follows the last slash.
const char* file_name(const char* path);

}  // namespace sca::kernels::cuda::fiber
