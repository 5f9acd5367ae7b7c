#include "kernels/cuda/fiber/stack.hpp"

namespace sca::kernels::cuda::fiber {

namespace context = boost::context::detail;

Stack::Stack(Body body, std::size_t number)
    : pages_(size, Pages::Guard::lowest), body_(body), bytes_(size - number * 576 % Pages::size_of_one) {
  prepare();
}

Stack::~Stack() { sanitizers::end_fiber(own_side_); }

void Stack::prepare() {
  own_ = context::make_fcontext(pages_.begin() + bytes_, bytes_, enter);
  own_side_ = {pages_.begin(), size, nullptr, nullptr};
  sanitizers::begin_fiber(own_side_);
}

void Stack::renew() {
  sanitizers::end_fiber(own_side_);
  pages_.renew();
  prepare();
}

void Stack::enter(context::transfer_t from) {
  Stack& self = *static_cast<Stack*>(from.data);
  self.resumer_ = from.fctx;
  sanitizers::arrive(self.resumer_side_, self.own_side_);
  self.body_(self);
}

void Stack::resume(void* data) {
  data_ = data;
  sanitizers::leave(resumer_side_, own_side_);
  own_ = context::jump_fcontext(own_, this).fctx;
  sanitizers::arrive(own_side_, resumer_side_);
}

void Stack::suspend() {
  sanitizers::leave(own_side_, resumer_side_);
  resumer_ = context::jump_fcontext(resumer_, nullptr).fctx;
  sanitizers::arrive(resumer_side_, own_side_);
}

Stack& Stacks::take() {
  if (free_.empty()) {
    free_.reserve(all_.size() + 1);
    return *all_.emplace_back(std::make_unique<Stack>(body_, all_.size()));
  }
  Stack& stack = *free_.back();
  free_.pop_back();
  if constexpr (sanitizers::thread) stack.renew();
  return stack;
}

void Stacks::drop_all() {
  free_.clear();
  all_.clear();
}

}  // namespace sca::kernels::cuda::fiber
