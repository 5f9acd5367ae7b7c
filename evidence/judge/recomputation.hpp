#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "evidence/judge/generated.hpp"
#include "evidence/judge/precision.hpp"
#include "evidence/judge/recompute.hpp"
#include "reference/adjoint.hpp"
#include "reference/layer_step.hpp"

namespace sca::evidence::judge {

/// What a dump's results are recomputed with: its inputs as numbers on a tape, and the results so far.
template <class Value>
class Recomputation {
 public:
  using Real = reference::Adjoint<Value>;
  using Tensor = reference::Tensor<Real>;

  Recomputation(const Dump& dump, Stages stages) : dump_(dump), stages_(stages) {
    differentiates_ = stages == Stages::chained && dump.has("G") && wants_gradients();
  }

  const Dump& dump() const { return dump_; }
  bool differentiates() const { return differentiates_; }
  Tensors<Value> take_results() { return std::move(results_); }

  /// Whether the file has this result, in whatever precision.
  bool wants(const std::string& name) const {
    return std::ranges::any_of(dump_.tensors, [&](const auto& tensor) {
      return tensor.first == name || stated_name(tensor.first).base == name;
    });
  }
  bool wants_any(const std::string& prefix) const {
    return std::ranges::any_of(dump_.tensors,
                               [&](const auto& tensor) { return tensor.first.starts_with(prefix); });
  }

  /// An input as exact constants.
  Tensor constant(const std::string& name) const {
    const Array& array = dump_.tensors.at(name);
    Tensor tensor{array.shape, {}};
    for (const double x : array.values) tensor.data.push_back(Real(x));
    return tensor;
  }
  /// An input that gradients are taken by.
  Tensor variable(const std::string& name) {
    if (!differentiates_) return constant(name);
    const Array& array = dump_.tensors.at(name);
    Tensor tensor{array.shape, {}};
    for (const double x : array.values) tensor.data.push_back(Real(Value(x), tape_.variable(Value(x))));
    variables_.emplace(name, tensor.data.empty() ? reference::constant_node : tensor.data.front().id());
    return tensor;
  }
  auto variable_parameters() {
    return [this](const std::string& name, const reference::Shape&) { return variable("p." + name); };
  }
  auto constant_parameters() const {
    return [this](const std::string& name, const reference::Shape&) { return constant("p." + name); };
  }

  /// f() with everything recorded, if gradients are wanted.
  template <class F>
  auto recorded(F f) {
    if (!differentiates_) return f();
    const typename Real::Recording recording(tape_);
    return f();
  }

  /// Appends to the result `name`, if it is wanted: states are recorded several times.
  void put(const std::string& name, const Tensor& tensor) {
    if (!wants(name)) return;
    std::vector<Value>& result = results_[name].data;
    for (const Real& x : tensor.data) result.push_back(x.value());
  }
  void put(const std::string& name, reference::Tensor<Value> tensor) {
    if (wants(name)) results_[name] = std::move(tensor);
  }
  /// An input's first numbers, by which a file shows that its generator is ours.
  void put_first(const std::string& name, const std::string& input, std::size_t count) {
    const std::vector<double>& values = dump_.tensors.at(input).values;
    reference::Tensor<Value> first;
    for (std::size_t i = 0; i < std::min(count, values.size()); ++i) first.data.push_back(Value(values[i]));
    put(name, std::move(first));
  }
  /// A result that later stages go on from: with the file's own numbers, if stages are judged one by one.
  void pass(const std::string& name, Tensor& tensor) {
    put(name, tensor);
    if (differentiates_) intermediates_.emplace(name, tensor);
    if (!goes_on_from_stored(name)) return;
    const reference::Tensor<Value> values = stored(name);
    if (values.data.size() != tensor.data.size()) return;  // judged, and named, as a wrong shape
    for (std::size_t i = 0; i < values.data.size(); ++i)
      tensor.data[i] = Real(values.data[i], reference::constant_node);
  }
  /// A result of the file as what the evaluation went on from.
  reference::Tensor<Value> stored(const std::string& name) const {
    const Array& array = dump_.tensors.at(name);
    reference::Tensor<Value> tensor{array.shape, {}};
    for (const double x : array.values) tensor.data.push_back(stored_value(x, precision(array.dtype)));
    return tensor;
  }
  bool judges_stages() const { return stages_ == Stages::stored; }
  bool goes_on_from_stored(const std::string& name) const {
    return stages_ == Stages::stored && dump_.has(name);
  }

