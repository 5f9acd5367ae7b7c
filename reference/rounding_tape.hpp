#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "reference/ball.hpp"
#include "reference/ball_matrix.hpp"
#include "reference/tape.hpp"

namespace sca::reference {

/// How an evaluation passes on the errors of its inputs and its own roundings: of every number, its partial
/// derivatives by the numbers that it was made of, each within a radius, and how far from the exact result of
/// this one operation it may be computed.
///
/// error    Let v be the numbers of the exact evaluation and w what is computed for them: v_k = f_k(v), w_k =
///          f_k(w) + e_k, |e_k| <= rounding_k. By the mean value theorem f_k(w) - f_k(v) = sum_j p_kj (w_j -
///          v_j) with p_kj the mean of f_k's derivative from v to w. These equations are linear: w_o - v_o =
///          sum_i a_oi (w_i - v_i) + sum_k a_ok e_k, i over the inputs, k over everything else, and a row a_o
///          is what a reverse sweep over p from o computes. It is swept over enclosures of p.
/// source   S. Linnainmaa: Taylor expansion of the accumulated rounding error (1976), whose first-order term
///          this is, here without a remainder; R. Moore: Interval Analysis (1966), the mean value form
class RoundingTape {
 public:
  /// Inputs come before all others (else std::logic_error).
  NodeId input();
  /// Of the next recorded number: its derivative by `from` lies in `partial` all the way from the exact
  /// numbers to the computed ones.
  void add_edge(NodeId from, const Ball& partial);
  /// The derivative is 1 or -1.
  void add_edge(NodeId from, bool negative) { edges_.push_back({from, negative ? -1.0 : 1.0, 0}); }
  /// The number whose edges were added since the last one; a constant if it has none and is not rounded.
  NodeId record(Upper rounding);

  /// What reaches the outputs: w_o - v_o = (by_input (w - v))_o + e_o, |e_o| <= rounding_o.
  struct Errors {
    BallMatrix by_input;
    std::vector<Upper> rounding;
  };
  /// error    unknown where a rounding or a derivative on the way is
  Errors errors(std::span<const NodeId> outputs) const;

 private:
  struct Edge {
    NodeId from;
    double middle;
    double radius;
  };
  struct Node {
    std::size_t last_edge;  // one past
    Upper rounding;
  };
  class Sweep;

  std::size_t first_edge(std::size_t node) const { return node == 0 ? 0 : nodes_[node - 1].last_edge; }
  NodeId append(Upper rounding);

  std::size_t inputs_ = 0;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
};

}  // namespace sca::reference
