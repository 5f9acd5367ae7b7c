#pragma once

#include <cstddef>
#include <string>

namespace sca::kernels::cuda {

// The driver's own names for what it hands out, and the few functions of its interface that are used here.
// The driver is looked for when it is first needed, so that nothing but a GPU's machine needs any part of
// CUDA.
using Stream = struct CUstream_st*;  // cudaStream_t is the same
using DriverFunction = struct CUfunc_st*;
using DriverModule = struct CUmod_st*;
using DriverContext = struct CUctx_st*;
using DeviceAddress = unsigned long long;

struct Driver {
  int (*initialise)(unsigned);
  int (*count_devices)(int*);
  int (*name_error)(int, const char**);
  int (*retain_context)(DriverContext*, int device);
  int (*set_context)(DriverContext);
  int (*current_context)(DriverContext*);
  int (*load_module)(DriverModule*, const void* image);
  int (*find_function)(DriverFunction*, DriverModule, const char* name);
  int (*set_attribute)(DriverFunction, int attribute, int value);
  int (*launch)(DriverFunction, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned shared,
                Stream, void** arguments, void** extra);
  int (*synchronise)(Stream);
  int (*allocate)(DeviceAddress*, std::size_t);
  int (*release)(DeviceAddress);
  int (*fill)(DeviceAddress, unsigned char, std::size_t);
  int (*upload)(DeviceAddress, const void*, std::size_t);
  int (*download)(void*, DeviceAddress, std::size_t);
};

/// Null without a driver, or where it finds no GPU.
const Driver* driver();

/// Every call of the driver goes through this.
/// errors   Fault that names what was being done, and the driver's word for what went wrong
void require(int result, const std::string& what);

}  // namespace sca::kernels::cuda
