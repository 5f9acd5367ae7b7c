// The gated linear unit with a sigmoid is a part of the readout and no operator of its own: its kernels are
// judged here, as operators are.

#include <gtest/gtest.h>

#include <vector>

#include "evidence/hash.hpp"
#include "evidence/kernels/bench.hpp"
#include "evidence/kernels/buffer.hpp"
#include "evidence/kernels/result_judge.hpp"
#include "kernels/cuda/fiber/kernels.hpp"
#include "kernels/cuda/host/copies.hpp"
#include "kernels/cuda/host/kernels.hpp"
#include "kernels/cuda/host/operators.hpp"
#include "kernels/cuda/operators/launches.hpp"
#include "reference/adjoint.hpp"
#include "reference/bounded.hpp"

namespace sca::evidence::kernels {
namespace {

namespace cuda = sca::kernels::cuda;
using judge::Verdict;
using reference::Adjoint;
using reference::Bounded;
using reference::Tensor;

/// (a | b) in rows of 2 width, and the derivative that comes back; numbers of the storage.
struct Unit {
  std::size_t rows, width;
  sca_dtype dtype;
  Tensor<double> both, by_y;

  Unit(std::size_t rows_, std::size_t width_, sca_dtype dtype_, double scale)
      : rows(rows_),
        width(width_),
        dtype(dtype_),
        both(drawn({rows, 2 * width}, 1, scale)),
        by_y(drawn({rows, width}, 2, 2)) {}

  Tensor<double> drawn(const reference::Shape& shape, std::uint64_t stream, double scale) const {
    auto tensor = Tensor<double>::zeros(shape);
    for (std::size_t i = 0; i < tensor.data.size(); ++i)
      tensor.data[i] = format_of(dtype).nearest(scale * signed_unit(rows + width, stream, i));
    return tensor;
  }
};

reference::FloatingPoint declared_arithmetic() {
  const sca_arithmetic& a = cuda::operators_arithmetic;
  return {{a.unit_roundoff, a.trig_error}, a.exp_error, a.log_error, a.underflow, a.largest};
}

struct Exact {
  Tensor<Bounded> y, by_both;
};

Exact exact_of(const Unit& unit) {
  using Real = Adjoint<Bounded>;
  const reference::FloatingPointScope scope(declared_arithmetic());
  reference::Tape<Bounded> tape;
  const Real::Recording recording(tape);
  const Tensor<Real> both = variables(tape, reference::tensor_cast<Bounded>(unit.both, Bounded::exact));
  auto y = Tensor<Real>::zeros(unit.by_y.shape);
  for (std::size_t i = 0; i < unit.rows; ++i)
    reference::glu<Real>(both.row(i, 2 * unit.width), y.row(i, unit.width),
                         [](const Real& b) { return sigmoid(b); });
  std::vector<Bounded> cotangents;
  for (const double x : unit.by_y.data) cotangents.push_back(Bounded::exact(x));
  const reference::Gradient<Bounded> gradient(tape, std::span<const Real>(y.data), cotangents);
  return {reference::tensor_cast<Bounded>(y, [](const Real& x) { return x.value(); }), gradient.by(both)};
}

/// Of the kernels, judged by the bounds that they declare.
Outcome judged(const Unit& unit, cuda::Runner& runner, bool is_silu) {
  const NumberFormat& format = format_of(unit.dtype);
  const auto filled = [&](const Tensor<double>& tensor) {
    return std::move(Buffer::plain(tensor.shape, format, {}).fill(tensor.data));
  };
  const auto bytes = [&](const Tensor<double>& tensor) { return tensor.data.size() * format.bytes; };
  const Buffer both = filled(unit.both);
  const Buffer by_y = filled(unit.by_y);
  const Buffer y = Buffer::plain(unit.by_y.shape, format, {});
  const Buffer by_both = Buffer::plain(unit.both.shape, format, {});
  const auto rows = static_cast<std::int64_t>(unit.rows);
  const auto width = static_cast<std::int64_t>(unit.width);

  cuda::Copies copies(runner);
  const void* const there = copies.input(both.data(), bytes(unit.both), "both");
  cuda::glu({rows, width, there, copies.result(y.data(), bytes(unit.by_y), "y")}, is_silu, unit.dtype,
            runner);
  cuda::glu_backward({rows, width, there, copies.input(by_y.data(), bytes(unit.by_y), "y's gradient"),
                      copies.result(by_both.data(), bytes(unit.both), "both's gradient")},
                     is_silu, unit.dtype, runner);
  copies.bring_back();

  const Exact exact = exact_of(unit);
  ResultJudge judge(format_of_reals(unit.dtype), format, declared_arithmetic(), 0);
  judge.stored("y", exact.y, y.read());
  judge.stored("both's gradient", exact.by_both, by_both.read());
  judge.require(y.is_intact() && by_both.is_intact(), "wrote outside of its results");
  return judge.outcome();
}

class SigmoidUnit : public testing::TestWithParam<sca_dtype> {
 protected:
  static cuda::Runner& fibers(const Unit& unit) {
    return cuda::fiber_runner<cuda::host_kernels>(unit.rows + unit.width);
  }
  static cuda::Runner& ptx(const Unit& unit) {
    return cuda::ptx_runner<cuda::device_image>(unit.rows + unit.width);
  }

  reference::DigitsScope digits_{reference_digits};
};

// Below vectors, of them, beyond them; the last of several blocks.
constexpr std::pair<std::size_t, std::size_t> sizes[]{{1, 1}, {3, 7}, {2, 8}, {5, 12}, {4, 17}, {31, 70}};

TEST_P(SigmoidUnit, OnFibers) {
  for (const auto& [rows, width] : sizes) {
    const Unit unit(rows, width, GetParam(), 4);
    const Outcome outcome = judged(unit, fibers(unit), false);
    EXPECT_EQ(outcome.verdict, Verdict::pass) << rows << " rows of " << width << ": " << outcome.what;
  }
}

// Exponentials overflow, and products do that are stored as half precision: of some results nothing is known.
TEST_P(SigmoidUnit, OnFibersAtItsEnds) {
  for (const double scale : {0x1p7, 0x1p14, 0x1p-130}) {
    const Unit unit(5, 20, GetParam(), scale);
    const Outcome outcome = judged(unit, fibers(unit), false);
    EXPECT_NE(outcome.verdict, Verdict::fail) << scale << ": " << outcome.what;
  }
}

TEST_P(SigmoidUnit, OfPtx) {
  if (cuda::device_image().empty()) GTEST_SKIP() << "built without nvcc";
  for (const auto& [rows, width] : sizes) {
    const Unit unit(rows, width, GetParam(), 4);
    const Outcome outcome = judged(unit, ptx(unit), false);
    EXPECT_EQ(outcome.verdict, Verdict::pass) << rows << " rows of " << width << ": " << outcome.what;
  }
}

TEST_P(SigmoidUnit, IsNotTheOneWithASilu) {
  const Unit unit(4, 17, GetParam(), 4);
  EXPECT_EQ(judged(unit, fibers(unit), true).verdict, Verdict::fail);
}

INSTANTIATE_TEST_SUITE_P(StoredAs, SigmoidUnit, testing::Values(SCA_F32, SCA_BF16, SCA_F16),
                         [](const auto& one) { return std::string(format_of(one.param).name); });

}  // namespace
}  // namespace sca::evidence::kernels
