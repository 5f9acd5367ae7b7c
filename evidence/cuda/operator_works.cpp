#include <fmt/format.h>

#include <utility>

#include "evidence/cuda/tensors.hpp"
#include "evidence/cuda/works.hpp"
#include "kernels/cuda/host/copies.hpp"
#include "kernels/cuda/operators/launches.hpp"

namespace sca::evidence::cuda {
namespace {

using sca::kernels::cuda::Copies;
using sca::kernels::cuda::Runner;

constexpr std::int64_t parameter_bytes = sizeof(float);
constexpr float norm_epsilon = 1e-6F;  // inside the root, as released
constexpr std::int64_t released_heads = 16, released_channels = 64, released_readout = 192;

/// A gated norm's rows, its gate before the norm as in the released layer.
struct NormSizes {
  std::int64_t rows, width;
};

void run_norm(Runner& runner, const NormSizes& s, sca_dtype dtype) {
  Tensor x(dtype, s.rows * s.width, "o"), gate(dtype, s.rows * s.width, "gate"),
      gain(SCA_F32, s.width, "gain"), y(dtype, s.rows * s.width, "v");
  Copies copies(runner);
  const auto in = [&](Tensor& one, const char* name) { return copies.input(one.data(), one.bytes(), name); };
  sca::kernels::cuda::norm(
      {s.rows, static_cast<std::int32_t>(s.width), 0, norm_epsilon, in(x, "o"), in(gate, "gate"),
       static_cast<const float*>(in(gain, "gain")), copies.result(y.data(), y.bytes(), "v")},
      sca::kernels::cuda::Gate::before, dtype, runner);
}

void run_norm_backward(Runner& runner, const NormSizes& s, sca_dtype dtype) {
  const std::int64_t count = s.rows * s.width;
  Tensor x(dtype, count, "o"), gate(dtype, count, "gate"), gain(SCA_F32, s.width, "gain"),
      by_y(dtype, count, "v's gradient"), by_x(dtype, count, "o's gradient"),
      by_gate(dtype, count, "gate's gradient"), by_gain(SCA_F32, s.width, "gain's gradient");
  Copies copies(runner);
  const auto in = [&](Tensor& one, const char* name) { return copies.input(one.data(), one.bytes(), name); };
  const auto out = [&](Tensor& one, const char* name) {
    return copies.result(one.data(), one.bytes(), name);
  };
  sca::kernels::cuda::norm_backward(
      {s.rows, static_cast<std::int32_t>(s.width), 0, norm_epsilon, false, in(x, "o"), in(gate, "gate"),
       static_cast<const float*>(in(gain, "gain")), in(by_y, "v's gradient"), out(by_x, "o's gradient"),
       out(by_gate, "gate's gradient"), nullptr},
      sca::kernels::cuda::Gate::before, static_cast<float*>(out(by_gain, "gain's gradient")),
      copies.workspace(sca::kernels::cuda::norm_backward_workspace(s.rows, s.width)), dtype, runner);
}

void run_glu(Runner& runner, const NormSizes& s, sca_dtype dtype) {
  Tensor both(dtype, 2 * s.rows * s.width, "both"), y(dtype, s.rows * s.width, "y");
  Copies copies(runner);
  sca::kernels::cuda::glu({s.rows, s.width, copies.input(both.data(), both.bytes(), "both"),
                           copies.result(y.data(), y.bytes(), "y")},
                          false, dtype, runner);
}

void run_glu_backward(Runner& runner, const NormSizes& s, sca_dtype dtype) {
  Tensor both(dtype, 2 * s.rows * s.width, "both"), by_y(dtype, s.rows * s.width, "y's gradient"),
      by_both(dtype, 2 * s.rows * s.width, "both's gradient");
  Copies copies(runner);
  sca::kernels::cuda::glu_backward({s.rows, s.width, copies.input(both.data(), both.bytes(), "both"),
                                    copies.input(by_y.data(), by_y.bytes(), "y's gradient"),
                                    copies.result(by_both.data(), by_both.bytes(), "both's gradient")},
                                   false, dtype, runner);
}

void run_mix(Runner& runner, const sca::kernels::cuda::MixShape& s, sca_dtype dtype) {
  Tensor u(dtype, s.B * s.L * s.C, "u"), weight(SCA_F32, s.C * s.ck, "weight"),
      z(dtype, s.B * s.L * s.C, "z");
  Copies copies(runner);
  sca::kernels::cuda::mix({s, copies.input(u.data(), u.bytes(), "u"),
                           static_cast<const float*>(copies.input(weight.data(), weight.bytes(), "weight")),
                           copies.result(z.data(), z.bytes(), "z"), nullptr},
                          dtype, runner);
}

void run_mix_backward(Runner& runner, const sca::kernels::cuda::MixShape& s, sca_dtype dtype) {
  Tensor u(dtype, s.B * s.L * s.C, "u"), weight(SCA_F32, s.C * s.ck, "weight"),
      by_z(dtype, s.B * s.L * s.C, "z's gradient"), by_u(dtype, s.B * s.L * s.C, "u's gradient"),
      by_weight(SCA_F32, s.C * s.ck, "weight's gradient");
  Copies copies(runner);
  sca::kernels::cuda::mix_backward(
      {s, copies.input(u.data(), u.bytes(), "u"),
       static_cast<const float*>(copies.input(weight.data(), weight.bytes(), "weight")),
       copies.input(by_z.data(), by_z.bytes(), "z's gradient"),
       copies.result(by_u.data(), by_u.bytes(), "u's gradient"), nullptr},
      static_cast<float*>(copies.result(by_weight.data(), by_weight.bytes(), "weight's gradient")),
      copies.workspace(sca::kernels::cuda::mix_backward_workspace(s)), dtype, runner);
}

/// Numbers of activations a token, and of parameters.
struct Least {
  std::int64_t activations, reals;
};

Work make_work(const char* name, sca_dtype dtype, std::string shape, std::int64_t tokens, const Least& least,
               const StatedRatios& stated, std::function<void(Runner&)> run) {
  return {name,
          std::string(name_of(dtype)),
          std::move(shape),
          tokens,
          static_cast<double>(tokens * least.activations * bytes_of(dtype) + least.reals * parameter_bytes),
          stated,
          std::move(run)};
}

void add_works(sca_dtype dtype, std::vector<Work>& all) {
  constexpr std::int64_t tokens = 16;
  constexpr std::int64_t width = 2 * released_heads * released_channels;
  constexpr std::int64_t gates = released_heads * released_readout;
  constexpr NormSizes norm{tokens, width}, glu{tokens * released_heads, released_readout};
  const std::string norm_shape = fmt::format("rows={} width={}", norm.rows, norm.width);
  const std::string glu_shape = fmt::format("rows={} width={}", glu.rows, glu.width);
  // As many tokens as a block has, four times; channels: a quarter of the keys'.
  const sca::kernels::cuda::MixShape mix{1, 4 * sca::kernels::cuda::MixShape::block_tokens, 256, 4};
  const std::string mix_shape = fmt::format("B={} L={} C={} ck={}", mix.B, mix.L, mix.C, mix.ck);
  // What was counted, rounded up. Gains, convolutions' weights and what stands between two kernels are
  // float32 whatever the rest is stored as.
  const auto stated = [dtype](const StatedRatios& f32, const StatedRatios& bf16) {
    return dtype == SCA_F32 ? f32 : bf16;
  };
  all.push_back(make_work("gated norm", dtype, norm_shape, tokens, {3 * width, width}, stated({1.35}, {2.25}),
                          [=](Runner& r) { run_norm(r, norm, dtype); }));
  all.push_back(make_work("gated norm backward", dtype, norm_shape, tokens, {5 * width, 3 * width},
                          stated({1.6}, {3.05, 1.4}), [=](Runner& r) { run_norm_backward(r, norm, dtype); }));
  all.push_back(make_work("readout gate", dtype, glu_shape, tokens, {3 * gates, 0}, {1.01, 1.01},
                          [=](Runner& r) { run_glu(r, glu, dtype); }));
  all.push_back(make_work("readout gate backward", dtype, glu_shape, tokens, {5 * gates, 0}, {1.01, 1.01},
                          [=](Runner& r) { run_glu_backward(r, glu, dtype); }));
  all.push_back(make_work("convolution", dtype, mix_shape, mix.L, {2 * mix.C, mix.C * mix.ck},
                          stated({1.7, 1.01}, {2.2, 1.01}), [=](Runner& r) { run_mix(r, mix, dtype); }));
  all.push_back(make_work("convolution backward", dtype, mix_shape, mix.L, {3 * mix.C, 3 * mix.C * mix.ck},
                          stated({2.5, 1.05}, {3.3, 1.05}),
                          [=](Runner& r) { run_mix_backward(r, mix, dtype); }));
}

}  // namespace

std::vector<Work> operator_works() {
  std::vector<Work> all;
  for (const sca_dtype dtype : {SCA_F32, SCA_BF16}) add_works(dtype, all);
  return all;
}

std::vector<Work> works() {
  std::vector<Work> all = core_works(released_heads);
  for (Work& one : operator_works()) all.push_back(std::move(one));
  return all;
}

}  // namespace sca::evidence::cuda
