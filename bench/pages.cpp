#include "bench/pages.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace sca::bench {

Pages::Pages(std::size_t bytes) {
  constexpr std::size_t huge = std::size_t{1} << 21U;
  const std::size_t whole = (bytes + huge - 1) / huge * huge;
  data_ = static_cast<std::byte*>(std::aligned_alloc(huge, whole));
  if (data_ == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  madvise(data_, whole, MADV_HUGEPAGE);  // a refusal leaves small pages
#endif
}

Pages::~Pages() { std::free(data_); }

}  // namespace sca::bench
