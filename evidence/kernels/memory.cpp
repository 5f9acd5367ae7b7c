#include "evidence/kernels/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace sca::evidence::kernels {
namespace {

constexpr std::byte poison{0xff};
constexpr std::size_t band_bytes = 256;
constexpr std::size_t line = 64;

std::size_t rounded_up(std::size_t n, std::size_t unit) { return (n + unit - 1) / unit * unit; }

}  // namespace

Memory::Memory(std::size_t bytes, Fence fence, std::size_t offset)
    : size_(bytes), band_(fence == Fence::band ? band_bytes : 0) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t inside = rounded_up(line + offset + bytes + 2 * band_bytes, page);
  mapped_ = inside + page;
  void* mapping = mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) throw std::bad_alloc();
  mapping_ = static_cast<std::byte*>(mapping);
  if (mprotect(mapping_ + inside, page, PROT_NONE) != 0) throw std::bad_alloc();
  std::memset(mapping_, static_cast<int>(poison), inside);
  data_ = fence == Fence::page ? mapping_ + inside - bytes : mapping_ + band_bytes + offset;
}

Memory::~Memory() {
  if (mapping_ != nullptr) munmap(mapping_, mapped_);
}

Memory::Memory(Memory&& other) noexcept
    : mapping_(std::exchange(other.mapping_, nullptr)),
      mapped_(other.mapped_),
      data_(other.data_),
      size_(other.size_),
      band_(other.band_) {}

bool Memory::is_intact() const {
  const auto untouched = [](std::span<const std::byte> bytes) {
    return std::ranges::all_of(bytes, [](std::byte b) { return b == poison; });
  };
  return untouched({data_ - band_, band_}) && untouched({data_ + size_, band_});
}

}  // namespace sca::evidence::kernels
