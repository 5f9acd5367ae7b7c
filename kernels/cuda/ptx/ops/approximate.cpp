#include "kernels/cuda/ptx/ops/approximate.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/rounding.hpp"
#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

// A function as the host knows it (double precision), and by how much PTX allows the hardware to be wrong:
// relative * |value| + absolute + ulps units in its last place. Where PTX bounds it on a part of the range
// only, so much everywhere.
struct Exactly {
  static constexpr double relative = 0, absolute = 0, ulps = 0;
};
struct Sine : Exactly {
  static double of(double a, double) { return std::sin(a); }
  static constexpr double absolute = 0x1p-21 * 1.4143;  // 2^-20.5
};
struct Cosine : Exactly {
  static double of(double a, double) { return std::cos(a); }
  static constexpr double absolute = 0x1p-21 * 1.4143;
};
struct PowerOfTwo : Exactly {
  static double of(double a, double) { return std::exp2(a); }
  static constexpr double ulps = 2;  // from the correctly rounded result, says PTX, and so it comes out
};
struct LogarithmOfTwo : Exactly {
  static double of(double a, double) { return std::log2(a); }
  static constexpr double absolute = 0x1p-22;
};
struct HyperbolicTangent : Exactly {
  static double of(double a, double) { return std::tanh(a); }
  static constexpr double relative = 0x1p-11;
};
struct Reciprocal : Exactly {
  static double of(double a, double) { return 1 / a; }
  static constexpr double relative = 0x1p-23;
};
struct RootReciprocal : Exactly {
  static double of(double a, double) { return 1 / std::sqrt(a); }
  static constexpr double relative = 0x1.12p-23;  // 2^-22.9
};
struct Root : Exactly {
  static double of(double a, double) { return std::sqrt(a); }
  static constexpr double relative = 0x1p-23;
};
struct Quotient : Exactly {
  static double of(double a, double b) {
    // Such a divisor's reciprocal is subnormal, and the hardware's is zero.
    if (std::fabs(b) > 0x1p126 && std::isfinite(b)) return a * std::copysign(0.0, b);
    return a / b;
  }
  static constexpr double relative = 0x1p-22;
};
struct FullQuotient : Exactly {
  static double of(double a, double b) { return a / b; }
  static constexpr double relative = 0x1p-22;
};

/// Of a float near the value, which is finite.
double unit_in_last_place(double value) {
  return std::ldexp(1, std::max(value == 0 ? -126 : std::ilogb(value), -126) - 23);
}

template <class F>
double with_error(Thread& thread, double exact) {
  const double share = thread.block->options->approximate_error;
  if (share <= 0 || !std::isfinite(exact)) return exact;
  const double unit = static_cast<double>(thread.block->random() >> 11) * 0x1p-53;  // [0, 1)
  const double allowed = F::relative * std::fabs(exact) + F::absolute + F::ulps * unit_in_last_place(exact);
  const double result = exact + share * (2 * unit - 1) * allowed;
  return std::is_same_v<F, PowerOfTwo> ? std::max(result, 0.0) : result;  // which no power is below
}

template <class F, int sources>
Outcome approximate(Thread& thread, const Instruction& instruction) {
  auto a = from_bits<float>(thread.r(instruction.a));
  auto b = sources > 1 ? from_bits<float>(thread.r(instruction.b)) : 0.0F;
  if (instruction.flush) {
    a = flushed(a);
    b = flushed(b);
  }
  auto result = static_cast<float>(with_error<F>(thread, F::of(a, b)));
  if (instruction.flush) result = flushed(result);
  thread.r(instruction.to) = to_bits(canonical(result));
  return Outcome::next;
}

template <class F, int sources>
Instruction build_single(Assembler& assembler, Statement& statement) {
  const bool said = statement.take("approx") || statement.take("full"), flush = statement.take("ftz");
  if (!said || statement.take_type() != Type::f32)
    statement.refuse("an approximation that is not understood");
  Instruction instruction = with_operands(assembler, statement, sources);
  instruction.flush = flush;
  instruction.execute = &approximate<F, sources>;
  return instruction;
}

/// rcp.approx.ftz.f64 and rsqrt.approx.ftz.f64: the beginning of an iteration. The lower half of both is not
/// looked at and not given.
template <class F>
Outcome seed(Thread& thread, const Instruction& instruction) {
  constexpr U64 upper_half = 0xffffffff00000000ULL;
  const double a = flushed(from_bits<double>(thread.r(instruction.a) & upper_half));
  thread.r(instruction.to) = to_bits(flushed(F::of(a, 0))) & upper_half;
  return Outcome::next;
}

Outcome root_reciprocal(Thread& thread, const Instruction& instruction) {
  thread.r(instruction.to) = to_bits(RootReciprocal::of(from_bits<double>(thread.r(instruction.a)), 0));
  return Outcome::next;
}

template <class F>
Instruction build_reciprocal(Assembler& assembler, Statement& statement) {
  if (statement.first_type() != Type::f64) return build_single<F, 1>(assembler, statement);
  const bool said = statement.take("approx"), flush = statement.take("ftz");
  statement.take_type();
  constexpr bool root = std::is_same_v<F, RootReciprocal>;
  if (!said || (!flush && !root)) statement.refuse("an approximation that is not understood");
  Instruction instruction = with_operands(assembler, statement, 1);
  instruction.execute = flush ? &seed<F> : &root_reciprocal;
  return instruction;
}

}  // namespace

Builder approximate_builder(const Statement& statement) {
  const bool full = statement.says("full");
  if (!full && !statement.says("approx")) return nullptr;
  if (statement.mnemonic() == "div")
    return full ? &build_single<FullQuotient, 2> : &build_single<Quotient, 2>;
  if (statement.mnemonic() == "rcp") return &build_reciprocal<Reciprocal>;
  if (statement.mnemonic() == "sqrt") return &build_single<Root, 1>;
  return nullptr;
}

void add_approximate(Table& table) {
  table[{"sin", Family::floating}] = build_single<Sine, 1>;
  table[{"cos", Family::floating}] = build_single<Cosine, 1>;
  table[{"ex2", Family::floating}] = build_single<PowerOfTwo, 1>;
  table[{"lg2", Family::floating}] = build_single<LogarithmOfTwo, 1>;
  table[{"tanh", Family::floating}] = build_single<HyperbolicTangent, 1>;
  table[{"rsqrt", Family::floating}] = build_reciprocal<RootReciprocal>;
}

}  // namespace sca::kernels::cuda::ptx
