#include "evidence/cuda/meter.hpp"

#include <algorithm>

namespace sca::evidence::cuda {
namespace {

namespace ptx = sca::kernels::cuda::ptx;

/// What the machine watches besides is `sca fuzz`'s business, and takes most of its time.
ptx::Options metering() {
  ptx::Options options;
  options.races = false;
  options.sectors = true;
  return options;
}

}  // namespace

Meter::Meter(std::string_view ptx) : machine_(ptx, metering()) {}

void* Meter::allocate(std::size_t bytes, std::string_view name) { return machine_.allocate(bytes, name); }

void Meter::release(void* memory) { machine_.release(memory); }

void Meter::upload(void* to, const void* from, std::size_t bytes) { machine_.upload(to, from, bytes); }

void Meter::download(void* to, const void* from, std::size_t bytes) const {
  machine_.download(to, from, bytes);
}

Metered& Meter::of(const char* kernel) {
  const auto found = std::ranges::find(kernels_, kernel, &Metered::kernel);
  if (found != kernels_.end()) return *found;
  Metered one;
  one.kernel = kernel;
  return kernels_.emplace_back(std::move(one));
}

void Meter::launch(const sca::kernels::cuda::Launch& launch) {
  machine_.clear_counts();
  machine_.launch(launch);
  Metered& one = of(launch.kernel);
  one.threads = launch.threads;
  one.shared_bytes = std::max(one.shared_bytes, launch.shared_bytes);
  ++one.launches;
  one.blocks += std::uint64_t{launch.grid.x} * launch.grid.y * launch.grid.z;
  one.instructions += machine_.counts().instructions;
  one.local_accesses += machine_.counts().local_accesses;
  const ptx::SectorTotals touched = machine_.touched();
  one.loads.touched += touched.loaded;
  one.stores.touched += touched.stored;
  for (const ptx::RequestCount& count : machine_.requests()) {
    Requests& sum = count.store ? one.stores : one.loads;
    sum.count += count.requests;
    sum.sectors += count.sectors;
    sum.bytes += count.bytes;
  }
}

}  // namespace sca::evidence::cuda
