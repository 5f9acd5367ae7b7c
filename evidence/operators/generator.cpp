#include "evidence/operators/generator.hpp"

#include <array>

namespace sca::evidence::operators {
namespace {

std::size_t drawn_size(const Size& size, Draws& draws) {
  switch (draws.within(0, 15)) {
    case 0:
    case 1: return size.least;
    case 2: return draws.within(size.least, size.most);
    default: return draws.within(size.least, size.usual);
  }
}

}  // namespace

OperatorCase drawn_case(const Definition& operation, std::string regime, Draws& draws) {
  OperatorCase one;
  one.name = operation.name;
  one.regime = std::move(regime);
  for (const Size& size : operation.sizes) one.sizes.emplace(size.name, drawn_size(size, draws));
  one.seed = draws.bits() >> 32U;
  return one;
}

std::vector<OperatorCase> simpler_than(const OperatorCase& one) {
  std::vector<OperatorCase> simpler;
  for (const Size& size : definition(one.name)->sizes) {
    const std::size_t n = one.size(size.name);
    for (std::size_t step = n - size.least; step > 0; step /= 2) {
      simpler.push_back(one);
      simpler.back().sizes.find(size.name)->second = n - step;
    }
  }
  if (one.regime != "uniform") {
    simpler.push_back(one);
    simpler.back().regime = "uniform";
  }
  return simpler;
}

}  // namespace sca::evidence::operators
