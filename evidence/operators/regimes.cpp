#include "evidence/operators/regimes.hpp"

#include <array>
#include <cmath>

#include "evidence/hash.hpp"

namespace sca::evidence::operators {
namespace {

using Activation = reference::Tensor<double>;

template <class F>
void each(Activation& a, F f) {
  const std::size_t width = a.shape.empty() ? 1 : a.shape.back();
  for (std::size_t i = 0; i < a.data.size(); ++i) f(i / width, i % width, a.data[i]);
}

constexpr std::array all_regimes{
    Regime{"uniform", "ordinary numbers", [](std::uint64_t, Activation&) {}},
    Regime{"dyadic", "few bits: much is exact",
           [](std::uint64_t, Activation& a) {
             each(a, [](std::size_t, std::size_t, double& x) { x = std::round(x * 8) / 8; });
           }},
    Regime{"cancelling", "every second number takes the one before it back, nearly",
           [](std::uint64_t, Activation& a) {
             each(a, [&](std::size_t row, std::size_t i, double& x) {
               if (i % 2 == 1) x = -a.data[row * a.shape.back() + i - 1] + x * 0x1p-16;
             });
           }},
    Regime{"heavy-tailed", "numbers without variance",
           [](std::uint64_t seed, Activation& a) {
             each(a, [&](std::size_t row, std::size_t i, double& x) {
               x /= std::abs(signed_unit(seed, 77 + row, i)) + 0x1p-12;
             });
           }},
    Regime{"large", "exponentials at their ends, sigmoids saturated",
           [](std::uint64_t, Activation& a) {
             each(a, [](std::size_t, std::size_t, double& x) { x *= 0x1p7; });
           }},
    Regime{"denormal", "numbers below the smallest normal float32",
           [](std::uint64_t, Activation& a) {
             each(a, [](std::size_t, std::size_t, double& x) { x *= 0x1p-130; });
           }},
    Regime{"huge", "squares near the largest float32",
           [](std::uint64_t, Activation& a) {
             each(a, [](std::size_t, std::size_t, double& x) { x *= 0x1p58; });
           }},
    Regime{"zero-rows", "two rows of three are zero",
           [](std::uint64_t, Activation& a) {
             each(a, [](std::size_t row, std::size_t, double& x) { x *= row % 3 == 1 ? 1 : 0; });
           }},
    Regime{"equal", "all numbers of a row the same: every maximum is a tie",
           [](std::uint64_t, Activation& a) {
             each(a, [&](std::size_t row, std::size_t, double& x) { x = a.data[row * a.shape.back()]; });
           }},
};

}  // namespace

std::span<const Regime> regimes() { return all_regimes; }

}  // namespace sca::evidence::operators
