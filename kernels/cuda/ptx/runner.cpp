#include "kernels/cuda/ptx/runner.hpp"

#include <algorithm>
#include <cstring>

#include "kernels/cuda/ptx/load/module.hpp"
#include "kernels/cuda/ptx/memory/clocks.hpp"
#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// A module's variables: initialised, if only with zeros.
class HeapGlobals final : public Globals {
 public:
  explicit HeapGlobals(Heap& heap) : heap_(heap) {}
  U64 place(const Declaration& declaration) override {
    const Region& region = heap_.allocate(declaration.bytes, declaration.name);
    std::memset(region.bytes, 0, declaration.bytes);
    if (!declaration.initial.empty())
      std::memcpy(region.bytes, declaration.initial.data(), declaration.bytes);
    Region& mine = *heap_.find(region.address, declaration.bytes);
    std::fill(mine.written.begin(), mine.written.end(), U8{1});
    return region.address;
  }

 private:
  Heap& heap_;
};

Module loaded(std::string_view ptx, Heap& heap) {
  HeapGlobals globals(heap);
  return load_module(ptx, globals);
}

}  // namespace

class PtxRunner::Machine {
 public:
  Machine(std::string_view ptx, const Options& chosen)
      : options(chosen), module(loaded(ptx, heap)), requests(module) {}

  void launch(const Launch& launch);
  Region& region_of(const void* memory, std::size_t bytes) {
    Region* region = heap.find(reinterpret_cast<U64>(memory), bytes);
    if (region == nullptr) throw Fault("a copy to or from outside of every allocation");
    return *region;
  }

  Options options;
  Heap heap;
  Module module;
  Counts counts;
  Requests requests;

 private:
  const Function& checked_kernel(const Launch& launch) const;
  void run_block(const Launch& launch, U32 index);
  void start_threads(const Launch& launch);

  Block block_;
};

const Function& PtxRunner::Machine::checked_kernel(const Launch& launch) const {
  const std::string name = launch.kernel;
  const Function* kernel = module.find(name);
  if (kernel == nullptr || !kernel->entry) throw Fault("no kernel " + name);
  // A struct may be padded behind its last member.
  const std::size_t least = kernel->argument_bytes;
  const std::size_t padded = aligned_up(least, kernel->argument_alignment);
  if (launch.argument_bytes < least || launch.argument_bytes > padded) {
    throw Fault("kernel " + name + " takes " + std::to_string(least) + " bytes of arguments, not " +
                std::to_string(launch.argument_bytes));
  }
  const unsigned exact = kernel->exact_threads, most = kernel->most_threads;
  const bool fits = launch.threads != 0 && launch.threads <= 1024 &&
                    (exact == 0 || launch.threads == exact) && (most == 0 || launch.threads <= most);
  if (!fits)
    throw Fault("kernel " + name + " cannot have blocks of " + std::to_string(launch.threads) + " threads");
  if (launch.grid.x == 0 || launch.grid.y == 0 || launch.grid.z == 0)
    throw Fault("kernel " + name + ": no blocks");
  return *kernel;
}

void PtxRunner::Machine::launch(const Launch& launch) {
  const Function& kernel = checked_kernel(launch);
  block_.options = &options;
  block_.module = &module;
  block_.heap = &heap;
  block_.counts = &counts;
  block_.requests = &requests;
  block_.kernel = &kernel;
  block_.grid = launch.grid;
  ++block_.launch;
  block_.random.seed(options.seed);
  block_.shared.lay_out(kernel.shared, launch.shared_bytes);
  block_.threads.clear();
  block_.threads.resize(launch.threads);
  const U32 blocks = launch.grid.x * launch.grid.y * launch.grid.z;
  for (U32 i = 0; i < blocks; ++i) {
    run_block(launch, options.schedule == Schedule::reverse ? blocks - 1 - i : i);
  }
}

void PtxRunner::Machine::run_block(const Launch& launch, U32 index) {
  block_.index = index;
  block_.id = {index % launch.grid.x, index / launch.grid.x % launch.grid.y,
               index / launch.grid.x / launch.grid.y};
  block_.shared.reset();
  block_.barriers = {};
  start_threads(launch);
  start_clocks(block_);
  if (options.sectors) requests.begin_block(launch.threads);
  run(block_);
  if (options.sectors) requests.end_block();
}

void PtxRunner::Machine::start_threads(const Launch& launch) {
  U32 index = 0;
  for (Thread& thread : block_.threads) {
    thread.block = &block_;
    thread.index = index++;
    thread.state = State::ready;
    thread.depth = 0;
    thread.local.clear();
    thread.local_written.clear();
    thread.carry = false;
    thread.waits_at = nullptr;
    thread.copies.clear();
    thread.copy_groups = 0;
    enter(thread, *block_.kernel, nullptr);
    const std::size_t bytes = std::min(launch.argument_bytes, block_.kernel->argument_bytes);
    if (bytes != 0) std::memcpy(thread.frame().parameters.data(), launch.argument, bytes);
  }
}

PtxRunner::PtxRunner(std::string_view ptx, const Options& options)
    : machine_(std::make_unique<Machine>(ptx, options)) {}

PtxRunner::~PtxRunner() = default;

void* PtxRunner::allocate(std::size_t bytes, std::string_view name) {
  return machine_->heap.allocate(bytes, name).bytes;
}

void PtxRunner::release(void* memory) { machine_->heap.release(memory); }

void PtxRunner::upload(void* to, const void* from, std::size_t bytes) {
  if (bytes == 0) return;
  Region& region = machine_->region_of(to, bytes);
  const std::size_t offset = reinterpret_cast<U64>(to) - region.address;
  std::memcpy(region.bytes + offset, from, bytes);
  std::fill_n(region.written.begin() + static_cast<std::ptrdiff_t>(offset), bytes, U8{1});
}

void PtxRunner::download(void* to, const void* from, std::size_t bytes) const {
  if (bytes == 0) return;
  machine_->region_of(from, bytes);
  std::memcpy(to, from, bytes);
}

void PtxRunner::launch(const Launch& launch) { machine_->launch(launch); }

Options& PtxRunner::options() { return machine_->options; }

const Counts& PtxRunner::counts() const { return machine_->counts; }

std::vector<RequestCount> PtxRunner::requests() const { return machine_->requests.counts(); }

SectorTotals PtxRunner::touched() const { return machine_->requests.touched(); }

void PtxRunner::clear_counts() {
  machine_->counts = {};
  machine_->requests.clear();
}

std::vector<std::string> PtxRunner::kernels() const {
  std::vector<std::string> names;
  for (const auto& function : machine_->module.functions) {
    if (function->entry) names.push_back(function->name);
  }
  return names;
}

}  // namespace sca::kernels::cuda::ptx
