// The samples, in all orders: no sanitizer has anything to say.
#include <cstdio>

#include "tests/kernels/cuda/fiber/expectations.hpp"

int main() {
  using namespace sca::kernels::cuda;
  using fiber::Order;
  int wrong = 0;
  for (const Order order : {Order::forward, Order::reverse, Order::shuffled}) {
    FiberRunner runner(test::samples, {order, order, 1});
    wrong += test::wrong_samples(runner);
  }
  std::printf("%d numbers are wrong\n", wrong);
  return wrong == 0 ? 0 : 1;
}
