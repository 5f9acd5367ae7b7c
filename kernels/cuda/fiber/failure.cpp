#include "kernels/cuda/fiber/failure.hpp"

#include <cstdio>
#include <cstring>

#include "kernels/cuda/fiber/sanitizers.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda::fiber {

void Failure::record(const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  record_list(format, arguments);
  va_end(arguments);
}

void Failure::record_list(const char* format, std::va_list arguments) {
  if (seen) return;
  seen = true;
  std::vsnprintf(text, sizeof text, format, arguments);
}

void raise(const Failure& failure) {
  Fault fault(failure.text);
  sanitizers::trust(fault.what(), std::strlen(failure.text) + 1);
  throw fault;
}

const char* file_name(const char* path) {
  const char* slash = std::strrchr(path, '/');
  return slash == nullptr ? path : slash + 1;
}

}  // namespace sca::kernels::cuda::fiber
