#include "tests/kernels/cuda/fiber/sanitized/planted.hpp"

int main() {
  using namespace sca::kernels::cuda;
  return test::run_planted({"missing_barrier", host_body<test::missing_barrier>}, {1}, 64, 0);
}
