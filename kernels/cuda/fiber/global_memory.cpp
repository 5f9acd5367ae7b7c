#include "kernels/cuda/fiber/global_memory.hpp"

#include <new>

#include "kernels/cuda/fiber/pages.hpp"
#include "kernels/cuda/fiber/sanitizers.hpp"

namespace sca::kernels::cuda::fiber {
namespace {

constexpr std::align_val_t alignment{256};
/// On either side. AddressSanitizer has its own, exact ones around what is asked for.
constexpr std::size_t around = sanitizers::address ? 0 : 4096;

}  // namespace

GlobalMemory::~GlobalMemory() {
  for (const Allocation& one : all_) ::operator delete(one.whole, alignment);
}

void* GlobalMemory::allocate(std::size_t bytes, std::string_view name) {
  const std::size_t whole_bytes = around + bytes + around;
  all_.reserve(all_.size() + 1);
  Allocation one{static_cast<char*>(::operator new(whole_bytes, alignment)), nullptr, bytes, {}};
  one.begin = one.whole + around;
  for (std::size_t i = 0; i < name.size() && i + 1 < sizeof one.name; ++i) one.name[i] = name[i];
  fill(one.whole, whole_bytes);
  sanitizers::forget(one.whole, whole_bytes);
  all_.push_back(one);
  return one.begin;
}

bool GlobalMemory::release(void* memory) {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_[i].begin != memory) continue;
    ::operator delete(all_[i].whole, alignment);
    all_[i] = all_.back();
    all_.pop_back();
    return true;
  }
  return false;
}

bool GlobalMemory::has(const void* begin, std::size_t bytes) const {
  const auto* first = static_cast<const char*>(begin);
  for (const Allocation& one : all_)
    if (first >= one.begin && first <= one.begin + one.bytes &&
        bytes <= static_cast<std::size_t>(one.begin + one.bytes - first))
      return true;
  return false;
}

bool GlobalMemory::is_intact(const Allocation& one) {
  sanitizers::trust(one.whole, around);
  sanitizers::trust(one.begin + one.bytes, around);
  const bool intact = is_filled(one.whole, around) && is_filled(one.begin + one.bytes, around);
  sanitizers::forget(one.whole, around);
  sanitizers::forget(one.begin + one.bytes, around);
  return intact;
}

void GlobalMemory::check(Failure& failure) const {
  for (const Allocation& one : all_)
    if (!is_intact(one))
      failure.record("something was written outside of the %zu bytes of '%s'", one.bytes, one.name);
}

}  // namespace sca::kernels::cuda::fiber
