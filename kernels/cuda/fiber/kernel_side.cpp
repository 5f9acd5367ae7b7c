// What a kernel's code calls: it goes to the block that runs on this OS thread.
#include <cstdarg>

#include "kernels/cuda/fiber/atomics.hpp"
#include "kernels/cuda/fiber/block.hpp"
#include "kernels/cuda/fiber/sanitizers.hpp"
#include "kernels/cuda/fiber/shared_array.hpp"

namespace sca::kernels::cuda::fiber {

void fail(Site where, const char* format, ...) {
  const sanitizers::Unwatched unwatched;
  Failure failure;
  std::va_list arguments;
  va_start(arguments, format);
  failure.record_list(format, arguments);
  va_end(arguments);
  if (Block::current() == nullptr) raise(failure);  // a host's mistake
  Block::current()->fail(where, failure.text);
}

int block_barrier(Reduction reduction, int predicate, Site where) {
  const sanitizers::Unwatched unwatched;
  return Block::current()->wait_for_block(reduction, predicate, where);
}

std::uint64_t warp_collective(const WarpCall& call) {
  const sanitizers::Unwatched unwatched;
  return Block::current()->wait_for_warp(call);
}

void fence_grid() { Block::current()->ordering().fence_grid(); }
void fence_block() { Block::current()->ordering().fence_block(); }

void* acquire_static_shared(std::size_t bytes, void** owner, const char* type) {
  void* memory = nullptr;
  {
    const sanitizers::Unwatched unwatched;
    memory = Block::current()->shared().acquire(bytes, owner, type);
  }
  if (memory == nullptr) fail({}, "too much shared memory: another %zu bytes of %s", bytes, type);
  return memory;
}

void* dynamic_shared() { return Block::current()->shared().dynamic(); }

}  // namespace sca::kernels::cuda::fiber
