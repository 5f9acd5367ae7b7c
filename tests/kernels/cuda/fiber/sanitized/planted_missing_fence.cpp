// A block reads what others have written, and nothing but a relaxed counter says that they have.
#include <cstdio>

#include "tests/kernels/cuda/fiber/expectations.hpp"

int main() {
  using namespace sca::kernels::cuda;
  const HostKernel kernel{"totals", host_body<test::totals<false>>};
  FiberRunner runner({&kernel, 1});
  std::printf("%d numbers are wrong\n", test::wrong_totals(runner, "totals", 5, 9));
}