  /// G.
  reference::Tensor<Value> cotangent() const {
    const Array& array = dump_.tensors.at("G");
    reference::Tensor<Value> result{array.shape, {}};
    for (const double x : array.values) result.data.push_back(Value(x));
    return result;
  }

  /// Gradients of sum(output * G), of everything that is wanted.
  void differentiate(const Tensor& output) {
    if (!differentiates_) return;
    const reference::Tensor<Value> G = cotangent();
    const reference::Gradient<Value> gradient(tape_, std::span<const Real>(output.data),
                                              std::span<const Value>(G.data));
    for (const auto& [name, first] : variables_) {
      const std::string target = name == "x" ? "gx" : "g." + name.substr(2);
      const std::size_t count = dump_.tensors.at(name).values.size();
      const auto entry = [&gradient, first = first](std::size_t i) {
        return gradient.at(first + static_cast<reference::NodeId>(i));
      };
      if (dump_.kind == Kind::generated_layer && name != "x") {
        summarise(name.substr(2), count, entry);
      } else if (wants(target)) {
        std::vector<Value>& result = results_[target].data;
        for (std::size_t i = 0; i < count; ++i) result.push_back(entry(i));
      }
    }
    for (const auto& [name, tensor] : intermediates_) {
      const std::string base = name.substr(2);
      const auto entry = [&gradient, &tensor = tensor](std::size_t i) { return gradient.by(tensor.data[i]); };
      if (dump_.kind == Kind::generated_layer) {
        summarise(base, tensor.data.size(), entry);
      } else if (wants("gi." + base)) {
        std::vector<Value>& result = results_["gi." + base].data;
        for (std::size_t i = 0; i < tensor.data.size(); ++i) result.push_back(entry(i));
      }
    }
  }

 private:
  bool wants_gradients() const {
    return wants("gx") || wants_any("g.") || wants_any("gi.") || wants_any("gs.") || wants_any("gv.");
  }

  static Value stored_value(double x, const Precision* storage) {
    if constexpr (std::same_as<Value, reference::Bounded>) {
      const bool rounded =
          storage != nullptr && storage->format.u() > reference::FloatingPointScope::current().u();
      if (rounded) return Value::rounded(x, storage->format);
      return Value::exact(x);
    } else {
      return Value(x);
    }
  }

  /// Of a gradient too large to store: some entries, its sum, its norm, its product with a fixed direction.
  template <class Entry>
  void summarise(const std::string& name, std::size_t count, Entry entry) {
    using std::sqrt;
    if (wants("gv." + name)) {
      std::vector<Value>& result = results_["gv." + name].data;
      for (const std::size_t i :
           counts(dump_.file, "gi." + name,
                  dump_.input("gi." + name, {dump_.tensors.at("gv." + name).values.size()}))) {
        if (i >= count)
          throw InputError(dump_.file, "gi." + name, fmt::format("indices below {}", count),
                           std::to_string(i));
        result.push_back(entry(i));
      }
    }
    if (!wants("gs." + name)) return;
    Value sum(0);
    Value squares(0);
    Value along(0);
    for (std::size_t i = 0; i < count; ++i) {
      const Value g = entry(i);
      sum = sum + g;
      Scalar<Value>::add_product(squares, g, g);
      Scalar<Value>::add_product(along, g, Value(generated_number(dump_.seed, 200, i)));
    }
    results_["gs." + name].data = {sum, sqrt(squares), along};
  }

  const Dump& dump_;
  Stages stages_;
  bool differentiates_ = false;
  reference::Tape<Value> tape_;
  std::map<std::string, reference::NodeId> variables_;
  std::map<std::string, Tensor> intermediates_;
  Tensors<Value> results_;
};

}  // namespace sca::evidence::judge
