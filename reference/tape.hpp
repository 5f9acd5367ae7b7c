#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

#include "theory/scalar.hpp"

namespace sca::reference {

/// Place of a number on a tape, or `constant_node` where nothing depends on it.
using NodeId = std::uint32_t;
inline constexpr NodeId constant_node = std::numeric_limits<NodeId>::max();

/// What reverse-mode differentiation remembers of an evaluation: of every number that depends on a variable,
/// which numbers it was made of, and its partial derivatives by them.
///
/// An inner product of a matrix's row or column, all variables, with other numbers is one node: memory grows
/// with the numbers that are computed, not with the multiplications.
///
/// domain   fewer than 2^32 - 1 numbers; variables before all others (else std::logic_error)
/// source   A. Griewank, A. Walther: Evaluating Derivatives (2nd ed., 2008), chapter 3
template <class Value>
class Tape {
 public:
  /// A number that an inner product is recorded of: its value, and where it comes from.
  struct Source {
    const Value& value;
    NodeId from;
  };

  NodeId variable(const Value& value) {
    if (nodes_.size() != variables_.size()) throw std::logic_error("tape: variables come first");
    variables_.push_back(value);
    return append({0, 0, no_product});
  }

  /// The next recorded number's derivative by `from`: 1 or -1, or `partial`.
  void add_edge(NodeId from, bool negative) {
    if (from != constant_node) edges_.push_back({from, negative ? minus : plus});
  }
  void add_edge(NodeId from, const Value& partial) {
    if (from == constant_node) return;
    edges_.push_back({from, partials_.size()});
    partials_.push_back(partial);
  }
  /// The number whose edges were added since the last one; a constant if there are none.
  NodeId record() {
    if (recorded_edges_ == edges_.size()) return constant_node;
    return append({recorded_edges_, edges_.size(), no_product});
  }

  /// sum + sum_i matrix_i row(i), i < n, where matrix_i is variable number `first + i * stride`. A row that
  /// meets every row of a matrix in turn is kept once.
  template <class Row>
  NodeId record_product(NodeId sum, NodeId first, std::size_t stride, std::size_t n, Row row) {
    add_edge(sum, false);
    if (rows_.empty() || !is_last_row(n, row)) {
      std::vector<Factor>& kept = rows_.emplace_back();
      kept.reserve(n);
      for (std::size_t i = 0; i < n; ++i) kept.push_back({row(i).value, row(i).from});
    }
    products_.push_back({first, stride, rows_.size() - 1});
    return append({recorded_edges_, edges_.size(), products_.size() - 1});
  }

  bool is_variable(NodeId id) const { return id < variables_.size(); }

  /// Derivatives of sum_i weight_i number_i by everything on the tape; index: NodeId.
  ///
  /// error    chains as long as there are uses of a number; every number's derivative is a sum over its uses
  std::vector<Value> gradient(std::span<const NodeId> numbers, std::span<const Value> weights) const {
    std::vector<Value> gradient(nodes_.size(), Value(0));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] != constant_node) gradient[numbers[i]] = gradient[numbers[i]] + weights[i];
    }
    for (std::size_t i = nodes_.size(); i-- > variables_.size();) propagate(nodes_[i], gradient[i], gradient);
    return gradient;
  }

 private:
  static constexpr std::size_t plus = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t minus = plus - 1;
  static constexpr std::size_t no_product = plus;

  struct Edge {
    NodeId from;
    std::size_t partial;  // index, or plus or minus
  };
  struct Node {
    std::size_t first_edge;
    std::size_t last_edge;  // one past
    std::size_t product;
  };
  struct Factor {
    Value value;
    NodeId from;
  };
  struct Product {
    NodeId first;
    std::size_t stride;
    std::size_t row;
  };

  NodeId append(const Node& node) {
    if (nodes_.size() == constant_node) throw std::length_error("tape: full");
    nodes_.push_back(node);
    recorded_edges_ = edges_.size();
    return static_cast<NodeId>(nodes_.size() - 1);
  }

  /// Constants may differ though nothing tells them apart.
  template <class Row>
  bool is_last_row(std::size_t n, Row row) const {
    const std::vector<Factor>& last = rows_.back();
    if (last.size() != n) return false;
    for (std::size_t i = 0; i < n; ++i) {
      if (last[i].from == constant_node || last[i].from != row(i).from) return false;
    }
    return true;
  }

  void propagate(const Node& node, const Value& weight, std::vector<Value>& gradient) const {
    for (std::size_t i = node.first_edge; i < node.last_edge; ++i) {
      Value& target = gradient[edges_[i].from];
      if (edges_[i].partial == plus) {
        target = target + weight;
      } else if (edges_[i].partial == minus) {
        target = target - weight;
      } else {
        Scalar<Value>::add_product(target, weight, partials_[edges_[i].partial]);
      }
    }
    if (node.product != no_product) propagate(products_[node.product], weight, gradient);
  }

  void propagate(const Product& product, const Value& weight, std::vector<Value>& gradient) const {
    const std::vector<Factor>& row = rows_[product.row];
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t matrix = product.first + i * product.stride;
      Scalar<Value>::add_product(gradient[matrix], weight, row[i].value);
      if (row[i].from != constant_node)
        Scalar<Value>::add_product(gradient[row[i].from], weight, variables_[matrix]);
    }
  }

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<Value> partials_;
  std::vector<Value> variables_;
  std::vector<Product> products_;
  std::vector<std::vector<Factor>> rows_;
  std::size_t recorded_edges_ = 0;
};

}  // namespace sca::reference
