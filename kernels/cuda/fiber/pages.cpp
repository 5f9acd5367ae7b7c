#include "kernels/cuda/fiber/pages.hpp"

#include <sys/mman.h>

#include <cstring>
#include <new>

#include "kernels/cuda/fiber/sanitizers.hpp"

namespace sca::kernels::cuda::fiber {
namespace {

char* map(void* at, std::size_t bytes) {
  const int fixed = at == nullptr ? 0 : MAP_FIXED;
  void* memory =
      mmap(at, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | fixed, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return static_cast<char*>(memory);
}

}  // namespace

Pages::Pages(std::size_t bytes, Guard guard)
    : guard_(guard == Guard::lowest ? size_of_one : 0),
      bytes_((bytes + size_of_one - 1) / size_of_one * size_of_one),
      begin_(map(nullptr, guard_ + bytes_) + guard_) {
  if (guard_ != 0) mprotect(begin_ - guard_, guard_, PROT_NONE);
}

Pages::~Pages() {
  sanitizers::allow(begin_, bytes_);  // or who gets the addresses next inherits what is forbidden
  munmap(begin_ - guard_, guard_ + bytes_);
}

void Pages::renew() { map(begin_, bytes_); }

void fill(char* memory, std::size_t bytes) {
  if constexpr (sanitizers::thread) {
    for (volatile char *at = memory, *end = memory + bytes; at != end; at = at + 1)
      *at = static_cast<char>(0xff);
  } else {
    std::memset(memory, 0xff, bytes);
  }
}

bool is_filled(const char* memory, std::size_t bytes) {
  unsigned char all = 0xff;
  for (std::size_t i = 0; i < bytes; ++i)
    all = static_cast<unsigned char>(all & static_cast<unsigned char>(memory[i]));
  return all == 0xff;
}

}  // namespace sca::kernels::cuda::fiber
