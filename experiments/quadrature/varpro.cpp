#include "experiments/quadrature/varpro.hpp"

#include <Eigen/QR>
#include <unsupported/Eigen/NonLinearOptimization>

#include <cmath>
#include <limits>

#include "experiments/random.hpp"

namespace sca::experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// The residual of the best weights, as a function of the nodes alone; in Eigen's terms.
class Projection {
 public:
  using InputType = VectorXd;
  using ValueType = VectorXd;
  using JacobianType = MatrixXd;

  Projection(const Samples& samples, std::size_t p, const NodeRange& range)
      : samples_(samples), p_(static_cast<Index>(p)), q_(static_cast<Index>(samples.q)), range_(range) {}

  int inputs() const { return static_cast<int>(p_ * q_); }
  int values() const { return static_cast<int>(samples_.size()); }

  /// theta and d theta/dz of each coordinate.
  double node(double z) const {
    return range_.is_bounded ? range_.low + (range_.high - range_.low) / (1 + std::exp(-z)) : z;
  }
  double node_derivative(double z) const {
    if (!range_.is_bounded) return 1;
    const double s = 1 / (1 + std::exp(-z));
    return (range_.high - range_.low) * s * (1 - s);
  }

  /// The least-squares weights, w_0 = 1 - the others, and the residual.
  struct Solution {
    VectorXd weights;
    VectorXd residual;
    MatrixXd basis;  // of the space that the weights reach
  };

  Solution solve(const VectorXd& z) const {
    const MatrixXd cosines = phases(z).array().cos();
    const VectorXd first = scaled(cosines.col(0));
    Solution solution{VectorXd::Ones(p_), first, {}};
    if (p_ == 1) return solution;
    MatrixXd others(values(), p_ - 1);
    for (Index m = 1; m < p_; ++m) others.col(m - 1) = scaled(cosines.col(m) - cosines.col(0));
    // Nodes that meet would get weights of opposite signs without limit: half of a double's digits are kept.
    Eigen::CompleteOrthogonalDecomposition<MatrixXd> qr;
    qr.setThreshold(std::sqrt(std::numeric_limits<double>::epsilon()));
    qr.compute(others);
    const VectorXd w = qr.solve(-first);
    solution.weights << 1 - w.sum(), w;
    solution.residual = first + others * w;
    solution.basis = qr.householderQ() * MatrixXd::Identity(values(), qr.rank());
    return solution;
  }

  int operator()(const VectorXd& z, VectorXd& residual) const {
    residual = solve(z).residual;
    return 0;
  }

  int df(const VectorXd& z, MatrixXd& jacobian) const {
    const Solution solution = solve(z);
    const MatrixXd sines = phases(z).array().sin();
    for (Index m = 0; m < p_; ++m) {
      for (Index l = 0; l < q_; ++l) {
        VectorXd column = scaled(sines.col(m));
        for (Index i = 0; i < column.size(); ++i)
          column(i) *= -solution.weights(m) * node_derivative(z(m * q_ + l)) * x(i, l);
        if (solution.basis.cols() > 0) column -= solution.basis * (solution.basis.transpose() * column);
        jacobian.col(m * q_ + l) = column;
      }
    }
    return 0;
  }

 private:
  double x(Index i, Index l) const { return samples_.x[static_cast<std::size_t>(i * q_ + l)]; }

  VectorXd scaled(const VectorXd& column) const {
    return column.cwiseProduct(Eigen::Map<const VectorXd>(samples_.scales.data(), values()));
  }

  /// <theta_m, x_i>, [N, p].
  MatrixXd phases(const VectorXd& z) const {
    MatrixXd result = MatrixXd::Zero(values(), p_);
    for (Index m = 0; m < p_; ++m) {
      for (Index l = 0; l < q_; ++l) {
        const double theta = node(z(m * q_ + l));
        for (Index i = 0; i < result.rows(); ++i) result(i, m) += theta * x(i, l);
      }
    }
    return result;
  }

  const Samples& samples_;
  Index p_;
  Index q_;
  NodeRange range_;
};

VectorXd start(const Projection& problem, const NodeRange& range, double reach, std::uint64_t seed) {
  VectorXd z(problem.inputs());
  for (Index i = 0; i < z.size(); ++i) {
    const double u = unit(seed, static_cast<std::uint64_t>(i));
    z(i) = range.is_bounded ? std::log(u / (1 - u)) : reach * (2 * u - 1);
  }
  return z;
}

}  // namespace

double LearnedRule::kernel(const double* x, std::size_t q) const {
  double sum = 0;
  for (std::size_t m = 0; m < weights.size(); ++m) {
    double phase = 0;
    for (std::size_t l = 0; l < q; ++l) phase += nodes[m * q + l] * x[l];
    sum += weights[m] * std::cos(phase);
  }
  return sum;
}

LearnedRule learned_rule(const Samples& samples, std::size_t p, const NodeRange& range, double reach,
                         std::size_t starts, std::uint64_t seed) {
  LearnedRule best;
  for (std::size_t s = 0; s < starts; ++s) {
    Projection problem(samples, p, range);
    VectorXd z = start(problem, range, std::ldexp(reach, static_cast<int>(s % 4)), derived(seed, s));
    Eigen::LevenbergMarquardt<Projection> search(problem);
    constexpr int evaluations = 100;
    search.parameters.maxfev = evaluations;
    search.minimize(z);
    const auto solution = problem.solve(z);
    const double rms = solution.residual.norm() / std::sqrt(static_cast<double>(samples.size()));
    if (s > 0 && !(rms < best.root_mean_square)) continue;
    best.root_mean_square = rms;
    best.weights.assign(solution.weights.begin(), solution.weights.end());
    best.nodes.clear();
    for (const double one : z) best.nodes.push_back(problem.node(one));
  }
  return best;
}

}  // namespace sca::experiments
