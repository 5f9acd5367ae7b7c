#include "evidence/operators/arguments.hpp"

#include <algorithm>
#include <cstring>

#include "evidence/hash.hpp"
#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {
namespace {

const kernels::NumberFormat& format_of_input(const Given<double>& given, std::string_view name) {
  const std::vector<Input> inputs = definition(given.one.name)->inputs(given.one);
  return format_of(*std::ranges::find(inputs, name, &Input::name), given.dtype);
}

/// Of a result that is added to: a gradient, or an output.
const kernels::NumberFormat& format_of_sum(const Given<double>& given, std::string_view name) {
  return name.starts_with("g.") ? format_of_input(given, name.substr(2)) : kernels::format_of(given.dtype);
}

}  // namespace

reference::Tensor<double> before(const Given<double>& given, std::string_view name,
                                 const reference::Shape& shape) {
  const std::uint64_t seed = given.one.seed;
  const std::uint64_t stream = hashed(name);
  auto result = reference::Tensor<double>::zeros(shape);
  if (mixed(seed + stream) % 2 == 0) return result;
  const kernels::NumberFormat& format = format_of_sum(given, name);
  for (std::size_t i = 0; i < result.data.size(); ++i)
    result.data[i] = format.nearest(signed_unit(seed, stream, i));
  return result;
}

reference::Tensor<double> cotangent(const Given<double>& given, std::string_view output,
                                    const reference::Shape& shape) {
  const std::uint64_t stream = hashed(output) + 1;
  const kernels::NumberFormat& format = kernels::format_of(given.dtype);
  auto result = reference::Tensor<double>::zeros(shape);
  for (std::size_t i = 0; i < result.data.size(); ++i)
    result.data[i] = format.nearest(2 * signed_unit(given.one.seed, stream, i));
  return result;
}

template <class Real>
kernels::Buffer& Arguments<Real>::buffer(const reference::Shape& shape, const kernels::NumberFormat& format) {
  return buffers_.emplace_back(kernels::Buffer::plain(shape, format, layout_));
}

template <class Real>
kernels::Buffer& Arguments<Real>::result(const std::string& name, const reference::Shape& shape,
                                         const kernels::NumberFormat& format) {
  kernels::Buffer& made = buffer(shape, format);
  results_[name] = &made;
  if (format.bytes < sizeof(Real)) narrow_.push_back(name);
  return made;
}

template <class Real>
void Arguments<Real>::start(const std::string& name, const reference::Shape& shape, kernels::Buffer& made) {
  made.fill(before(given_, name, shape).data);
  added_.push_back(name);
}

template <class Real>
const std::byte* Arguments<Real>::input(const std::string& name) {
  const auto found = given_.numbers.find(name);
  if (found == given_.numbers.end()) return nullptr;
  kernels::Buffer& made = buffer(found->second.shape, format_of_input(given_, name));
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
  kernels::Buffer& made = buffer(shape, kernels::format_of(given_.dtype));
  inputs_.push_back(&made.fill(operators::cotangent(given_, output, shape).data));
  differentiated_.push_back(output);
  return at(made);
}

template <class Real>
Real* Arguments<Real>::out(const std::string& name, const reference::Shape& shape, bool adds) {
  kernels::Buffer& made = result(name, shape, kernels::format_of(given_.dtype));
  if (adds) start(name, shape, made);
  return at(made);
}

template <class Real>
Real* Arguments<Real>::real_out(const std::string& name, const reference::Shape& shape) {
  return at(result(name, shape, kernels::format_of_reals(given_.dtype)));
}

template <class Real>
Real* Arguments<Real>::gradient(const std::string& input, bool adds) {
  const reference::Shape& shape = given_.numbers.find(input)->second.shape;
  kernels::Buffer& made = result("g." + input, shape, format_of_input(given_, input));
  if (adds) start("g." + input, shape, made);
  return at(made);
}

template <class Real>
Real* Arguments<Real>::in_out(const std::string& name, std::size_t first) {
  const reference::Tensor<double>& values = given_.numbers.find(name)->second;
  const kernels::NumberFormat& format = format_of_input(given_, name);
  const kernels::Buffer& made = result(name + ".out", values.shape, format).fill(values.data);
  return reinterpret_cast<Real*>(made.data() + first * format.bytes);
}

template <class Real>
Real* Arguments<Real>::scratch(const reference::Shape& shape) {
  return at(buffer(shape, kernels::format_of_reals(given_.dtype)));
}

template <class Real>
double* Arguments<Real>::wide_out(const std::string& name, const reference::Shape& shape) {
  return reinterpret_cast<double*>(result(name, shape, kernels::format_of(SCA_F64)).data());
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
