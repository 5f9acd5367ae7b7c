#include "kernels/network/pages.hpp"

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

#include <new>

namespace sca::kernels {

Pages::Pages(std::size_t bytes) {
  constexpr std::size_t line = 64;
  constexpr std::size_t page = std::size_t{1} << 21U;
  if (bytes == 0) return;
  const std::size_t unit = bytes < page ? line : page;
  const std::size_t whole = (bytes + unit - 1) / unit * unit;
  memory_.reset(static_cast<std::byte*>(std::aligned_alloc(unit, whole)));
  if (memory_ == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (unit == page) madvise(memory_.get(), whole, MADV_HUGEPAGE);  // a refusal leaves small pages
#endif
}

}  // namespace sca::kernels
