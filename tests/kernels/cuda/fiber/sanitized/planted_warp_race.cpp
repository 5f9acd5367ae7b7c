#include "tests/kernels/cuda/fiber/sanitized/planted.hpp"

int main() {
  using namespace sca::kernels::cuda;
  return test::run_planted({"warp_synchronous", host_body<test::warp_synchronous>}, {1}, 32, 0);
}
