#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "evidence/kernels/buffer.hpp"
#include "evidence/operators/operator_case.hpp"
#include "kernels/cpu/core/storage.hpp"
#include "reference/tensor.hpp"

namespace sca::evidence::operators {

template <class Real>
using Named = std::map<std::string, reference::Tensor<Real>, std::less<>>;

/// What an operator is given: numbers for the reference, exact in the format that the kernel gets them in.
template <class Real>
struct Given {
  OperatorCase one;
  sca_dtype dtype;  // of the kernel's activations
  Named<Real> numbers;
  Named<std::int64_t> integers;

  std::size_t size(std::string_view which) const { return one.size(which); }
  const reference::Tensor<Real>& operator[](std::string_view name) const {
    return numbers.find(name)->second;
  }
};

/// Result `name` before a call that adds to it, exact in its format; of half of the cases zeros.
reference::Tensor<double> before(const Given<double>& given, std::string_view name,
                                 const reference::Shape& shape);
/// Derivatives are taken of sum(cotangent * output). Exact in the format of activations.
reference::Tensor<double> cotangent(const Given<double>& given, std::string_view output,
                                    const reference::Shape& shape);

/// A kernel's arguments in memory of their own: inputs that must not change, results that hold NaNs until
/// they are written, fences around all of them. What is stored in another format than Real is pointed to as
/// Real all the same (sca::kernels::Operators::storage).
template <class Real>
class Arguments {
 public:
  Arguments(const Given<double>& given, const kernels::Layout& layout, std::int32_t threads)
      : given_(given), layout_(layout), threads_(threads) {}

  const OperatorCase& one() const { return given_.one; }
  /// A size or choice of the case.
  std::int64_t size(std::string_view which) const { return static_cast<std::int64_t>(given_.size(which)); }
  std::int32_t threads() const { return threads_; }

  /// An input; null where the case's inputs do not have it.
  template <class Stored = Real>
  const Stored* in(const std::string& name) {
    return reinterpret_cast<const Stored*>(input(name));
  }
  const std::int64_t* integers(const std::string& name);
  /// The cotangent of an output.
  const Real* cotangent(const std::string& output, const reference::Shape& shape);
  /// The result `name`, an activation. `adds`: it starts as before(name), and the call adds to it.
  Real* out(const std::string& name, const reference::Shape& shape, bool adds = false);
  /// A result that is Real however activations are stored.
  Real* real_out(const std::string& name, const reference::Shape& shape);
  /// The result g.NAME: the gradient by an input.
  Real* gradient(const std::string& input, bool adds = false);
  /// An input that the call changes, from its number `first` on: it starts as the input NAME, and is the
  /// result NAME.out.
  Real* in_out(const std::string& name, std::size_t first = 0);
  /// What the call may write to and nobody reads.
  Real* scratch(const reference::Shape& shape);
  /// A result in float64, whatever Real is.
  double* wide_out(const std::string& name, const reference::Shape& shape);

  /// Inputs are what they were, and nothing around them or the results was touched.
  bool is_intact() const;
  Named<double> results() const;
  /// The results that were added to.
  const std::vector<std::string>& added() const { return added_; }
  /// The results that are stored in a narrower format than Real.
  const std::vector<std::string>& narrow() const { return narrow_; }
  /// The outputs of which cotangents were asked.
  const std::vector<std::string>& differentiated() const { return differentiated_; }

 private:
  const std::byte* input(const std::string& name);
  kernels::Buffer& buffer(const reference::Shape& shape, const kernels::NumberFormat& format);
  kernels::Buffer& result(const std::string& name, const reference::Shape& shape,
                          const kernels::NumberFormat& format);
  /// Fills what the call adds to.
  void start(const std::string& name, const reference::Shape& shape, kernels::Buffer& made);
  Real* at(const kernels::Buffer& buffer) const { return reinterpret_cast<Real*>(buffer.data()); }

  const Given<double>& given_;
  kernels::Layout layout_;
  std::int32_t threads_;
  std::list<kernels::Buffer> buffers_;
  std::list<kernels::Memory> integers_;
  std::vector<const kernels::Buffer*> inputs_;
  std::map<std::string, const kernels::Buffer*> results_;
  std::vector<std::string> added_;
  std::vector<std::string> narrow_;
  std::vector<std::string> differentiated_;
};

extern template class Arguments<float>;
extern template class Arguments<double>;

}  // namespace sca::evidence::operators
