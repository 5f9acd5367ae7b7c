#include "evidence/kernels/run.hpp"

#include <unistd.h>

namespace sca::evidence::kernels {
namespace {

using reference::Shape;
using reference::Tensor;

sca_const_tokens input(const Buffer& buffer, std::size_t t = 0) {
  return {buffer.data(t), buffer.sequence_stride(), buffer.token_stride()};
}
sca_tokens output(const Buffer& buffer, std::size_t t = 0) {
  return {buffer.data(t), buffer.sequence_stride(), buffer.token_stride()};
}

/// A problem in a kernel's memory.
struct Arguments {
  Arguments(const Problem& p, const Layout& wanted)
      : problem(p), layout(wanted), format(format_of(p.dtype)), reals(format_of_reals(p.dtype)) {}

  Buffer stored(const Tensor<double>& tensor) const {
    return std::move(Buffer::tokens(tensor.shape, format, layout).fill(tensor.data));
  }
  Buffer real(const Tensor<double>& tensor) const {
    return std::move(Buffer::plain(tensor.shape, reals, layout).fill(tensor.data));
  }
  Buffer for_tokens(const Shape& shape) const { return Buffer::tokens(shape, format, layout); }
  Buffer for_reals(const Shape& shape) const { return Buffer::plain(shape, reals, layout); }

  /// The tokens from t on, `count` of them.
  sca_core_inputs from(std::size_t t, std::size_t count) const {
    sca_core_shape shape = problem.shape;
    shape.L = static_cast<std::int64_t>(count);
    return {
        shape,
        problem.rules,
        {theta.data(), omega.data(), rate.data(), score_scale.data(), score_bias.data(), phase_scale.data()},
        input(key, t),
        input(score, t),
        input(query, t)};
  }
  bool is_intact() const {
    for (const Buffer* one :
         {&key, &score, &query, &theta, &omega, &rate, &score_scale, &score_bias, &phase_scale})
      if (!one->is_intact() || !one->is_unchanged()) return false;
    return true;
  }

  const Problem& problem;
  Layout layout;
  const NumberFormat& format;
  const NumberFormat& reals;
  Buffer key = stored(problem.key);
  Buffer score = stored(problem.score);
  Buffer query = stored(problem.query);
  Buffer theta = real(problem.theta);
  Buffer omega = real(problem.omega);
  Buffer rate = real(problem.rate);
  Buffer score_scale = real(problem.score_scale);
  Buffer score_bias = real(problem.score_bias);
  Buffer phase_scale = real(problem.phase_scale);
};

Memory workspace(const sca_core_kernel& kernel, sca_operation operation, const sca_core_shape& shape,
                 const Call& call) {
  const std::size_t bytes =
      kernel.workspace_bytes == nullptr ? 0 : kernel.workspace_bytes(operation, &shape, call.threads);
  // Its beginning is aligned; at the end of a page that takes whole lines.
  return {call.layout.fence == Fence::page ? (bytes + 63) / 64 * 64 : bytes, call.layout.fence};
}

unsigned seconds_a_call = 0;  // 0: no limit

/// Runs while a kernel does.
class Limit {
 public:
  Limit() { alarm(seconds_a_call); }
  ~Limit() { alarm(0); }
  Limit(const Limit&) = delete;
  Limit& operator=(const Limit&) = delete;
};

template <class Request>
int limited(int (*function)(const Request*), const Request& request) {
  if (seconds_a_call == 0) return function(&request);
  const Limit limit;
  return function(&request);
}

std::vector<std::size_t> pieces(const Problem& problem, const Call& call) {
  const auto L = static_cast<std::size_t>(problem.shape.L);
  if (call.stepwise) return std::vector<std::size_t>(L, 1);
  return call.pieces.empty() ? std::vector{L} : call.pieces;
}

}  // namespace

void limit_kernel_calls(std::chrono::seconds limit) { seconds_a_call = static_cast<unsigned>(limit.count()); }

Forward run_forward(const sca_core_kernel& kernel, const Problem& problem, const Call& call) {
  const Arguments arguments(problem, call.layout);
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  const sca_core_shape& s = problem.shape;
  Buffer out = arguments.for_tokens({size(s.B), size(s.L), size(s.K), 2, size(s.H)});
  Buffer weight = arguments.real(Tensor<double>::zeros({size(s.B), size(s.K)}));
  Buffer re = arguments.real(Tensor<double>::zeros({size(s.B), size(s.K), size(s.H), size(s.M)}));
  Buffer im = arguments.real(Tensor<double>::zeros({size(s.B), size(s.K), size(s.H), size(s.M)}));
  sca_core_state state{0, weight.data(), re.data(), im.data()};
  Forward result;
  std::size_t t = 0;
  for (const std::size_t count : pieces(problem, call)) {
    const sca_core_inputs in = arguments.from(t, count);
    const Memory memory = workspace(kernel, call.stepwise ? SCA_STEP : SCA_FORWARD, in.shape, call);
    const sca_core_forward request{in, output(out, t), call.with_state ? &state : nullptr, memory.data(),
                                   call.threads};
    result.status = limited(call.stepwise ? kernel.step : kernel.forward, request);
    if (result.status != 0) return result;
    result.is_intact = result.is_intact && memory.is_intact();
    t += count;
  }
  result.output = out.read();
  result.weight = weight.read();
  result.re = re.read();
  result.im = im.read();
  result.position = state.position;
  for (const Buffer* one : {&out, &weight, &re, &im}) result.is_intact = result.is_intact && one->is_intact();
  result.is_intact = result.is_intact && arguments.is_intact();
  return result;
}

Backward run_backward(const sca_core_kernel& kernel, const Problem& problem, const Call& call) {
  const Arguments arguments(problem, call.layout);
  const Buffer upstream = arguments.stored(problem.output_gradient);
  const Memory memory = workspace(kernel, SCA_BACKWARD, problem.shape, call);
  Buffer key = arguments.for_tokens(problem.key.shape);
  Buffer score = arguments.for_tokens(problem.score.shape);
  Buffer query = arguments.for_tokens(problem.query.shape);
  Buffer theta = arguments.for_reals(problem.theta.shape);
  Buffer omega = arguments.for_reals(problem.omega.shape);
  Buffer rate = arguments.for_reals(problem.rate.shape);
  Buffer score_scale = arguments.for_reals(problem.score_scale.shape);
  Buffer score_bias = arguments.for_reals(problem.score_bias.shape);
  Buffer phase_scale = arguments.for_reals(problem.phase_scale.shape);
  const sca_core_backward request{arguments.from(0, static_cast<std::size_t>(problem.shape.L)),
                                  input(upstream),
                                  output(key),
                                  output(score),
                                  output(query),
                                  theta.data(),
                                  omega.data(),
                                  rate.data(),
                                  score_scale.data(),
                                  score_bias.data(),
                                  phase_scale.data(),
                                  memory.data(),
                                  call.threads};
  Backward result;
  result.status = limited(kernel.backward, request);
  if (result.status != 0) return result;
  result = {0,           key.read(),         score.read(),      query.read(),      theta.read(), omega.read(),
            rate.read(), score_scale.read(), score_bias.read(), phase_scale.read()};
  for (const Buffer* one :
       {&key, &score, &query, &theta, &omega, &rate, &score_scale, &score_bias, &phase_scale})
    result.is_intact = result.is_intact && one->is_intact();
  result.is_intact = result.is_intact && upstream.is_intact() && upstream.is_unchanged() &&
                     memory.is_intact() && arguments.is_intact();
  return result;
}

}  // namespace sca::evidence::kernels
