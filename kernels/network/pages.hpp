#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace sca::kernels {

/// Memory from a cache line on, of pages of 2 MiB where it is large enough for one and the system gives them
/// on request: reading weights token by token, much of the time goes to finding pages of 4 KiB.
class Pages {
 public:
  Pages() = default;
  /// Uninitialised; null for no bytes.
  /// errors   std::bad_alloc
  explicit Pages(std::size_t bytes);

  std::byte* data() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  std::unique_ptr<std::byte, Free> memory_;
};

}  // namespace sca::kernels
