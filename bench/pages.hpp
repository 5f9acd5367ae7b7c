#pragma once

#include <cstddef>

namespace sca::bench {

/// Memory of whole pages, huge ones where the system gives them on request: a machine's floor is not to
/// include the cost of many small ones.
class Pages {
 public:
  /// errors   std::bad_alloc
  explicit Pages(std::size_t bytes);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  std::byte* data() const { return data_; }

 private:
  std::byte* data_;
};

}  // namespace sca::bench
