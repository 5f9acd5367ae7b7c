#include "tests/kernels/cuda/fiber/sanitized/planted.hpp"

int main() {
  using namespace sca::kernels::cuda;
  return test::run_planted({"blocks_race", host_body<test::blocks_race>}, {4}, 32, 0);
}
