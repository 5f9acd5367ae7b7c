#include "evidence/kernels/elementary_runs.hpp"

#include <mpfr.h>

#include <algorithm>

namespace sca::evidence::kernels {

std::array<Exact, 2> Trig::exactly(const Exact& x) {
  std::array<Exact, 2> y;
  mpfr_sin_cos(y[0].backend().data(), y[1].backend().data(), x.backend().data(), MPFR_RNDN);
  return y;
}
std::array<Exact, 1> Exponential::exactly(const Exact& x) { return {exp(x)}; }
std::array<Exact, 1> Logarithm::exactly(const Exact& x) { return {log1p(x)}; }

Trig::Trig(const Run& offsets) {
  for (std::size_t i = 0; i < run_length; ++i) {
    const auto exact = exactly(Exact(offsets[i]));
    sine_[i] = static_cast<double>(exact[0]);
    cosine_[i] = static_cast<double>(exact[1]);
  }
}

void Trig::at(double anchor, std::array<Run, results>& run) const {
  const auto exact = exactly(Exact(anchor));
  const auto sine = static_cast<double>(exact[0]);
  const auto cosine = static_cast<double>(exact[1]);
  // Roundings of numbers up to 1, 2^-54 each: two of products, one of the sum, four of MPFR's values, which
  // count for no more than three.
  for (std::size_t i = 0; i < run_length; ++i) run[0][i] = sine * cosine_[i] + cosine * sine_[i];
  for (std::size_t i = 0; i < run_length; ++i) run[1][i] = cosine * cosine_[i] - sine * sine_[i];
}

Exponential::Exponential(const Run& offsets) {
  std::ranges::transform(offsets, power_.begin(),
                         [](double b) { return static_cast<double>(exactly(Exact(b))[0]); });
}

void Exponential::at(double anchor, std::array<Run, results>& run) const {
  const auto power = static_cast<double>(exactly(Exact(anchor))[0]);
  for (std::size_t i = 0; i < run_length; ++i) run[0][i] = power * power_[i];
}

void Logarithm::at(double anchor, std::array<Run, results>& run) const {
  const auto logarithm = static_cast<double>(exactly(Exact(anchor))[0]);
  const double inverse = 1 / (1 + anchor);
  // log(1 + A + B) = log(1 + A) + log(1 + r) with r = B / (1 + A). Where floats are normal, B is at most
  // 2^-13 of A: the next term is below 2^-41 r, and so below 2^-53 of the sum, and r's own roundings are
  // below 2^-63 of it. Where they are not, r is B, and the sum A + B, to more than double precision.
  for (std::size_t i = 0; i < run_length; ++i) {
    const double r = offsets_[i] * inverse;
    run[0][i] = logarithm + r * (1 - r * (0.5 - r * (1.0 / 3)));
  }
}

}  // namespace sca::evidence::kernels
