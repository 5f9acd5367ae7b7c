#include "evidence/operators/arguments.hpp"

#include <algorithm>
#include <concepts>
#include <cstring>

#include "evidence/hash.hpp"

namespace sca::evidence::operators {
namespace {

template <class Real>
const kernels::NumberFormat& format() {
  return kernels::format_of(std::same_as<Real, double> ? SCA_F64 : SCA_F32);
}

}  // namespace

reference::Tensor<double> before(const OperatorCase& one, std::string_view name,
                                 const reference::Shape& shape) {
  const std::uint64_t stream = hashed(name);
  auto result = reference::Tensor<double>::zeros(shape);
  if (mixed(one.seed + stream) % 2 == 0) return result;
  for (std::size_t i = 0; i < result.data.size(); ++i) result.data[i] = signed_unit(one.seed, stream, i);
  return result;
}

reference::Tensor<double> cotangent(const OperatorCase& one, std::string_view output,
                                    const reference::Shape& shape) {
  const std::uint64_t stream = hashed(output) + 1;
  auto result = reference::Tensor<double>::zeros(shape);
  for (std::size_t i = 0; i < result.data.size(); ++i) result.data[i] = 2 * signed_unit(one.seed, stream, i);
  return result;
}

template <class Real>
kernels::Buffer& Arguments<Real>::buffer(const reference::Shape& shape) {
  return buffers_.emplace_back(kernels::Buffer::plain(shape, format<Real>(), layout_));
}

template <class Real>
kernels::Buffer& Arguments<Real>::result(const std::string& name, const reference::Shape& shape) {
  kernels::Buffer& made = buffer(shape);
  results_[name] = &made;
  return made;
}

template <class Real>
const std::byte* Arguments<Real>::input(const std::string& name, sca_dtype dtype) {
  const auto found = given_.numbers.find(name);
  if (found == given_.numbers.end()) return nullptr;
  kernels::Buffer& made =
      buffers_.emplace_back(kernels::Buffer::plain(found->second.shape, kernels::format_of(dtype), layout_));
  inputs_.push_back(&made.fill(found->second.data));
  return made.data();
}

template <class Real>
const std::int64_t* Arguments<Real>::integers(const std::string& name) {
  const std::vector<std::int64_t>& values = given_.integers.find(name)->second.data;
  const kernels::Memory& made = integers_.emplace_back(values.size() * sizeof(std::int64_t), layout_.fence);
  if (!values.empty()) std::memcpy(made.data(), values.data(), made.size());
  return reinterpret_cast<const std::int64_t*>(made.data());
}

template <class Real>
const Real* Arguments<Real>::cotangent(const std::string& output, const reference::Shape& shape) {
  kernels::Buffer& made = buffer(shape).fill(operators::cotangent(given_.one, output, shape).data);
  inputs_.push_back(&made);
  differentiated_.push_back(output);
  return at(made);
}

template <class Real>
Real* Arguments<Real>::out(const std::string& name, const reference::Shape& shape, bool adds) {
  kernels::Buffer& made = result(name, shape);
  if (adds) {
    made.fill(before(given_.one, name, shape).data);
    added_.push_back(name);
  }
  return at(made);
}

template <class Real>
Real* Arguments<Real>::gradient(const std::string& input, bool adds) {
  return out("g." + input, given_.numbers.find(input)->second.shape, adds);
}

template <class Real>
Real* Arguments<Real>::in_out(const std::string& name) {
  const reference::Tensor<double>& values = given_.numbers.find(name)->second;
  return at(result(name + ".out", values.shape).fill(values.data));
}

template <class Real>
Real* Arguments<Real>::scratch(const reference::Shape& shape) {
  return at(buffer(shape));
}

template <class Real>
double* Arguments<Real>::wide_out(const std::string& name, const reference::Shape& shape) {
  kernels::Buffer& made =
      buffers_.emplace_back(kernels::Buffer::plain(shape, kernels::format_of(SCA_F64), layout_));
  results_[name] = &made;
  return reinterpret_cast<double*>(made.data());
}

template <class Real>
bool Arguments<Real>::is_intact() const {
  return std::ranges::all_of(buffers_, &kernels::Buffer::is_intact) &&
         std::ranges::all_of(integers_, &kernels::Memory::is_intact) &&
         std::ranges::all_of(inputs_, &kernels::Buffer::is_unchanged);
}

template <class Real>
Named<double> Arguments<Real>::results() const {
  Named<double> all;
  for (const auto& [name, result] : results_) all.emplace(name, result->read());
  return all;
}

template class Arguments<float>;
template class Arguments<double>;

}  // namespace sca::evidence::operators
