#include "reference/rounding_tape.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace sca::reference {
namespace {

constexpr std::size_t lanes = 4;  // outputs that are swept together: a number's adjoints fill a cache line

/// Derivatives of the outputs by one number, each within its radius, which is `settled` in the end.
struct Adjoints {
  std::array<double, lanes> middle{};
  std::array<double, lanes> radius{};

  bool are_zero() const {
    const auto zero = [](double x) { return x == 0; };
    return std::ranges::all_of(middle, zero) && std::ranges::all_of(radius, zero);
  }
  /// *this += (s within s_radius) * x. A rounding to nearest errs by at most u times its result.
  void add_product(double s, double s_radius, const Adjoints& x) {
    constexpr double u = 0x1p-53;
    for (std::size_t i = 0; i < lanes; ++i) {
      const double product = s * x.middle[i];
      const double sum = middle[i] + product;
      const double rounded = u * (std::abs(product) + std::abs(sum)) + underflow_allowance;
      middle[i] = sum;
      radius[i] += rounded + (std::abs(s) * x.radius[i] + s_radius * (std::abs(x.middle[i]) + x.radius[i]));
    }
  }
};

}  // namespace

NodeId RoundingTape::append(Upper rounding) {
  constexpr std::size_t most = constant_node;  // of numbers; of edges, for `settled`: six roundings each
  if (nodes_.size() == most || edges_.size() > most) throw std::length_error("tape: full");
  nodes_.push_back({edges_.size(), rounding});
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId RoundingTape::input() {
  if (nodes_.size() != inputs_) throw std::logic_error("tape: inputs come first");
  ++inputs_;
  return append({});
}

void RoundingTape::add_edge(NodeId from, const Ball& partial) {
  const auto middle = static_cast<double>(partial.middle);
  const Upper radius = partial.radius + middle_distance(Ball::exact(middle), partial);
  edges_.push_back({from, middle, radius.bound()});
}

NodeId RoundingTape::record(Upper rounding) {
  const std::size_t recorded = nodes_.empty() ? 0 : nodes_.back().last_edge;
  if (recorded == edges_.size() && rounding.is_zero()) return constant_node;
  return append(rounding);
}

/// The reverse sweeps of `lanes` outputs.
class RoundingTape::Sweep {
 public:
  explicit Sweep(const RoundingTape& tape) : tape_(tape), adjoints_(tape.nodes_.size()) {}

  void run(std::span<const NodeId> outputs) {
    std::size_t last = 0;
    for (const NodeId output : outputs) {
      if (output != constant_node) last = std::max<std::size_t>(last, output + std::size_t{1});
    }
    std::fill_n(adjoints_.begin(), tape_.inputs_, Adjoints{});
    total_ = {};
    for (std::size_t lane = 0; lane < outputs.size(); ++lane) {
      if (outputs[lane] != constant_node) adjoints_[outputs[lane]].middle[lane] = 1;
    }
    for (std::size_t i = last; i-- > tape_.inputs_;) {
      if (!adjoints_[i].are_zero()) pass_on(i);
    }
  }

  /// Row i of `errors` from one of the outputs.
  void result(std::size_t lane, std::size_t i, Errors& errors) const {
    for (std::size_t j = 0; j < tape_.inputs_; ++j) {
      errors.by_input.middle[i * tape_.inputs_ + j] = adjoints_[j].middle[lane];
      errors.by_input.radius[i * tape_.inputs_ + j] = settled(adjoints_[j].radius[lane]).bound();
    }
    errors.rounding[i] = settled(total_.radius[lane]);
  }

 private:
  /// Leaves the number's adjoints zero for the next sweep.
  void pass_on(std::size_t i) {
    const Adjoints weight = std::exchange(adjoints_[i], {});
    for (std::size_t e = tape_.first_edge(i); e < tape_.nodes_[i].last_edge; ++e) {
      const Edge& edge = tape_.edges_[e];
      adjoints_[edge.from].add_product(edge.middle, edge.radius, weight);
    }
    // A rounding is a number within its bound of zero.
    total_.add_product(0, tape_.nodes_[i].rounding.bound(), weight);
  }

  const RoundingTape& tape_;
  std::vector<Adjoints> adjoints_;
  Adjoints total_;
};

RoundingTape::Errors RoundingTape::errors(std::span<const NodeId> outputs) const {
  Errors errors{BallMatrix::zeros(outputs.size(), inputs_), {}};
  errors.rounding.assign(outputs.size(), Upper::unknown());
  Sweep sweep(*this);
  for (std::size_t first = 0; first < outputs.size(); first += lanes) {
    const auto some = outputs.subspan(first, std::min(lanes, outputs.size() - first));
    sweep.run(some);
    for (std::size_t lane = 0; lane < some.size(); ++lane) sweep.result(lane, first + lane, errors);
  }
  return errors;
}

}  // namespace sca::reference
