#include <fmt/format.h>

#include "evidence/cuda/tensors.hpp"
#include "evidence/cuda/works.hpp"
#include "kernels/cuda/host/core.hpp"

namespace sca::evidence::cuda {
namespace {

constexpr std::int64_t real_bytes = 4;  // bytes of a parameter, and of a number of the state

/// Numbers of a call's tensors.
struct CoreNumbers {
  explicit CoreNumbers(const sca_core_shape& s)
      : key(s.B * s.L * s.K * s.H),
        score(s.B * s.L * s.K),
        query(s.B * s.L * s.Kq * s.H * s.M * 2),
        output(s.B * s.L * s.K * s.H * 2),
        samples(s.K * s.H * s.M),
        heads(s.K),
        state(s.B * s.K * (1 + 2 * s.H * s.M)) {}

  std::int64_t inputs() const { return key + score + query; }
  std::int64_t parameters() const { return 2 * samples + 4 * heads; }

  std::int64_t key, score, query, output, samples, heads, state;
};

/// A call's inputs: those of the released rules.
class CoreInputs {
 public:
  CoreInputs(const sca_core_shape& s, sca_dtype dtype)
      : shape_(s),
        numbers_(s),
        key_(dtype, numbers_.key, "key", -3, 3),
        score_(dtype, numbers_.score, "score", -3, 3),
        query_(dtype, numbers_.query, "query"),
        theta_(SCA_F32, numbers_.samples, "theta", 0.001F, 3),
        omega_(SCA_F32, numbers_.samples, "omega", 0, 1),
        rate_(SCA_F32, numbers_.heads, "rate", 0.001F, 0.1F),
        score_scale_(SCA_F32, numbers_.heads, "score_scale"),
        score_bias_(SCA_F32, numbers_.heads, "score_bias"),
        phase_scale_(SCA_F32, numbers_.heads, "phase_scale") {}

  sca_core_inputs call() {
    const std::int64_t heads = shape_.K, width = shape_.K * shape_.H,
                       reads = 2 * shape_.Kq * shape_.H * shape_.M;
    return {.shape = shape_,
            .rules = {.weight_low = 1e-4,
                      .weight_high = 5000,
                      .softplus_switch = 20,
                      .weight_floor = 1e-4,
                      .horizon = shape_.L,
                      .anchors = 0,
                      .saturate_distance = 1,
                      .recursive_decay = 0,
                      .over_root_h = 1,
                      .inner_product_phase = 0,
                      .plain_summary = 0,
                      .unnormalised = 0},
            .parameters = {theta_.data(), omega_.data(), rate_.data(), score_scale_.data(),
                           score_bias_.data(), phase_scale_.data()},
            .key = {key_.data(), shape_.L * width, width},
            .score = {score_.data(), shape_.L * heads, heads},
            .query = {query_.data(), shape_.L * reads, reads}};
  }

