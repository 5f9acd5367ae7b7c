#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <memory>
#include <vector>

#include "kernels/cuda/fiber/pages.hpp"
#include "kernels/cuda/fiber/sanitizers.hpp"

namespace sca::kernels::cuda::fiber {

/// A fiber's stack, and what stands on it while it does not run. A page below it ends the program that
/// overflows it.
class Stack {
 public:
  using Body = void (*)(Stack& stack);

  /// `body` never returns.
  /// Stacks of different numbers begin in different lines of the cache: else all would share the few of one
  /// set.
  Stack(Body body, std::size_t number);
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  /// Runs until the body calls suspend(). Always from the same OS thread: compilers keep addresses of
  /// thread_local variables.
  void resume(void* data);
  /// What the last resume() passed.
  void* data() const { return data_; }
  /// Called on this stack: back to who resumed it.
  void suspend();
  /// A new fiber, as ThreadSanitizer sees it. What ran here is dropped, not unwound.
  void renew();

 private:
  static void enter(boost::context::detail::transfer_t from);

  static constexpr std::size_t size = std::size_t{256} << 10;

  void prepare();

  Pages pages_;
  Body body_;
  std::size_t bytes_;
  void* data_ = nullptr;
  boost::context::detail::fcontext_t own_ = nullptr;
  boost::context::detail::fcontext_t resumer_ = nullptr;
  sanitizers::Side own_side_;
  sanitizers::Side resumer_side_;
};

/// Stacks that are used again, since a new one costs more than what a block does on it.
class Stacks {
 public:
  explicit Stacks(Stack::Body body) : body_(body) {}

  Stack& take();
  /// Nothing that stands on it will be resumed. Called on it: there is room already, for ThreadSanitizer
  /// watches allocations.
  void give_back(Stack& stack) { free_.push_back(&stack); }
  /// For when something stands on them that must never run on.
  void drop_all();

 private:
  Stack::Body body_;
  std::vector<std::unique_ptr<Stack>> all_;
  std::vector<Stack*> free_;
};

}  // namespace sca::kernels::cuda::fiber
