#pragma once

#include <functional>
#include <span>

#include "experiments/quadrature/target.hpp"

namespace sca::experiments {

/// K of the law that nodes are drawn from; real and even.
using RealKernel = std::function<double(std::span<const double>)>;

/// E |error|^2 of the readout with a single node: over M, it is that of M independent nodes. source
/// companion.md, Proposition 9.4
double one_node_variance(const Target& target, const RealKernel& kernel);

/// The same of a quotient's denominator, which is 1.
double denominator_variance(const Target& target, const RealKernel& kernel);

}  // namespace sca::experiments
