#include "bench/network/counts.hpp"

#include "bench/network/models.hpp"

namespace sca::bench {
namespace {

constexpr double number_bytes = sizeof(float);

double real(std::int64_t n) { return static_cast<double>(n); }

/// Multiply-adds of a token: as many as the matrices have numbers.
double products(const kernels::LayerSizes& s) {
  return real(s.D) * real(s.C() + 2 * s.KH()) + real(s.KH()) * real(4 * s.E) + real(s.K * s.E) * real(s.D);
}

/// `seen`: tokens, on average.
double products(const kernels::TransformerSizes& s, double seen) {
  return real(s.D) * (real(2 * s.D + 2 * s.kv() + 3 * s.d_ff) + 2 * seen);
}

/// Of a model's blocks, without the head.
double products(const kernels::NetworkSizes& s, double seen) {
  const double attention = real(attention_blocks(s));
  return (real(s.blocks) - attention) * products(s.layer) + attention * products(s.transformer, seen);
}

double head(const kernels::NetworkSizes& s) { return real(s.vocab) * real(s.D()); }

/// Numbers that a sequence's SCA layer carries from token to token.
double state(const kernels::LayerSizes& s) { return real(2 * s.KHM() + s.K) + real(s.ck - 1) * real(s.C()); }

}  // namespace

Work layer_work(NetworkOperation operation, const kernels::LayerSizes& s, std::int64_t B, std::int64_t L,
                double matrix_bytes) {
  const double rows = real(B) * real(L);
  const double passes = operation == NetworkOperation::layer_training ? 3 : 1;
  const double tensors = operation == NetworkOperation::layer_training ? 4 : 2;
  const double states = operation == NetworkOperation::layer_step ? 2 * real(B) * state(s) : 0;
  const double numbers = passes * real(parameter_count(s)) + tensors * rows * real(s.D) + states;
  const double saved = (number_bytes - matrix_bytes) * products(s);
  return {number_bytes * numbers - saved, 2 * passes * rows * products(s), 0};
}

Work decode_work(const kernels::NetworkSizes& s, std::int64_t context, double matrix_bytes) {
  const double attention = real(attention_blocks(s));
  const double seen = real(context);
  const double states = (real(s.blocks) - attention) * 2 * state(s.layer) +
                        attention * 2 * real(s.transformer.kv()) * (seen + 1);
  const double saved = (number_bytes - matrix_bytes) * (products(s, 0) + head(s));
  return {number_bytes * (real(parameter_count(s)) + states) - saved, 2 * (products(s, seen) + head(s)), 0};
}

Work prefill_work(const kernels::NetworkSizes& s, std::int64_t L) {
  const double cache = real(attention_blocks(s)) * 2 * real(s.transformer.kv()) * real(L);
  const double seen = (real(L) + 1) / 2;
  return {number_bytes * (real(parameter_count(s)) + cache), 2 * (real(L) * products(s, seen) + head(s)), 0};
}

Work training_work(const kernels::NetworkSizes& s, std::int64_t B, std::int64_t L) {
  const double seen = (real(L) + 1) / 2;
  return {number_bytes * 11 * real(parameter_count(s)),
          3 * 2 * real(B) * real(L) * (products(s, seen) + head(s)), 0};
}

}  // namespace sca::bench
