#include "kernels/cuda/fiber/runner.hpp"

#include <cstdarg>
#include <cstring>
#include <memory>

#include "kernels/cuda/fiber/position.hpp"

namespace sca::kernels::cuda {
namespace {

[[noreturn]] void raise(const char* format, ...) __attribute__((format(printf, 1, 2)));
void raise(const char* format, ...) {
  fiber::Failure failure;
  std::va_list arguments;
  va_start(arguments, format);
  failure.record_list(format, arguments);
  va_end(arguments);
  fiber::raise(failure);
}

/// What a device of today takes.
void check(const Launch& launch) {
  const Grid& grid = launch.grid;
  const char* what = nullptr;
  if (launch.threads < 1 || launch.threads > 1024) what = "a block must have from 1 to 1024 threads";
  if (grid.x < 1 || grid.y < 1 || grid.z < 1) what = "a grid without blocks";
  if (grid.x > 0x7fffffffU || grid.y > 65535 || grid.z > 65535) what = "too many blocks along one axis";
  if (std::size_t{grid.x} * grid.y * grid.z > 0x7fffffffU) what = "more blocks than a host can run";
  if (launch.shared_bytes > fiber::SharedMemory::limit) what = "more than 227 KiB of shared memory";
  if (launch.argument_bytes > 4096) what = "more than 4 KiB of arguments";
  if (what != nullptr) raise("kernel %s: bad launch: %s", launch.kernel, what);
}

}  // namespace

FiberRunner::FiberRunner(std::span<const HostKernel> kernels, fiber::Schedule schedule)
    : kernels_(kernels), schedule_(schedule), stacks_(fiber::Block::run_threads) {}

// Here, where it is known what the sanitizers have to be told.
FiberRunner::~FiberRunner() = default;

void* FiberRunner::allocate(std::size_t bytes, std::string_view name) {
  return memory_.allocate(bytes, name);
}

void FiberRunner::release(void* memory) {
  if (memory != nullptr && !memory_.release(memory)) raise("released memory that was not allocated");
}

void FiberRunner::upload(void* to, const void* from, std::size_t bytes) {
  if (!memory_.has(to, bytes)) raise("an upload to what is not in one allocation");
  if (bytes != 0) std::memcpy(to, from, bytes);
}

void FiberRunner::download(void* to, const void* from, std::size_t bytes) const {
  if (!memory_.has(from, bytes)) raise("a download of what is not in one allocation");
  if (bytes != 0) std::memcpy(to, from, bytes);
}

const HostKernel& FiberRunner::find(const Launch& launch) const {
  for (const HostKernel& kernel : kernels_)
    if (std::strcmp(kernel.name, launch.kernel) == 0) return kernel;
  raise("no kernel is called %s", launch.kernel);
}

void FiberRunner::launch(const Launch& launch) {
  check(launch);
  const HostKernel& kernel = find(launch);
  if (thread_ != std::this_thread::get_id()) stacks_.drop_all();
  thread_ = std::this_thread::get_id();
  // Exactly so many bytes: AddressSanitizer sees a kernel that takes another struct.
  const auto argument = std::make_unique<std::byte[]>(launch.argument_bytes);
  if (launch.argument_bytes != 0) std::memcpy(argument.get(), launch.argument, launch.argument_bytes);
  fiber::Failure failure;
  run(launch, {kernel.body, argument.get(), launch.threads, launch.shared_bytes}, failure);
  ordering_.end_launch();
  if (failure.seen) stacks_.drop_all();
  memory_.check(failure);
  if (failure.seen) raise("kernel %s: %s", launch.kernel, failure.text);
}

void FiberRunner::run(const Launch& launch, const fiber::Work& work, fiber::Failure& failure) {
  const Grid& grid = launch.grid;
  gridDim = {grid.x, grid.y, grid.z};
  blockDim = {launch.threads, 1, 1};
  fiber::Shuffler shuffler(schedule_.seed);
  fiber::Block block(work, schedule_, stacks_, shared_, ordering_, failure, statistics_);
  for (const unsigned i : fiber::in_order(schedule_.blocks, grid.x * grid.y * grid.z, shuffler)) {
    block.run({i % grid.x, i / grid.x % grid.y, i / grid.x / grid.y});
    if (failure.seen) return;
  }
}

}  // namespace sca::kernels::cuda
