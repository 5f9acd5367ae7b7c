#pragma once

#include <algorithm>
#include <concepts>
#include <limits>
#include <list>
#include <string>
#include <vector>

#include "evidence/judge/dump.hpp"
#include "kernels/network/arena.hpp"
#include "kernels/network/parameters.hpp"

namespace sca::evidence::networks {

/// What a run of kernels takes from a dump and what it leaves there. Memory begins as NaN: what is read
/// before it is written shows.
template <class Real>
class Results {
 public:
  explicit Results(const judge::Dump& inputs) : dump_(inputs) {
    std::erase_if(dump_.tensors, [](const auto& tensor) { return !is_input(tensor.first); });
  }

  const judge::Dump& inputs() const { return dump_; }
  judge::Dump take() { return std::move(dump_); }

  /// An input, in memory that stays.
  Real* in(const std::string& name) { return kept(dump_.tensors.at(name).values); }
  Real* room(std::int64_t count) {
    return kept(
        std::vector<double>(static_cast<std::size_t>(count), std::numeric_limits<double>::quiet_NaN()));
  }
  Real* zeros(std::int64_t count) { return kept(std::vector<double>(static_cast<std::size_t>(count), 0.0)); }

  /// Sets the pointers of a block's parameters: from the dump.
  template <class Sizes, class Parameters>
  void read_parameters(const Sizes& sizes, Parameters& parameters, const std::string& prefix) {
    visit(sizes, parameters,
          [&](const std::string& name, const sca::kernels::Extents&, auto*& pointer, bool) {
            pointer = in("p." + prefix + name);
          });
  }
  /// To zeros, for gradients.
  template <class Sizes, class Parameters>
  void place_gradients(const Sizes& sizes, Parameters& parameters) {
    visit(sizes, parameters,
          [&](const std::string&, const sca::kernels::Extents& shape, auto*& pointer, bool) {
            std::int64_t count = 1;
            for (const std::int64_t n : shape) count *= n;
            pointer = zeros(count);
          });
  }
  template <class Sizes, class Parameters>
  void put_gradients(const Sizes& sizes, Parameters& parameters, const std::string& prefix) {
    visit(sizes, parameters,
          [&](const std::string& name, const sca::kernels::Extents& shape, auto*& pointer, bool) {
            put("g." + prefix + name, {shape.begin(), shape.end()}, pointer);
          });
  }

  /// A result; called again, what is appended to it. One without entries is left out.
  void put(const std::string& name, const std::vector<std::size_t>& shape, const Real* data) {
    std::size_t count = 1;
    for (const std::size_t n : shape) count *= n;
    if (count == 0) return;
    Array& array = dump_.tensors[name];
    array.shape = shape;
    array.dtype = std::same_as<Real, double> ? "<f8" : "<f4";
    array.values.insert(array.values.end(), data, data + count);
  }

  bool differentiates() const { return dump_.has("G"); }

 private:
  static bool is_input(const std::string& name) {
    return name == "cfg" || name == "x" || name == "G" || name == "ids" || name == "mask" ||
           name.starts_with("p.");
  }
  Real* kept(const std::vector<double>& values) {
    std::vector<Real>& made = memory_.emplace_back();
    for (const double x : values) made.push_back(static_cast<Real>(x));
    return made.data();
  }

  judge::Dump dump_;
  std::list<std::vector<Real>> memory_;
};

}  // namespace sca::evidence::networks
