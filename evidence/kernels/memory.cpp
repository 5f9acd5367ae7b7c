#include "evidence/kernels/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace sca::evidence::kernels {
namespace {

constexpr std::byte poison{0xff};
constexpr std::size_t band_bytes = 256;
constexpr std::size_t line = 64;

std::size_t rounded_up(std::size_t n, std::size_t unit) { return (n + unit - 1) / unit * unit; }

std::size_t page() {
  static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

std::byte* mapped(std::size_t bytes) {
  void* block = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) throw std::bad_alloc();
  madvise(block, bytes, MADV_NOHUGEPAGE);  // a huge page would bring in the fence with its neighbours
  return static_cast<std::byte*>(block);
}

std::byte* allocated(std::size_t bytes) {
  void* block = std::aligned_alloc(line, bytes);
  if (block == nullptr) throw std::bad_alloc();
  return static_cast<std::byte*>(block);
}

/// The kernel gives an anonymous page no memory until somebody reads or writes it.
bool is_touched(std::byte* one_page) {
  unsigned char is_resident = 1;
  return mincore(one_page, page(), &is_resident) != 0 || (is_resident & 1U) != 0;
}

}  // namespace

Memory::Memory(std::size_t bytes, Fence fence, std::size_t offset) : size_(bytes) {
  if (fence == Fence::page) {
    const std::size_t inside = rounded_up(bytes, page());
    mapped_ = inside + page();
    block_ = mapped(mapped_);
    std::memset(block_, static_cast<int>(poison), inside);
    data_ = block_ + inside - bytes;
  } else {
    const std::size_t inside = rounded_up(band_bytes + offset + bytes + band_bytes, line);
    mapped_ = 0;
    block_ = allocated(inside);
    std::memset(block_, static_cast<int>(poison), inside);
    data_ = block_ + band_bytes + offset;
  }
}

Memory::~Memory() {
  if (mapped_ == 0) {
    std::free(block_);
  } else {
    munmap(block_, mapped_);
  }
}

Memory::Memory(Memory&& other) noexcept
    : block_(std::exchange(other.block_, nullptr)),
      mapped_(std::exchange(other.mapped_, 0)),
      data_(other.data_),
      size_(other.size_) {}

bool Memory::is_intact() const {
  if (mapped_ > 0) return !is_touched(data_ + size_);
  const auto untouched = [](std::span<const std::byte> bytes) {
    return std::ranges::all_of(bytes, [](std::byte b) { return b == poison; });
  };
  return untouched({data_ - band_bytes, band_bytes}) && untouched({data_ + size_, band_bytes});
}

}  // namespace sca::evidence::kernels
