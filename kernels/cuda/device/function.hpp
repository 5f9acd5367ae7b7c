#pragma once

#include <dlfcn.h>

namespace sca::kernels::cuda {

/// Whether the library has the function, which is then found.
template <class Function>
bool find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace sca::kernels::cuda
