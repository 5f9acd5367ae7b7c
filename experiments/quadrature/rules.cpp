#include "experiments/quadrature/rules.hpp"

namespace sca::experiments {

double half_width(const Target& target, double phase) { return phase / target.spread; }

double gaussian_width(const Target& target, double phase) {
  return target.sigma > 0 ? target.sigma : half_width(target, phase) / 2;
}

}  // namespace sca::experiments
