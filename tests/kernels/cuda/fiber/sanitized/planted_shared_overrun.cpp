#include "tests/kernels/cuda/fiber/sanitized/planted.hpp"

int main() {
  using namespace sca::kernels::cuda;
  return test::run_planted({"pointer_outside", host_body<test::pointer_outside>}, {1}, 32, 33);
}
