#include "kernels/cuda/ptx/memory/shared.hpp"

#include <algorithm>
#include <string>

#include "kernels/cuda/ptx/load/declaration.hpp"

namespace sca::kernels::cuda::ptx {

void SharedMemory::lay_out(const std::vector<SharedVariable>& variables, std::size_t dynamic_bytes) {
  constexpr std::size_t gap = 64, alignment = 128;
  std::size_t used = variables.empty() ? 0 : variables.back().offset + variables.back().size + gap;
  dynamic_address_ = aligned_up(used, alignment);
  storage_.assign((dynamic_address_ + dynamic_bytes + gap) / 8 + 1, 0);
  regions_.clear();
  const auto add = [this](const std::string& name, std::size_t offset, std::size_t size) {
    Region& region = regions_.emplace_back();
    region.address = offset;
    region.size = size;
    region.name = name;
    region.bytes = reinterpret_cast<U8*>(storage_.data()) + offset;
    region.shared = true;
    region.written.assign(size, 0);
    region.in_flight.assign(size, 0);
  };
  for (const SharedVariable& variable : variables) add(variable.name, variable.offset, variable.size);
  if (dynamic_bytes != 0) add("dynamic shared memory", dynamic_address_, dynamic_bytes);
  last_ = 0;
}

void SharedMemory::reset() {
  std::fill(storage_.begin(), storage_.end(), ~U64{0});
  ++era_;
  for (Region& region : regions_) {
    std::fill(region.written.begin(), region.written.end(), U8{0});
    std::fill(region.in_flight.begin(), region.in_flight.end(), U8{0});
    region.era = era_;
  }
}

Region* SharedMemory::find(U64 address, std::size_t bytes) {
  if (last_ < regions_.size() && regions_[last_].holds(address, bytes)) return &regions_[last_];
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    if (!regions_[i].holds(address, bytes)) continue;
    last_ = i;
    return &regions_[i];
  }
  return nullptr;
}

}  // namespace sca::kernels::cuda::ptx
