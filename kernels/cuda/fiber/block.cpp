#include "kernels/cuda/fiber/block.hpp"

#include "kernels/cuda/fiber/position.hpp"

#if defined(__SANITIZE_THREAD__)
#error "the scheduler is no part of the program under test: -fno-sanitize=thread -DSCA_FIBER_TSAN"
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#error "the scheduler is no part of the program under test: -fno-sanitize=thread -DSCA_FIBER_TSAN"
#endif
#endif

namespace sca::kernels::cuda::fiber {
namespace {

constinit thread_local Block* current_block = nullptr;

}  // namespace

Block::Block(const Work& work, const Schedule& schedule, Stacks& stacks, SharedMemory& shared,
             Ordering& ordering, Failure& failure, Statistics& statistics)
    : work_(work),
      schedule_(schedule),
      shuffler_(schedule.seed),
      stacks_(stacks),
      shared_(shared),
      ordering_(ordering),
      failure_(failure),
      statistics_(statistics),
      order_(in_order(schedule.threads, work.threads, shuffler_)) {}

Block* Block::current() { return current_block; }

void Block::begin(uint3 index) {
  index_ = index;
  blockIdx = index;
  current_block = this;
  threads_.assign(work_.threads, Thread{});
  warps_.assign((work_.threads + 31) / 32, Lanes{});
  if (work_.threads % 32 != 0) warps_.back().elsewhere = ~0U << work_.threads % 32;
  if (schedule_.threads == Order::shuffled) shuffler_.shuffle(order_);
  fresh_ = 0;
  shared_.begin_block(work_.dynamic_bytes);
  ordering_.begin_block();
}

void Block::run(uint3 index) {
  begin(index);
  while (Thread* thread = failure_.seen ? nullptr : take_fresh()) {
    thread->stack = &stacks_.take();
    ordering_.publish();
    resume(*thread);
  }
  while (!failure_.seen && run_round()) continue;
  if (failure_.seen && sanitizers::thread) order_abandoned();
  shared_.end_block(failure_);
  current_block = nullptr;
  ++statistics_.blocks;
  statistics_.threads += work_.threads;
}

Thread* Block::take_fresh() { return fresh_ == order_.size() ? nullptr : &threads_[order_[fresh_++]]; }

void Block::select(Thread& thread) {
  running_ = &thread;
  threadIdx = {number(thread), 0, 0};
}

void Block::resume(Thread& thread) {
  ++statistics_.switches;
  select(thread);
  thread.stack->resume(this);
}

bool Block::run_round() {
  if (schedule_.threads == Order::shuffled) shuffler_.shuffle(order_);
  bool any_ran = false;
  bool any_left = false;
  for (const unsigned i : order_) {
    Thread& thread = threads_[i];
    if (thread.state == State::ready) {
      any_ran = true;
      resume(thread);
      if (failure_.seen) return false;
    }
    any_left |= thread.state != State::exited;
  }
  if (any_left && !any_ran) continue_or_explain();
  return any_left;
}

void Block::run_threads(Stack& stack) {
  for (;;) {
    auto& block = *static_cast<Block*>(stack.data());
    block.run_fresh(stack);
    block.stacks_.give_back(stack);
    stack.suspend();
  }
}

void Block::run_fresh(Stack& stack) noexcept {
  for (Thread* thread = running_; thread != nullptr;) {
    ordering_.begin_thread();
    work_.body(work_.argument);
    ordering_.end_thread();
    // The same one again only if it has waited: then it is not the last that was started.
    thread = running_;
    thread->state = State::exited;
    warps_[number(*thread) / 32].elsewhere |= 1U << number(*thread) % 32;
    // Whole threads one after another until one waits: without collectives, a thread costs no switch. A fiber
    // that ThreadSanitizer knows is one thread.
    thread = sanitizers::thread || failure_.seen ? nullptr : take_fresh();
    if (thread == nullptr) return;
    thread->stack = &stack;
    select(*thread);
  }
}

void Block::suspend() {
  running_->stack->suspend();
  if (failure_.seen) leave();
}

void Block::leave() {
  sanitizers::Unwatched::end();
  ordering_.end_thread();
  for (;;) running_->stack->suspend();
}

void Block::order_abandoned() {
  for (Thread& thread : threads_)
    if (thread.state == State::ready || thread.state == State::at_barrier || thread.state == State::in_warp)
      resume(thread);
}

void Block::fail(Site where, const char* text) {
  if (where.line == 0)
    failure_.record("%s (thread %u of block (%u,%u,%u))", text, number(*running_), index_.x, index_.y,
                    index_.z);
  else
    failure_.record("%s (thread %u of block (%u,%u,%u), %s:%d)", text, number(*running_), index_.x, index_.y,
                    index_.z, file_name(where.file), where.line);
  running_->state = State::exited;
  leave();
}

}  // namespace sca::kernels::cuda::fiber
