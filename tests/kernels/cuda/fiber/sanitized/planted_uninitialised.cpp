#include "tests/kernels/cuda/fiber/sanitized/planted.hpp"

int main() {
  using namespace sca::kernels::cuda;
  return test::run_planted({"uninitialised", host_body<test::uninitialised>}, {1}, 32, 0);
}
