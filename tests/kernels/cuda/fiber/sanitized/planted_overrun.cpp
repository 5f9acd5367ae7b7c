#include "tests/kernels/cuda/fiber/sanitized/planted.hpp"

int main() {
  using namespace sca::kernels::cuda;
  return test::run_planted({"write_outside", host_body<test::write_outside>}, {1}, 1, 64);
}
