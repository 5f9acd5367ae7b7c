#pragma once

#include <cstddef>

namespace sca::kernels::cuda::fiber {

/// Whole pages of zeros, taken when they are first touched.
/// errors   std::bad_alloc
class Pages {
 public:
  static constexpr std::size_t size_of_one = 4096;

  /// So many bytes, rounded up. With a guard the lowest page ends the program when it is touched.
  enum class Guard : unsigned char { none, lowest };
  explicit Pages(std::size_t bytes, Guard guard = Guard::none);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  char* begin() const { return begin_; }
  std::size_t bytes() const { return bytes_; }

  /// New ones at the same place: ThreadSanitizer forgets who touched the old ones.
  void renew();

 private:
  std::size_t guard_;  // bytes before begin_
  std::size_t bytes_;
  char* begin_;
};

/// Sets all bytes to 0xff, which is NaN in every format; not as a call that a sanitizer would take for the
/// caller's.
void fill(char* memory, std::size_t bytes);
/// Whether they still are.
bool is_filled(const char* memory, std::size_t bytes);

}  // namespace sca::kernels::cuda::fiber
