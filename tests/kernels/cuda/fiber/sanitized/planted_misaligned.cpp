#include "tests/kernels/cuda/fiber/sanitized/planted.hpp"

int main() {
  using namespace sca::kernels::cuda;
  return test::run_planted({"misaligned", host_body<test::misaligned>}, {1}, 32, 1);
}
