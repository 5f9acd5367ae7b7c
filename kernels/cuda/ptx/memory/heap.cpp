#include "kernels/cuda/ptx/memory/heap.hpp"

#include <cstring>
#include <utility>

#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

constexpr std::size_t alignment = 256;

}  // namespace

Region& Heap::allocate(std::size_t bytes, std::string_view name) {
  Block block;
  const std::size_t room = bytes + 2 * alignment;  // nobody else's bytes are next to it
  block.storage = std::make_unique<U8[]>(room);
  std::memset(block.storage.get(), 0xff, room);
  const U64 begin = reinterpret_cast<U64>(block.storage.get());
  const U64 address = (begin + alignment) / alignment * alignment;
  block.region.address = address;
  block.region.size = bytes;
  block.region.name = name.empty() ? "global memory" : name;
  block.region.bytes = block.storage.get() + (address - begin);
  block.region.written.assign(bytes, 0);
  return blocks_.insert_or_assign(address, std::move(block)).first->second.region;
}

void Heap::release(void* memory) {
  if (memory == nullptr) return;
  if (blocks_.erase(reinterpret_cast<U64>(memory)) == 0)
    throw Fault("release of memory that was not allocated");
  last_ = nullptr;
}

Region* Heap::find(U64 address, std::size_t bytes) {
  if (last_ != nullptr && last_->holds(address, bytes)) return last_;
  auto next = blocks_.upper_bound(address);
  if (next == blocks_.begin()) return nullptr;
  Region& region = std::prev(next)->second.region;
  if (!region.holds(address, bytes)) return nullptr;
  last_ = &region;
  return last_;
}

std::string Heap::neighbourhood(U64 address) const {
  constexpr U64 near = 4096;
  for (const auto& [base, block] : blocks_) {
    const U64 end = base + block.region.size;
    const std::string what = block.region.name + " of " + std::to_string(block.region.size) + " bytes";
    if (address < base && base - address <= near) {
      return "; " + std::to_string(base - address) + " bytes before " + what;
    }
    if (address >= base && address < end + near) {
      return "; at byte " + std::to_string(address - base) + " of " + what;
    }
  }
  return {};
}

}  // namespace sca::kernels::cuda::ptx
