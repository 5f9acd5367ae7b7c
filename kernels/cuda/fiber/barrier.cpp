#include "kernels/cuda/fiber/block.hpp"

namespace sca::kernels::cuda::fiber {

int Block::wait_for_block(Reduction reduction, int predicate, Site where) {
  Thread& thread = *running_;
  const unsigned i = number(thread);
  thread.barrier = where;
  thread.predicate = predicate;
  thread.state = State::at_barrier;
  warps_[i / 32].elsewhere |= 1U << i % 32;
  ordering_.reach_barrier(thread.barriers);
  suspend();
  ordering_.leave_barrier(thread.barriers++);
  const auto count = static_cast<int>(thread.result);
  switch (reduction) {
    case Reduction::none: return 0;
    case Reduction::count: return count;
    case Reduction::all: return count == static_cast<int>(work_.threads) ? 1 : 0;
    case Reduction::any: return count != 0 ? 1 : 0;
  }
  return 0;
}

/// Nobody can run: all wait for the block, or something is wrong.
void Block::continue_or_explain() {
  if (!explain_warp_deadlock() && !explain_divergence()) release_barrier();
}

bool Block::explain_warp_deadlock() {
  for (const Thread& thread : threads_) {
    if (thread.state != State::in_warp) continue;
    const unsigned warp = number(thread) / 32;
    const int lane = find_stranger(warp, thread.call);
    char text[80];
    failure_.record("deadlock: thread %u of block (%u,%u,%u) waits at %s:%d for lane %d, which %s",
                    number(thread), index_.x, index_.y, index_.z, file_name(thread.call.where.file),
                    thread.call.where.line, lane, whereabouts(warp, static_cast<unsigned>(lane), text));
    return true;
  }
  return false;
}

bool Block::explain_divergence() {
  const Thread* first = nullptr;
  const Thread* exited = nullptr;
  for (const Thread& thread : threads_) {
    if (thread.state == State::exited) {
      exited = &thread;
    } else if (first == nullptr) {
      first = &thread;
    } else if (!(thread.barrier == first->barrier)) {
      failure_.record(
          "divergent __syncthreads: of block (%u,%u,%u), thread %u is at %s:%d and thread %u at %s:%d",
          index_.x, index_.y, index_.z, number(*first), file_name(first->barrier.file), first->barrier.line,
          number(thread), file_name(thread.barrier.file), thread.barrier.line);
      return true;
    }
  }
  if (first == nullptr || exited == nullptr) return false;
  failure_.record(
      "divergent __syncthreads: of block (%u,%u,%u), thread %u waits at %s:%d and thread %u has exited",
      index_.x, index_.y, index_.z, number(*first), file_name(first->barrier.file), first->barrier.line,
      number(*exited));
  return true;
}

void Block::release_barrier() {
  ++statistics_.barriers;
  std::uint64_t count = 0;
  for (const Thread& thread : threads_) count += thread.predicate != 0 ? 1U : 0U;
  for (Thread& thread : threads_) {
    thread.result = count;
    thread.state = State::ready;
  }
  for (Lanes& lanes : warps_) lanes.elsewhere = 0;
  if (work_.threads % 32 != 0) warps_.back().elsewhere = ~0U << work_.threads % 32;
}

}  // namespace sca::kernels::cuda::fiber