 private:
  sca_core_shape shape_;
  CoreNumbers numbers_;
  Tensor key_, score_, query_, theta_, omega_, rate_, score_scale_, score_bias_, phase_scale_;
};

void require_kernels(int refused) {
  if (refused != 0)
    throw sca::kernels::cuda::Fault("the CUDA core has no kernels for a shape that is metered");
}

void run_forward(sca::kernels::cuda::Runner& runner, const sca_core_shape& s, sca_dtype dtype, bool is_step) {
  const CoreNumbers numbers(s);
  CoreInputs inputs(s, dtype);
  Tensor output(dtype, numbers.output, "output");
  Tensor weight(SCA_F32, s.B * s.K, "state's weight", 1, 2), re(SCA_F32, s.B * numbers.samples, "state's re"),
      im(SCA_F32, s.B * numbers.samples, "state's im");
  sca_core_state state{1, weight.data(), re.data(), im.data()};
  const std::int64_t row = 2 * s.K * s.H;
  const sca_core_forward call{.in = inputs.call(),
                              .output = {output.data(), s.L * row, row},
                              .state = is_step ? &state : nullptr,
                              .workspace = nullptr,
                              .threads = 1};
  require_kernels(sca::kernels::cuda::forward_on(runner, call, dtype));
}

void run_backward(sca::kernels::cuda::Runner& runner, const sca_core_shape& s, sca_dtype dtype) {
  const CoreNumbers numbers(s);
  CoreInputs inputs(s, dtype), results(s, dtype);
  Tensor output(dtype, numbers.output, "output's gradient");
  const sca_core_inputs in = inputs.call(), out = results.call();
  const auto tokens = [](const sca_const_tokens& t) {
    return sca_tokens{const_cast<void*>(t.data), t.sequence_stride, t.token_stride};
  };
  const auto reals = [](const void* data) { return const_cast<void*>(data); };
  const std::int64_t row = 2 * s.K * s.H;
  const sca_core_parameters& p = out.parameters;
  const sca_core_backward call{.in = in,
                               .output_gradient = {output.data(), s.L * row, row},
                               .key = tokens(out.key),
                               .score = tokens(out.score),
                               .query = tokens(out.query),
                               .theta = reals(p.theta),
                               .omega = reals(p.omega),
                               .rate = reals(p.rate),
                               .score_scale = reals(p.score_scale),
                               .score_bias = reals(p.score_bias),
                               .phase_scale = reals(p.phase_scale),
                               .workspace = nullptr,
                               .threads = 1};
  require_kernels(sca::kernels::cuda::backward_on(runner, call, dtype));
}

std::string shape_text(const sca_core_shape& s) {
  return fmt::format("B={} L={} K={} Kq={} H={} M={}", s.B, s.L, s.K, s.Kq, s.H, s.M);
}

Work forward_work(const sca_core_shape& s, sca_dtype dtype, const StatedRatios& stated) {
  const CoreNumbers n(s);
  return {"core forward",
          std::string(name_of(dtype)),
          shape_text(s),
          s.B * s.L,
          static_cast<double>((n.inputs() + n.output) * bytes_of(dtype) + n.parameters() * real_bytes),
          stated,
          [=](auto& runner) { run_forward(runner, s, dtype, false); }};
}

Work step_work(const sca_core_shape& s, sca_dtype dtype, const StatedRatios& stated) {
  const CoreNumbers n(s);
  return {"core step",
          std::string(name_of(dtype)),
          shape_text(s),
          s.B * s.L,
          static_cast<double>((n.inputs() + n.output) * bytes_of(dtype) +
                              (n.parameters() + 2 * n.state) * real_bytes),
          stated,
          [=](auto& runner) { run_forward(runner, s, dtype, true); }};
}

Work backward_work(const sca_core_shape& s, sca_dtype dtype, const StatedRatios& stated) {
  const CoreNumbers n(s);
  return {
      "core backward",
      std::string(name_of(dtype)),
      shape_text(s),
      s.B * s.L,
      static_cast<double>((2 * n.inputs() + n.output) * bytes_of(dtype) + 2 * n.parameters() * real_bytes),
      stated,
      [=](auto& runner) { run_backward(runner, s, dtype); }};
}

}  // namespace

std::vector<Work> core_works(std::int64_t heads) {
  const sca_core_shape two_chunks{.B = 1, .L = 128, .K = heads, .Kq = heads, .H = 64, .M = 2};
  const sca_core_shape step{.B = 4, .L = 1, .K = heads, .Kq = heads, .H = 64, .M = 2};
  // What is aimed at, or else what was counted, rounded up. Chunks of a backward pass read all inputs twice.
  return {forward_work(two_chunks, SCA_F32, {1.25}),
          forward_work(two_chunks, SCA_BF16, {1.25}),
          step_work(step, SCA_F32, {1.3}),
          step_work(step, SCA_BF16, {1.4}),
          backward_work(two_chunks, SCA_F32, {1.8, 1.7}),
          backward_work(two_chunks, SCA_BF16, {1.95, 1.75})};
}

}  // namespace sca::evidence::cuda
