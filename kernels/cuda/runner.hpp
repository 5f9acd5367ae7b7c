#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace sca::kernels::cuda {

/// What a runner saw a kernel do wrong: a race, an access outside of every allocation, a barrier that not all
/// threads reach, ...
class Fault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Grid {
  unsigned x = 1, y = 1, z = 1;
};

/// One launch. Every kernel takes one struct, by value.
struct Launch {
  const char* kernel;  // as in entries.hpp
  Grid grid;
  unsigned threads;  // of a block, along x
  std::size_t shared_bytes;
  const void* argument;
  std::size_t argument_bytes;
};

/// Starts kernels.
class Launcher {
 public:
  Launcher() = default;
  virtual ~Launcher() = default;
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;

  /// In the order of the calls.
  /// errors   Fault
  virtual void launch(const Launch& launch) = 0;
};

/// Where kernels are executed, with the memory that they see. A launch is done when it returns.
/// threads  one at a time
class Runner : public Launcher {
 public:
  /// Exactly so many bytes, aligned to 256, with nothing in them that may be read. The name is for faults.
  virtual void* allocate(std::size_t bytes, std::string_view name) = 0;
  virtual void release(void* memory) = 0;
  virtual void upload(void* to, const void* from, std::size_t bytes) = 0;
  virtual void download(void* to, const void* from, std::size_t bytes) const = 0;
};

}  // namespace sca::kernels::cuda
